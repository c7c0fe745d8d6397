"""What organizations of the demonstration handed in and found about themselves. Everything is made up."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lms.certification.evidence.models import Verdict
from lms.db import Texts


@dataclass(frozen=True)
class DemoEvidence:
    """A piece of evidence, and what became of it; days are counted back from today."""

    type: str
    title: str
    fields: dict[str, Any]
    #: Fields that hold a day, and how long ago it was (ahead, where negative).
    days: dict[str, int]
    handed_in: int
    verdict: Verdict | None = None
    comment: str = ""
    #: The organization that confirms its part.
    party: str = ""
    summary: Texts | None = None

    def told(self, today: date) -> dict[str, Any]:
        """The values of its fields."""
        return self.fields | {name: (today - timedelta(days=ago)).isoformat() for name, ago in self.days.items()}


AGREEMENT = DemoEvidence(
    "signed_agreement",
    "تفاهم‌نامهٔ آب سالم در روستاها",
    {
        "kind": "memorandum",
        "parties": "انجمن همراهان زاگرس\nمؤسسهٔ مهر کویر",
        "subject": "پایش آب چاه‌ها در ده روستا: همراهان زاگرس نمونه می‌گیرد و مهر کویر آزمایش می‌کند و به مردم گزارش"
        " می‌دهد.",
        "renewal": "agreed",
    },
    {"signed_on": 70, "starts_on": 65, "ends_on": -665},
    handed_in=60,
    verdict=Verdict.ACCEPT,
    party="kavir",
    summary={
        "fa": "دو سازمان دو سال با هم آب چاه‌های ده روستا را می‌سنجند و نتیجه را به مردم می‌گویند.",
        "ar": "تفحص منظمتان معًا مياه آبار عشر قرى مدة سنتين، وتطلعان الأهالي على النتائج.",
        "en": "For two years, two organizations together test the wells of ten villages and tell people the results.",
    },
)

MEETINGS = (
    DemoEvidence(
        "meeting_record",
        "نشست برنامه‌ریزی نمونه‌گیری",
        {
            "subject": "برنامهٔ نمونه‌گیری از ده روستا",
            "participants": 9,
            "organizations": "انجمن همراهان زاگرس\nمؤسسهٔ مهر کویر",
            "decisions": "هر ماه دو روستا؛ همراهان زاگرس خودرو می‌آورد و مهر کویر تا یک هفته پس از نمونه‌گیری گزارش"
            " می‌دهد.",
        },
        {"held_on": 58},
        handed_in=55,
        verdict=Verdict.ACCEPT,
    ),
    DemoEvidence(
        "meeting_record",
        "نشست بازبینی پس از یک ماه",
        {
            "subject": "بازبینی کار ماه نخست",
            "participants": 7,
            "organizations": "انجمن همراهان زاگرس\nمؤسسهٔ مهر کویر",
            "decisions": "دو چاه بسته و به مرکز بهداشت خبر داده شد؛ مهر کویر برگهٔ راهنما را تا پایان ماه چاپ می‌کند.",
        },
        {"held_on": 24},
        handed_in=20,
        verdict=Verdict.ACCEPT,
    ),
)

RETURNED = DemoEvidence(
    "joint_activity",
    "کارگاه آب سالم در مدرسه‌ها",
    {
        "activity": "سه کارگاه برای آموزگاران دربارهٔ آب سالم.",
        "partners": "ادارهٔ آموزش‌وپرورش: کلاس‌ها و دعوت آموزگاران",
        "reached": 64,
        "results": "آموزگاران راضی بودند.",
    },
    {"starts_on": 48, "ends_on": 41},
    handed_in=35,
    verdict=Verdict.RETURN,
    comment="بنویسید پس از کارگاه‌ها چه تغییری در مدرسه‌ها دیدید و از کجا می‌دانید؛ سهم شریک در برنامه‌ریزی هم روشن نیست.",
)

WAITING = DemoEvidence(
    "document",
    "برنامهٔ همکاری سال آینده",
    {
        "about": "برنامهٔ یک‌سالهٔ همکاری با سازمان‌های شهر",
        "content": "با چه کسانی کار می‌کنیم و چرا؛ سه هدف مشترک؛ مسئول و زمان هر کار؛ بازبینی هر سه ماه.",
        "use": "در نشست ماهانهٔ کارکنان مرور می‌شود.",
    },
    {"dated": 12},
    handed_in=3,
)

#: Why a team agreed on the level of each area.
WHY = {
    "vision": "چشم‌انداز را سال گذشته با هم نوشتیم، ولی شریکان هنوز در آن سهمی ندارند.",
    "governance": "جلسه‌ها صورت‌جلسه دارند؛ شرایط عضویت هنوز نوشته نشده است.",
    "coordination": "هر ماه یک نشست داریم و مسئول هر کار معلوم است.",
    "agreements": "یک تفاهم‌نامهٔ امضاشده داریم و دومی در دست نوشتن است.",
    "joint-programmes": "برنامهٔ مشترک هست، ولی نتیجه‌ها را منظم نمی‌سنجیم.",
    "relations": "با مرکز بهداشت و شهرداری رابطه داریم، با شرکت‌ها هنوز نه.",
    "ethics": "منابع مالی را منتشر می‌کنیم و دربارهٔ تعارض منافع گفتگو کرده‌ایم.",
}

#: Area, what will be done, and in how many days.
PLAN = (
    ("governance", "شرایط عضویت را بنویسیم و در نشست ماه آینده تصویب کنیم.", 40),
    ("joint-programmes", "برای برنامهٔ آب سه نشانهٔ سنجش‌پذیر بگذاریم و هر فصل بسنجیم.", 75),
)
