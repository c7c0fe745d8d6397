"""What this module asks or tells without marking it: a case study, and a survey scale."""

from tests.every_type.writing import Texts, asked


def case() -> Texts:
    """A case; the question after it is about it."""
    return asked(
        "story",
        "case_study",
        {},
        {},
        {
            "prompt": "سه سال در شهر باران",
            "body": "شش انجمن از خشکسالی می‌گفتند، هر یک جدا.\n\nپس **شبکه‌ای** ساختند و کارها را تقسیم کردند.",
        },
        {
            "prompt": "ثلاث سنوات في مدينة المطر",
            "body": "ست جمعيات تتحدث عن الجفاف، كل منها على حدة.\n\nثم بنت **شبكة** ووزّعت المهام.",
        },
        {
            "prompt": "Three years in the town of rain",
            "body": "Six associations spoke of drought, each alone.\n\nThey built a **network** and divided the tasks.",
        },
        mark=0,
    )


def survey() -> Texts:
    """Where somebody stands."""
    return asked(
        "mood",
        "survey_scale",
        {"statements": ["a", "b"], "points": 3},
        {},
        {
            "prompt": "سازمان شما امروز کجا ایستاده است؟",
            "statements": {"a": "سازمان‌های همسایه را می‌شناسیم.", "b": "با آن‌ها برنامهٔ اقدام داریم."},
            "scale": {"1": "نه هنوز", "2": "تا اندازه‌ای", "3": "آری"},
        },
        {
            "prompt": "أين تقف منظمتكم اليوم؟",
            "statements": {"a": "نعرف المنظمات المجاورة.", "b": "لدينا معها خطة عمل."},
            "scale": {"1": "ليس بعد", "2": "إلى حد ما", "3": "نعم"},
        },
        {
            "prompt": "Where does your organization stand today?",
            "statements": {"a": "We know the organizations around us.", "b": "We have an action plan with them."},
            "scale": {"1": "Not yet", "2": "Partly", "3": "Yes"},
        },
        mark=0,
    )
