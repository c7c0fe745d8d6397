"""Cells as values; what cannot be read is refused with its reason."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from zoneinfo import ZoneInfo

from lms.accounts.names import LONGEST_DISPLAY_NAME, checked_sign_in_name
from lms.db import Texts
from lms.errors import DomainError
from lms.formats import LANGUAGES
from lms.formats.countries import countries
from lms.imports.bulk.days import day_of
from lms.imports.bulk.fates import Refused, Said
from lms.imports.kinds import language_of
from lms.imports.words import column_words
from lms.organizations.models import Post
from lms.organizations.names import clean_names
from lms.text import LONGEST_MAIL, answer_key, clean_line, fold_key, is_mail_address, parse_number

LONGEST_TITLE, LONGEST_ORGANIZATION = 120, 200
_ARABIC, _PERSIAN = re.compile("[ةيكىأإ]"), re.compile("[پچژگکی]")
_OF = re.compile(r"/|\bof\b|\bاز\b|\bمن\b")
_POSTS = column_words(
    {
        Post.COORDINATOR: (
            "coordinator، networking coordinator، هماهنگ‌کننده، هماهنگ‌کنندهٔ شبکه‌سازی، مسئول شبکه‌سازی، المنسق، منسق، "
            "منسقة، منسق التشبيك، مسؤول التشبيك"
        )
    }
)


@dataclass(frozen=True, slots=True)
class Terms:
    """How a sheet is read: the language of what does not tell its own, the calendar, the zone, and today there.

    `day` is today as memberships count it, in UTC: what begins today without saying so begins on it.
    """

    language: str
    calendar: str
    zone: ZoneInfo
    today: date
    day: date


def line_of(given: Mapping[str, str], field: str, longest: int) -> str:
    """A cell on one line. Raises Refused where it is too long."""
    text = given.get(field, "")
    if "\n" in text:
        text = clean_line(text.replace("\n", " "))
    if len(text) > longest:
        raise Refused("too_long", field)
    return text


def names_of(given: Mapping[str, str], terms: Terms) -> Texts:
    """An organization's names: those that tell their language, and the one that does not."""
    texts = {code: line_of(given, f"organization_{code}", LONGEST_ORGANIZATION) for code in LANGUAGES}
    plain = line_of(given, "organization", LONGEST_ORGANIZATION)
    if plain:
        code = _script_of(plain, terms)
        texts[code] = texts[code] or plain
    return clean_names(texts)


def city_of(given: Mapping[str, str], terms: Terms) -> Texts:
    """A city in the language that its letters tell."""
    text = line_of(given, "city", LONGEST_TITLE)
    return clean_names({_script_of(text, terms): text}) if text else {}


def _script_of(text: str, terms: Terms) -> str:
    """The language that a name is taken for by its letters: Latin ones are English, others of the sheet's language."""
    if text.isascii():
        return "en"
    if terms.language != "en":
        return terms.language
    return "ar" if _ARABIC.search(text) and not _PERSIAN.search(text) else "fa"


def country_of(given: Mapping[str, str]) -> str | None:
    """The code of a country that is named in any of the three languages. Raises Refused."""
    text = given.get("country", "")
    if not text:
        return None
    found = _countries().get(fold_key(text))
    if found is None:
        raise Refused("no_country", "country")
    return found


@cache
def _countries() -> dict[str, str]:
    named = {fold_key(name): code for language in LANGUAGES for code, name in countries(language)}
    return {**named, **{fold_key(code): code for code, _name in countries("en")}}


def name_of(given: Mapping[str, str]) -> str:
    """A person's name."""
    return line_of(given, "person", LONGEST_DISPLAY_NAME)


def sign_in_of(given: Mapping[str, str]) -> str:
    """A sign-in name that can be used. Raises Refused."""
    text = given.get("sign_in", "")
    try:
        return checked_sign_in_name(text) if text else ""
    except DomainError as error:
        raise Refused("no_sign_in_name", "sign_in") from error


def mail_of(given: Mapping[str, str]) -> str:
    """A mail address. Raises Refused."""
    text = given.get("mail", "")
    if text and (len(text) > LONGEST_MAIL or not is_mail_address(text)):
        raise Refused("no_mail", "mail")
    return text


def language_in(given: Mapping[str, str]) -> str:
    """The code of the row's language, or nothing. Raises Refused."""
    text = given.get("language", "")
    found = language_of(text) if text else ""
    if text and not found:
        raise Refused("no_language", "language")
    return found


def post_of(given: Mapping[str, str]) -> Post | None:
    """A post. Raises Refused."""
    text = given.get("post", "")
    if not text:
        return None
    found = _POSTS.get(answer_key(text))
    if found is None:
        raise Refused("no_post", "post")
    return Post(found)


def day_in(given: Mapping[str, str], field: str, terms: Terms, *, ahead: bool = False) -> date | None:
    """A day, not after today unless it may lie ahead. Raises Refused."""
    text = given.get(field, "")
    if not text:
        return None
    try:
        day = day_of(text, terms.calendar, terms.today)
    except ValueError as error:
        raise Refused("no_day", field) from error
    if day > terms.today and not ahead:
        raise Refused("ahead", field)
    return day


def score_of(given: Mapping[str, str]) -> float | None:
    """A share of the mark: 85, 85%, 0.85, 17/20 or 17 of 20. Raises Refused."""
    text = given.get("score", "")
    if not text:
        return None
    try:
        share = _share(text.replace("٪", "%"))
    except (ValueError, ArithmeticError) as error:
        raise Refused("no_score", "score") from error
    if not 0 <= share <= 1:
        raise Refused("no_score", "score")
    return share


def _share(text: str) -> float:
    parts = _OF.split(text)
    if len(parts) > 1:
        got, of = parts
        return float(parse_number(got) / parse_number(of))
    if "%" in text:
        return float(parse_number(text.strip().strip("%").strip()) / 100)
    number = parse_number(text)
    return float(number if number <= 1 else number / 100)


def problems_of(given: Mapping[str, str], terms: Terms) -> list[Said]:
    """All that is wrong with the cells of a row, each by itself: whoever corrects a row hears of all at once."""
    readers: list[Callable[[], object]] = [
        lambda: names_of(given, terms),
        lambda: city_of(given, terms),
        *[partial(read, given) for read in (country_of, name_of, sign_in_of, mail_of, language_in, post_of, score_of)],
        *[partial(day_in, given, field, terms) for field in ("since", "from", "day")],
        partial(day_in, given, "to", terms, ahead=True),
        partial(line_of, given, "title", LONGEST_TITLE),
    ]
    return [said for read in readers if (said := _problem(read)) is not None]


def _problem(read: Callable[[], object]) -> Said | None:
    try:
        read()
    except Refused as refused:
        return refused.said
    return None
