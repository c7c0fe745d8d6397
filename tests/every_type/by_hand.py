"""What a person grades: an essay and a file, each by two criteria of two levels."""

from tests.every_type.writing import CODES, Texts, asked

PROMPTS = {
    "essay": {
        "fa": "نخستین دیدار شبکهٔ خود را طرح کنید.",
        "ar": "ضعوا خطة للقاء الأول لشبكتكم.",
        "en": "Plan the first meeting of your network.",
    },
    "file_upload": {
        "fa": "تفاهم‌نامهٔ شبکه را بفرستید.",
        "ar": "أرسلوا مذكرة تفاهم الشبكة.",
        "en": "Hand in the memorandum of the network.",
    },
}
CRITERIA = {
    "fa": {"a": "روشن است", "b": "عملی است"},
    "ar": {"a": "الوضوح", "b": "قابلية التطبيق"},
    "en": {"a": "It is clear", "b": "It can be done"},
}
LEVELS = {"fa": {"a": "نه هنوز", "b": "آری"}, "ar": {"a": "ليس بعد", "b": "نعم"}, "en": {"a": "Not yet", "b": "Yes"}}


def by_hand() -> list[Texts]:
    """An essay and a file."""
    upload = {"kinds": ["document"], "most_files": 1, "most_megabytes": 1}
    return [_graded("plan", "essay", {"least_words": 3}), _graded("agreement", "file_upload", upload)]


def _graded(key: str, kind: str, structure: Texts) -> Texts:
    criteria = [{"id": criterion, "levels": ["a", "b"]} for criterion in "ab"]
    points = {criterion: {"a": 0, "b": 4} for criterion in "ab"}
    texts = [
        {"prompt": PROMPTS[kind][code], "criteria": CRITERIA[code], "levels": dict.fromkeys("ab", LEVELS[code])}
        for code in CODES
    ]
    return asked(key, kind, {**structure, "criteria": criteria}, {"points": points}, *texts, mark=4)
