"""Alphabetical order in three languages, the same in Python and in the database."""

import random
import sqlite3
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.text import sort_key

FA = "۲|10|٣٠|آب|ابر|بید|پدر|جام|چای|زاد|ژاله|سمن ۲|سمن ۱۰|کتاب|گل|وام|هوا|یاد|NGO"
AR = "1|٢|10|آباد|أحمد|إدارة|بحر|تحالف|شبكة|گاز|لجنة|نقابة|هيئة|وحدة|يمن|NGO"
EN = "2 steps|10 steps|alpha|Beta|Élan|elm|Zeta|آب|شبکه"
ORDERED = {"fa": FA.split("|"), "ar": AR.split("|"), "en": EN.split("|")}


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_alphabetical_order(language: str) -> None:
    mixed = ORDERED[language][:]
    random.Random(7).shuffle(mixed)
    assert sorted(mixed, key=lambda s: sort_key(s, language)) == ORDERED[language]


@pytest.mark.parametrize("language", ["fa", "ar", "en"])
def test_the_database_orders_alike(language: str) -> None:
    keys = [sort_key(s, language) for s in ORDERED[language]]
    mixed = random.Random(8).sample(keys, len(keys))
    with sqlite3.connect(":memory:") as database:
        rows = database.execute(
            f"SELECT column1 FROM (VALUES {','.join(['(?)'] * len(mixed))}) ORDER BY column1", mixed
        )
        assert [row[0] for row in rows] == keys


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("وام", "هوا", "fa"),
        ("هواء", "وعاء", "ar"),
        ("شبكة", "شبکه‌سازی", "fa"),
        ("سازمان", "سازمان مردم", "fa"),
        ("«شبکه»", "ملت", "fa"),
        ("بخش ۹", "بخش ۱۰", "fa"),
        ("v1.9", "v1.10", "en"),
        ("9" * 70, "1" + "0" * 70, "en"),
        ("یاد", "Я", "fa"),
    ],
)
def test_pairs_in_order(one: str, other: str, language: str) -> None:
    assert sort_key(one, language) < sort_key(other, language)


def test_letters_of_other_keyboards_share_a_place() -> None:
    primary = {sort_key(s, "fa").partition("\x01")[0] for s in ("شبکه", "شبكه", "شَبكة", "شبـکه", "ﺷﺒﻜﺔ")}
    assert len(primary) == 1


def test_an_exact_tie_has_one_order() -> None:
    assert sort_key("a", "en") != sort_key("A", "en")


@given(st.text(), st.sampled_from(["fa", "ar", "en"]))
def test_keys_can_be_stored(s: str, language: str) -> None:
    key = sort_key(s, language)
    assert "\x00" not in key
    assert len(key.encode()) < 2600


@given(st.lists(st.text("آابپتةثئؤأكکگلمنوهیيى ab12۳ \u200c«»"), max_size=8), st.sampled_from(["fa", "ar", "en"]))
def test_bytes_and_code_points_agree(texts: list[str], language: str) -> None:
    keys = sorted(sort_key(s, language) for s in texts)
    assert all(one.encode() <= other.encode() for one, other in pairwise(keys))
