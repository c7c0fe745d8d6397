"""Made-up names of organizations and people, out of words of the three languages."""

from functools import cache
from itertools import product
from random import Random

from lms.db import Texts
from lms.text import sort_key

KINDS = (
    "انجمن|جمعية|Association",
    "مؤسسهٔ|مؤسسة|Foundation",
    "مرکز|مركز|Centre",
    "خانهٔ|بيت|House",
    "گروه|مجموعة|Group",
    "کانون|رابطة|Society",
)
EMBLEMS = (
    "امید|الأمل|Hope",
    "نور|النور|Light",
    "باران|المطر|Rain",
    "سدر|السدر|Cedar",
    "نخل|النخيل|Palm",
    "زیتون|الزيتون|Olive",
    "ستاره|النجمة|Star",
    "دریا|البحر|Sea",
    "پل|الجسر|Bridge",
    "چشمه|الينبوع|Spring",
    "دانه|البذرة|Seed",
    "ریشه|الجذور|Roots",
    "بامداد|الصباح|Morning",
    "افق|الأفق|Horizon",
    "رود|النهر|River",
    "کبوتر|الحمامة|Dove",
    "فانوس|الفانوس|Lantern",
    "خورشید|الشمس|Sun",
    "یاس|الياسمين|Jasmine",
    "زنبق|الزنبق|Lily",
    "انار|الرمان|Pomegranate",
    "سرو|السرو|Cypress",
    "بلوط|البلوط|Oak",
    "قلم|القلم|Pen",
    "راه|الطريق|Path",
    "باغ|البستان|Garden",
    "کوه|الجبل|Mountain",
    "پنجره|النافذة|Window",
    "گندم|القمح|Wheat",
    "بادبان|الشراع|Sail",
)
FIELDS = (
    "برای محیط زیست|للبيئة|for the Environment",
    "برای آموزش|للتعليم|for Education",
    "برای کودکان|للطفولة|for Children",
    "برای زنان|للمرأة|for Women",
    "برای جوانان|للشباب|for Youth",
    "برای سلامت|للصحة|for Health",
    "برای توسعهٔ محلی|للتنمية المحلية|for Local Development",
    "برای افراد دارای معلولیت|للأشخاص ذوي الإعاقة|for People with Disabilities",
    "برای سالمندان|لكبار السن|for Older People",
    "برای پناهندگان|للاجئين|for Refugees",
    "برای میراث فرهنگی|للتراث الثقافي|for Cultural Heritage",
    "برای آب و خاک|للمياه والتربة|for Water and Soil",
    "برای امداد|للإغاثة|for Relief",
    "برای کتاب‌خوانی|للقراءة|for Reading",
)

_GIVEN = {
    "fa": "مریم زهرا نرگس لیلا سارا شیرین پروانه ژاله نسرین فاطمه الهام مینا نگار ترانه گلنار شیوا سمیرا آزاده هما"
    " فرشته علی رضا آرش کاوه حسین محمد بهرام فرهاد سیامک یوسف امیر مهدی بابک داریوش کیوان سعید حمید ناصر پیمان جواد",
    "ar": "فاطمة زينب مريم نور هدى سحر ليلى سلمى رنا أمل سعاد هبة إيمان دلال شيماء ياسمين خديجة منى ريم عائشة"
    " محمد أحمد علي حسن حسين يوسف خالد عمر إبراهيم جاسم كريم سامي طارق ماجد فيصل حيدر زياد نبيل عادل رامي",
    "en": "Rana Karim Lina Maya Nadia Samir Elif Deniz Mehmet Zeynep Emre Amina Wanjiru Peter Grace Anna Jonas Miriam"
    " David Fatima Omar Sara Hassan Asha Leila Joseph Ruth Daniel Hana Ali",
}
_FAMILY = {
    "fa": "کریمی رستمی احمدی محمدی حسینی موسوی جعفری صادقی رضایی منصوری یزدانی امینی بهرامی کاظمی صالحی نیک‌پور شریفی"
    " قاسمی مرادی حیدری نوری باقری اکبری فرهادی شفیعی زارعی کلهر میرزایی تهرانی پاکزاد رحیمی سلیمانی عباسی یوسفی"
    " طاهری خسروی جلالی ملکی ثابتی پویا",
    "fa_AF": "احمدزی نورزی رحیمی حبیبی صافی یوسفزی حسینی امیری کریمی وردک نظری نیازی عزیزی سروری رسولی حیدری",
    "ar": "العلوي الحداد المرزوق المنصوري الدوسري البناء الشيخ العريض الموسوي الكعبي الجبوري الساعدي العبيدي التميمي"
    " الدليمي الربيعي الزبيدي الحلي البصري الخفاجي خوري حداد سعد الحاج منصور نصار عيسى شاهين حمدان درويش قاسم زيدان",
    "en": "Khoury Haddad Saad Yilmaz Demir Kaya Khan Malik Ahmed Otieno Mwangi Kamau Weber Novak Rossi Silva Hakimi"
    " Nasser Aziz Baran Mansour Karimi Rahimi Farah Hassan Ibrahim Noor Said Osman Haidari",
}


@cache
def words(listed: str) -> tuple[str, ...]:
    """The words of one of the lists."""
    return tuple(listed.split())


def organization_names(number: int, chance: Random) -> list[Texts]:
    """So many names of organizations in three languages, none twice."""
    every = list(product(KINDS, EMBLEMS, FIELDS))
    return [_named(*parts) for parts in chance.sample(every, number)]


def _named(kind: str, emblem: str, field: str) -> Texts:
    kinds, emblems, fields = (part.split("|") for part in (kind, emblem, field))
    return {
        "fa": f"{kinds[0]} {emblems[0]} {fields[0]}",
        "ar": f"{kinds[1]} {emblems[1]} {fields[1]}",
        "en": f"{emblems[2]} {kinds[2]} {fields[2]}",
    }


def person_name(language: str, country: str, chance: Random) -> tuple[str, str]:
    """A person's name as people of a language and country have them, and its sort key."""
    given = words(_GIVEN[language])
    family = words(_FAMILY.get(f"{language}_{country}", _FAMILY[language]))
    name = f"{given[int(chance.random() * len(given))]} {family[int(chance.random() * len(family))]}"
    return name, _key(name, language)


@cache
def _key(name: str, language: str) -> str:
    return sort_key(name, language)
