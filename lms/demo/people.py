"""Who is in the demonstration. Everybody and every organization in it is made up."""

from dataclasses import dataclass

from lms.db import Texts
from lms.organizations.kinds import Sector

NETWORK: Texts = {
    "fa": "شبکهٔ سمن‌های توسعه",
    "ar": "شبكة المنظمات الأهلية للتنمية",
    "en": "Civil Society Development Network",
}

#: Name and role.
SIGNATORY: tuple[Texts, Texts] = (
    {"fa": "نسرین پاکزاد", "ar": "نسرين باكزاد", "en": "Nasrin Pakzad"},
    {"fa": "دبیر شبکه", "ar": "أمينة سر الشبكة", "en": "Secretary of the network"},
)


@dataclass(frozen=True)
class DemoOrganization:
    """An organization of the demonstration."""

    key: str
    names: Texts
    city: Texts
    country: str
    sector: Sector
    shares_names: bool = True
    #: Since when the network has it.
    days: int = 120


ORGANIZATIONS = (
    DemoOrganization(
        "sepidar",
        {"fa": "انجمن یاری‌گران سپیدار", "ar": "جمعية أنصار سبيدار", "en": "Sepidar Helpers' Association"},
        {"fa": "اصفهان", "ar": "أصفهان", "en": "Isfahan"},
        "IR",
        Sector.WOMEN,
    ),
    DemoOrganization(
        "kavir",
        {"fa": "مؤسسهٔ مهر کویر", "ar": "مؤسسة مهر كوير", "en": "Mehr-e Kavir Institute"},
        {"fa": "یزد", "ar": "يزد", "en": "Yazd"},
        "IR",
        Sector.HEALTH,
        shares_names=False,
    ),
    DemoOrganization(
        "nasij",
        {"fa": "جمعیت نسیج برای توسعهٔ محلی", "ar": "جمعية نسيج للتنمية المجتمعية", "en": "Naseej Community Society"},
        {"fa": "منامه", "ar": "المنامة", "en": "Manama"},
        "BH",
        Sector.COMMUNITY,
    ),
    DemoOrganization(
        "arz",
        {"fa": "انجمن سدر برای محیط زیست", "ar": "جمعية الأرز للبيئة", "en": "Cedar Environment Association"},
        {"fa": "بیروت", "ar": "بيروت", "en": "Beirut"},
        "LB",
        Sector.ENVIRONMENT,
    ),
    DemoOrganization(
        "zagros",
        {"fa": "انجمن همراهان زاگرس", "ar": "جمعية رفاق زاغروس", "en": "Zagros Companions' Association"},
        {"fa": "کرمانشاه", "ar": "كرمانشاه", "en": "Kermanshah"},
        "IR",
        Sector.LIVELIHOODS,
        days=670,
    ),
    DemoOrganization(
        "nakhil",
        {"fa": "جمعیت نخیل برای توانمندسازی", "ar": "جمعية نخيل للتمكين", "en": "Nakheel Empowerment Society"},
        {"fa": "بصره", "ar": "البصرة", "en": "Basra"},
        "IQ",
        Sector.WOMEN,
        days=200,
    ),
)


@dataclass(frozen=True)
class DemoPerson:
    """A person of the demonstration; `modules` of the kit are completed, then `lessons` of the next one read."""

    sign_in_name: str
    display_name: str
    language: str
    country: str
    organization: str = ""
    role: str = ""
    modules: int = 0
    lessons: int = 0


ACCOUNTS = (
    DemoPerson("operator", "کاوه نیک‌پور", "fa", "IR", role="operator"),
    DemoPerson("admin", "نرگس کریمی", "fa", "IR", role="network_admin"),
    DemoPerson("trainer", "لیلا منصوری", "fa", "IR", role="trainer"),
    DemoPerson("manager", "پروانه صالحی", "fa", "IR", "sepidar", "manager", lessons=2),
    DemoPerson("learner", "مریم رستمی", "fa", "IR", "sepidar"),
    DemoPerson("manager-ar", "سحر الحداد", "ar", "BH", "nasij", "manager", modules=1),
    DemoPerson("learner-ar", "نور العلوي", "ar", "BH", "nasij"),
    DemoPerson("manager-en", "Rana Khoury", "en", "LB", "arz", "manager"),
    DemoPerson("learner-en", "Karim Haddad", "en", "LB", "arz"),
)
"""The accounts that are printed at start."""

OTHERS = (
    DemoPerson("demo-sepidar-1", "آرش بهرامی", "fa", "IR", "sepidar", modules=1),
    DemoPerson("demo-sepidar-2", "ژاله امینی", "fa", "IR", "sepidar", lessons=4),
    DemoPerson("demo-sepidar-3", "چنار", "fa", "IR", "sepidar"),
    DemoPerson("demo-kavir-1", "هما یزدانی", "fa", "IR", "kavir", "manager", modules=1),
    DemoPerson("demo-kavir-2", "وحید کاظمی", "fa", "IR", "kavir", modules=2),
    DemoPerson("demo-kavir-3", "گلنار پویا", "fa", "IR", "kavir", modules=2, lessons=0),
    DemoPerson("demo-kavir-4", "بهرنگ ثابتی", "fa", "IR", "kavir", modules=1, lessons=3),
    DemoPerson("demo-nasij-1", "يوسف المرزوق", "ar", "BH", "nasij", modules=1, lessons=2),
    DemoPerson("demo-nasij-2", "خالد جاسم", "ar", "BH", "nasij", lessons=1),
    DemoPerson("demo-nasij-3", "هدى المنصوري", "ar", "BH", "nasij", modules=1),
    DemoPerson("demo-arz-1", "Lina Saad", "en", "LB", "arz", lessons=3),
    DemoPerson("demo-zagros-1", "فرهاد کلهر", "fa", "IR", "zagros", "manager", modules=2),
    DemoPerson("demo-zagros-2", "شیلان رضایی", "fa", "IR", "zagros", modules=2),
    DemoPerson("demo-zagros-3", "آذر میرزایی", "fa", "IR", "zagros", modules=2),
    DemoPerson("demo-nakhil-1", "زينب الجبوري", "ar", "IQ", "nakhil", "manager", modules=2),
    DemoPerson("demo-nakhil-2", "حيدر الساعدي", "ar", "IQ", "nakhil", modules=2),
)
"""People who fill the reports; nobody signs in as them."""
