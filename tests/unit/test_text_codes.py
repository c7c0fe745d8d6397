"""Public ids, certificate codes and UUIDs."""

import re
import threading
import time
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.text import certificate_code, code_is_well_formed, normalize_code, short_id, uuid7
from lms.text.codes import ALPHABET
from lms.text.uuids import Series

SYMBOLS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def test_short_ids() -> None:
    ids = {short_id() for _ in range(500)}
    assert len(ids) == 500
    assert all(re.fullmatch("[2-9a-hjkmnp-tv-z]{10}", found) for found in ids)
    assert len(short_id(4)) == 4


def test_a_certificate_code_is_well_formed() -> None:
    for code in [certificate_code() for _ in range(300)]:
        assert re.fullmatch(f"TSH-[{ALPHABET}]{{4}}-[{ALPHABET}]{{4}}", code)
        assert code_is_well_formed(code)
        assert normalize_code(code) == code


def test_any_single_typo_is_detected() -> None:
    for code in [certificate_code() for _ in range(50)]:
        for position, right in enumerate(code):
            typos = [code[:position] + wrong + code[position + 1 :] for wrong in SYMBOLS if right not in (wrong, "-")]
            assert not any(code_is_well_formed(typo) for typo in typos)


def test_any_exchange_of_neighbours_is_detected() -> None:
    for code in [certificate_code() for _ in range(200)]:
        symbols = code.replace("-", "")
        for i in range(3, 10):
            exchanged = symbols[:i] + symbols[i + 1] + symbols[i] + symbols[i + 2 :]
            assert exchanged == symbols or not code_is_well_formed(exchanged)


@pytest.mark.parametrize(
    "typed",
    [
        "tsh-2345-6789",
        " TSH 2345 6789 ",
        "TSH23456789",
        "23456789",
        "2345-6789",
        "TSH–۲۳۴۵–۶۷۸۹",
        "tsh_٢٣٤٥_٦٧٨٩",
        "\u2066TSH-2345-6789\u2069",
        "ＴＳＨ-2345-6789",
    ],
)
def test_codes_however_typed(typed: str) -> None:
    assert normalize_code(typed) == "TSH-2345-6789"


@pytest.mark.parametrize(
    "typed", ["", "TSH", "TSH-2345", "ABC-2345-6789", "TSH-2345-67890", "۱۲", "-", "TSHTSHTSH", "سمن"]
)
def test_what_is_no_code(typed: str) -> None:
    assert not code_is_well_formed(typed)


@given(st.text())
def test_anything_may_be_typed(typed: str) -> None:
    assert normalize_code(normalize_code(typed)) == normalize_code(typed)
    code_is_well_formed(typed)


def test_uuid7_carries_version_variant_and_time() -> None:
    made = uuid7()
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    # An earlier test may have moved the clock; the series follows it with this much patience.
    assert abs((made.int >> 80) - time.time_ns() // 1_000_000) <= 10_100


def test_uuid7_grows_from_call_to_call() -> None:
    made = [uuid7() for _ in range(5000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert [str(one) for one in made] == sorted(str(one) for one in made)


def test_uuid7_grows_also_when_the_clock_does_not() -> None:
    series = Series()
    made = [series.next(now) for now in (50_000, 50_000, 50_000, 50_001, 49_000, 40_001, 50_002)]
    assert made == sorted(set(made))
    assert [milliseconds for milliseconds, _ in made] == [50_000] * 3 + [50_001] * 3 + [50_002]


def test_a_clock_that_was_far_ahead_is_believed_again() -> None:
    series = Series()
    series.next(90_000)
    assert series.next(50_000)[0] == 50_000


def test_a_full_series_goes_into_the_next_millisecond() -> None:
    series = Series()
    series.milliseconds, series.random = 7, (1 << 74) - 1
    milliseconds, random = series.next(7)
    assert milliseconds == 8
    assert random < 1 << 74


def test_uuid7_from_many_threads() -> None:
    made: list[uuid.UUID] = []
    threads = [threading.Thread(target=lambda: made.extend(uuid7() for _ in range(500))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 2000
