"""Types of evidence: what they take, what they refuse, what they say of it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form

from lms.certification.evidence import evidence_types as known
from lms.certification.evidence.evidence_types import (
    Criterion,
    EvidenceField,
    EvidenceType,
    Kind,
    Values,
    evidence_type,
    evidence_types,
    register_evidence_type,
)
from lms.certification.evidence.money import CURRENCIES, PLACES, currency_name, read_amount, written
from lms.certification.evidence.money_field import MoneyField
from lms.certification.evidence.showing import SCALES, score_choices, shown_fields
from lms.formats import Formatter
from lms.i18n import reading_as
from tests.conftest import LANGUAGES

TODAY = date(2026, 6, 1)
KEYS = [each.key for each in evidence_types()]
DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))


def whole(type_: EvidenceType) -> dict[str, Any]:
    """A value for each field."""
    made: dict[Kind, Any] = {
        Kind.LINE: "A line",
        Kind.TEXT: "Some\nlines",
        Kind.DAY: "2026-05-04",
        Kind.NUMBER: 1250,
        Kind.MONEY: {"amount": "1250.5", "currency": "IRR"},
    }
    return {each.name: each.choices[0][0] if each.choices else made[each.kind] for each in type_.fields}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest, app: Flask) -> Iterator[str]:
    """Each language, as its reader reads."""
    with reading_as(Formatter(request.param)):
        yield request.param


@pytest.mark.parametrize("key", KEYS)
def test_a_type_declares_what_pages_and_rules_need(key: str) -> None:
    type_ = evidence_type(key)
    names = [each.name for each in type_.fields]
    assert len(set(names)) == len(names)
    assert 3 <= len(type_.criteria) <= 5
    assert len({each.key for each in type_.criteria}) == len(type_.criteria)
    days = {each.name for each in type_.fields if each.kind is Kind.DAY}
    assert {type_.dated_by, *type_.past, *(name for pair in type_.ordered for name in pair)} <= days
    assert type_.field(str(type_.dated_by)).required
    assert all(bool(each.choices) == (each.kind is Kind.CHOICE) for each in type_.fields)


@pytest.mark.parametrize("key", KEYS)
def test_a_type_speaks_each_language(key: str, language: str) -> None:
    type_ = evidence_type(key)
    values = whole(type_)
    assert type_.missing(values) == []
    assert list(type_.faults(values, TODAY)) == []
    assert type_.summary(values) != type_.summary({})
    assert type_.summary({})
    said = [str(type_.label), str(type_.help), *(str(each.label) for each in type_.fields)]
    said += [str(each.label) for each in type_.criteria]
    if language != "en":
        assert not [text for text in said if text.isascii()]
    shown = shown_fields(type_, values)
    assert len(shown) == len(type_.fields)
    assert ("۱٬۲۵۰" in str(shown)) == (language == "fa" and "1250" in str(values))


@pytest.mark.parametrize("key", KEYS)
def test_a_draft_lacks_what_is_required(key: str) -> None:
    type_ = evidence_type(key)
    assert type_.missing({}) == [each for each in type_.fields if each.required]
    assert type_.happened_on({}) is None


@pytest.mark.parametrize("key", KEYS)
@given(data=st.data())
def test_days_in_the_wrong_order_are_told_at_one_of_them(key: str, data: st.DataObject) -> None:
    type_ = evidence_type(key)
    days = {each.name: data.draw(DAYS) for each in type_.fields if each.kind is Kind.DAY}
    values = {name: day.isoformat() for name, day in days.items()}
    with reading_as(Formatter("en")):
        found = {each.field for each in type_.faults(values, TODAY)}
    late = {name for name in type_.past if days[name] > TODAY}
    crossed = {later for earlier, later in type_.ordered if days[later] < days[earlier]}
    assert found == late | crossed


def test_a_day_of_today_is_none_that_lies_ahead() -> None:
    type_ = evidence_type("meeting_record")
    assert not list(type_.faults({"held_on": TODAY.isoformat()}, TODAY))
    assert list(type_.faults({"held_on": (TODAY + timedelta(days=1)).isoformat()}, TODAY))


def test_nobody_meets_alone() -> None:
    type_ = evidence_type("meeting_record")
    assert [each.field for each in type_.faults({"participants": 1}, TODAY)] == ["participants"]
    assert [each.field for each in type_.faults({"participants": 0}, TODAY)] == ["participants"]


@pytest.mark.parametrize("key", KEYS)
def test_only_scores_of_the_scale_count(key: str) -> None:
    type_ = evidence_type(key)
    for criterion in type_.criteria:
        best = criterion.scale.most
        assert [score for score, _word in score_choices(criterion)] == list(range(best + 1))
        assert len(SCALES[criterion.scale]) == best + 1
        assert type_.scores({criterion.key: best, "other": 1}) == {criterion.key: best}
        assert type_.scores({criterion.key: best + 1}) == type_.scores({criterion.key: -1}) == {}


DIGITS = {
    "fa": str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫"),
    "ar": str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫"),
    "en": {},
}
AMOUNTS = st.decimals(Decimal("0.001"), Decimal(10) ** 12, places=PLACES, allow_nan=False, allow_infinity=False)


class _Money(Form):  # type: ignore[misc]
    value = MoneyField()


def typed(amount: str, currency: str) -> MoneyField:
    """The field as a form that was sent leaves it."""
    form = _Money(MultiDict({"value-amount": amount, "value-currency": currency}))
    form.validate()
    field: MoneyField = form.value
    return field


@given(amount=AMOUNTS, digits=st.sampled_from(LANGUAGES), currency=st.sampled_from(CURRENCIES))
def test_an_amount_is_kept_exactly_in_any_digits(amount: Decimal, digits: str, currency: str) -> None:
    with reading_as(Formatter(digits)):
        field = typed(f"{amount:f}".translate(DIGITS[digits]), currency)
        assert not field.errors
        assert field.data is not None
        assert Decimal(field.data["amount"]) == amount
        again = _Money(data={"value": field.data}).value
        assert typed(again.typed[0], again.typed[1]).data == field.data
        assert currency_name(currency) in written(field.data)


@given(text=st.text(max_size=40), currency=st.text(max_size=4))
def test_whatever_is_typed_is_read_or_refused_and_kept(text: str, currency: str) -> None:
    with reading_as(Formatter("fa")):
        field = typed(text, currency)
    if field.data is not None:
        assert Decimal(field.data["amount"]) > 0
        assert field.data["currency"] in CURRENCIES
        assert not field.errors
    else:
        assert field.errors or not field.typed[0]


@pytest.mark.parametrize("text", ["0", "-5", "1.0001", "1e9", "10000000000000000", "12,5", ""])
def test_no_amount_is_none(text: str) -> None:
    with reading_as(Formatter("en")), pytest.raises(ValueError, match="Write"):
        read_amount(text)


class Diary(EvidenceType):
    """A type of another's making."""

    key = "notes_diary"
    label = "Diary"
    help = "What happened, day by day."
    fields = (EvidenceField("text", "Text", Kind.TEXT),)
    criteria: tuple[Criterion, ...] = (Criterion("told", "It is told"),)

    def summary(self, values: Values) -> str:
        return "A diary"


class Other(Diary):
    """Another one of that name."""


class Empty(Diary):
    """One that cannot be judged."""

    key = "notes_empty"
    criteria: tuple[Criterion, ...] = ()


def test_a_type_is_taken_once_and_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "_types", dict(known._types))
    register_evidence_type(Diary())
    register_evidence_type(Diary())
    assert evidence_type("notes_diary").summary({}) == "A diary"
    assert evidence_type("notes_diary").happened_on({}) is None
    for wrong in (Other(), Empty()):
        with pytest.raises(ValueError, match="evidence type"):
            register_evidence_type(wrong)


def test_what_is_not_there_shows_and_takes_nothing(language: str) -> None:
    gone = evidence_type("gone_plugin")
    assert gone.fields == ()
    assert gone.summary({"text": "kept"})
    assert shown_fields(gone, {"text": "kept"}) == []
