"""Questions that people grade: others' files say nothing of how, so that a criterion is added."""

from lms.exchange.drafting import Draft

CRITERION, LEVELS = "answer", ("missing", "partly", "full")
SAID = {"fa": "درستی و کامل بودن پاسخ", "ar": "صحة الإجابة واكتمالها", "en": "Right and complete"}
LEVELS_SAID = {
    "missing": {"fa": "نادرست یا بسیار ناقص", "ar": "خاطئة أو ناقصة جدًا", "en": "Wrong, or much is missing"},
    "partly": {"fa": "تا اندازه‌ای درست", "ar": "صحيحة إلى حد ما", "en": "Right in part"},
    "full": {"fa": "درست و کامل", "ar": "صحيحة وكاملة", "en": "Right and complete"},
}


def put_essay(draft: Draft) -> None:
    """An essay with one criterion of three levels."""
    draft.type = "essay"
    draft.structure = {"criteria": [{"id": CRITERION, "levels": list(LEVELS)}]}
    draft.scoring = {"points": {CRITERION: {level: points for points, level in enumerate(LEVELS)}}}
    draft.defaults[("criteria", CRITERION)] = SAID
    for level, said in LEVELS_SAID.items():
        draft.defaults[("levels", CRITERION, level)] = said
    draft.note("criterion_added")
