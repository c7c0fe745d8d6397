"""Names of organizations: cleaned, sorted and found in any spelling."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.formats.countries import countries, country_name, time_zones
from lms.organizations.models import Organization
from lms.organizations.names import clean_names, folded_names, set_names
from lms.paging import Page
from lms.text import fold_key, is_mail_address, sort_key
from tests.conftest import LANGUAGES


def test_names_keys_and_sorts_come_together() -> None:
    row = Organization()
    set_names(row, {"fa": " كانون  ياري\u200cگران ", "en": "", "ar": "\u202eنادي\u202c"})
    assert row.names == {"fa": "کانون یاری\u200cگران", "ar": "نادي"}
    assert row.sort_fa == sort_key("کانون یاری\u200cگران", "fa")
    assert row.sort_en == sort_key("کانون یاری\u200cگران", "en"), "who has no name of hers is sorted by what she sees"
    assert row.folded == "\nکانون یاریگران\nنادی\n"


def test_a_name_is_needed() -> None:
    with pytest.raises(ValueError, match="name"):
        set_names(Organization(), {"fa": " \u200c ", "en": ""})


@given(st.dictionaries(st.sampled_from(LANGUAGES), st.text(max_size=50)))
def test_any_names_are_stored_as_lines(texts: dict[str, str]) -> None:
    cleaned = clean_names(texts)
    assert clean_names(cleaned) == cleaned
    assert all(name and "\n" not in name and "\x00" not in name for name in cleaned.values())
    assert all(f"\n{fold_key(name)}\n" in folded_names(cleaned) for name in cleaned.values())


@pytest.mark.parametrize("language", LANGUAGES)
def test_countries_and_zones_are_named_in_the_readers_language(language: str) -> None:
    codes = [code for code, _name in countries(language)]
    assert {"IR", "BH", "PS", "DE"} <= set(codes)
    assert codes.index("YE") < codes.index("DE")
    assert country_name("IR", language) in ("ایران", "إيران", "Iran")
    assert country_name(None, language) == ""
    assert dict(time_zones(language))["Asia/Tehran"] in ("تهران", "طهران", "Tehran")


@pytest.mark.parametrize(
    ("number", "total", "near"),
    [
        (1, 0, [1]),
        (1, 26, [1, 2]),
        (1, 250, [1, 2, None, 10]),
        (5, 250, [1, None, 4, 5, 6, None, 10]),
        (10, 250, [1, None, 9, 10]),
    ],
)
def test_pages_near_this_one(number: int, total: int, near: list[int | None]) -> None:
    assert Page([], number, total).near == near


@pytest.mark.parametrize("good", ["a@b.org", "sara.ahmadi+kit@sub.example.org", "سارا@نمونه.ایران"])
def test_mail_addresses(good: str) -> None:
    assert is_mail_address(good)


@pytest.mark.parametrize(
    "bad", ["", "a", "a@b", "a@b.", "@b.org", "a b@c.org", "a@b.org,c@d.org", "a@b..org", "a\n@b.org", "<a@b.org>"]
)
def test_what_is_no_mail_address(bad: str) -> None:
    assert not is_mail_address(bad)
