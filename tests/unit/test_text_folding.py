"""Which spellings are the same to search, sign-in, duplicate checks and grading, and which are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.text import answer_key, fold_key, key_version, split_key

ZWNJ = "\u200c"

SAME = [
    ("سازماني", "سازمانی"),
    ("شبكه", "شبکه"),
    ("شبكة", "شبکه"),
    ("الجمعية", "الجمعيه"),
    ("على", "علي"),
    ("إلى", "الى"),
    ("الأهلية", "الاهلية"),
    ("آب", "اب"),
    ("ٱلشبكة", "الشبكة"),
    ("مُحَمَّد", "محمد"),
    ("المنظّمات", "المنظمات"),
    ("شـبـكـة", "شبكة"),
    ("ﺷﺒﻜﺔ", "شبكة"),
    ("ﻻ", "لا"),
    (f"شبکه{ZWNJ}سازی", "شبکهسازی"),
    ("خانهٔ", "خانه"),
    ("خانۀ", "خانه"),
    ("جامعۀ", "جامعهٔ"),
    ("رئیس", "رییس"),
    ("مسؤول", "مسوول"),
    ("جزء", "جز"),
    ("شيء", "شي"),
    ("درسًا", "درسا"),
    ("رحمٰن", "رحمن"),
    ("۱۴۰۵", "1405"),
    ("١٤٠٥", "1405"),
    ("۱۲٫۵", "12.5"),
    ("۱٬۲۳۴", "1234"),
    ("۸۷٪", "87%"),
    ("چرا؟", "چرا?"),
    ("الف، ب؛ ج", "الف, ب; ج"),
    ("«نقل»", '"نقل"'),
    ("“نقل”", "«نقل»"),
    ("NGO", "ngo"),
    ("Café", "CAFE"),
    ("ＮＧＯ", "ngo"),
    ("\u200fسمن\u200e", "سمن"),
    ("\u2068سمن\u2069\ufeff", "سمن"),
    ("  سازمان \u00a0 مردم  ", "سازمان مردم"),
    ("ہمکاری", "همکاری"),
    ("ڪتاب", "کتاب"),
    ("e‑mail", "e-mail"),
]
DIFFERENT = [
    ("شبکه", "شبکه‌ها"),
    ("سازمان", "سازمانی"),
    ("پول", "بول"),
    ("چرا", "جرا"),
    ("گل", "کل"),
    ("ژاله", "زاله"),
    ("درس", "درز"),
    ("12.5", "125"),
    ("منظمة", "منظمات"),
    ("a-b", "ab"),
]


def test_the_version_of_the_keys() -> None:
    """Whoever changes what keys forget raises the version, and adds a reindex to the upgrade."""
    assert key_version == 1


@pytest.mark.parametrize(("one", "other"), SAME + [(other, one) for one, other in SAME])
def test_spellings_with_the_same_key(one: str, other: str) -> None:
    assert fold_key(one) == fold_key(other)
    assert fold_key(f"{one} {other}") == fold_key(f"{other} {one}")


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_words_with_different_keys(one: str, other: str) -> None:
    assert fold_key(one) != fold_key(other)


def test_zwnj_joins_or_splits() -> None:
    assert fold_key(f"شبکه{ZWNJ}سازی") == "شبکهسازی"
    assert split_key(f"شبکه{ZWNJ}سازی") == "شبکه سازی"


@given(st.text())
def test_keys_of_keys_are_the_same(s: str) -> None:
    assert fold_key(fold_key(s)) == fold_key(s)
    assert answer_key(answer_key(s)) == answer_key(s)
    fold_key(s).encode()


@pytest.mark.parametrize("typed", [f"شبکه{ZWNJ}سازی", "شبکه سازی", "شبکهسازی", "شبكه سازي!", " «شَبکه‌سازی» "])
def test_one_answer_in_many_spellings(typed: str) -> None:
    assert answer_key(typed) == "شبکهسازی"


@pytest.mark.parametrize("typed", ["التشبيك", "التّشبيك", "الـتشبيك.", "ٱلتشبیک"])
def test_one_arabic_answer(typed: str) -> None:
    assert answer_key(typed) == answer_key("التشبيك")


@pytest.mark.parametrize("typed", ["شبکه", "شبکه‌سازان", "شکبه‌سازی", ""])
def test_near_words_are_other_answers(typed: str) -> None:
    assert answer_key(typed) != "شبکهسازی"


def test_an_answer_of_signs_only_is_kept() -> None:
    assert answer_key("+") != answer_key("-")
