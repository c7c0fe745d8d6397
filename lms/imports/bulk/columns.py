"""What the columns of a sheet hold, told by their headers in three languages, or by hand."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum

from lms.imports.words import column_words
from lms.text import answer_key

#: A field, and what offices write above it.
_HEADERS = {
    "organization": (
        "سازمان، نام سازمان، انجمن، نام انجمن، سمن، نهاد، المنظمة، اسم المنظمة، الجمعية، اسم الجمعية، "
        "organization, organisation, ngo, organization name, association"
    ),
    "organization_fa": (
        "سازمان به فارسی، نام فارسی سازمان، سازمان (فارسی)، المنظمة بالفارسية، organization fa, "
        "organization in persian,  "
        "organization (fa)"
    ),
    "organization_ar": (
        "سازمان به عربی، نام عربی سازمان، سازمان (عربی)، المنظمة بالعربية، organization ar, "
        "organization in arabic, organization (ar)"
    ),
    "organization_en": (
        "سازمان به انگلیسی، نام انگلیسی سازمان، سازمان (انگلیسی)، المنظمة بالإنجليزية، organization en, "
        "organization in english, organization (en)"
    ),
    "country": "کشور، البلد، الدولة، country",
    "city": "شهر، المدينة، city, town",
    "since": (
        "سازمان عضو شبکه از، المنظمة في الشبكة منذ، organization in the network since، عضویت سازمان از، "
        "عضو شبکه از، عضو از، عضو في الشبكة منذ، عضوية المنظمة منذ، member since,  "
        "in the network since, since"
    ),
    "person": (
        "name of the person، نام، اسم، نام کامل، نام و نام خانوادگی، نام شخص، شخص، نام نمایشی، فرد، الاسم، "
        "نام و فامیل، الاسم الكامل، الاسم الثلاثي، الاسم واللقب، اسم الشخص، الشخص، name, full name, "
        "person, display name"
    ),
    "given": "نام کوچک، الاسم الأول، الاسم الشخصي، first name, given name, forename",
    "family": (
        "نام خانوادگی، نام فامیل، نام فامیلی، فامیل، فامیلی، اسم العائلة، لقب العائلة، الاسم العائلي، العائلة، "
        "اللقب، الكنية، النسب، الشهرة، family name, last name, surname, family"
    ),
    "phone": (
        "شماره تلفن، تلفن، تلفن ثابت، تلفن همراه، موبایل، شماره موبایل، شماره همراه، شماره تماس، تلفن تماس، "
        "رقم الهاتف، الهاتف، هاتف، الجوال، رقم الجوال، الموبايل، رقم الموبايل، المحمول، رقم المحمول، رقم التواصل، "
        "phone number, phone, telephone, telephone number, tel, mobile, mobile phone, mobile number, cell phone"
    ),
    "sign_in": (
        "نام ورود، نام کاربری، نام کاربر، اسم الدخول، اسم المستخدم، sign-in name, sign in name, "
        "username, user name, login"
    ),
    "mail": (
        "نشانی ایمیل، ایمیل، آدرس ایمیل، رایانامه، نشانی رایانامه، پست الکترونیک، پست الکترونیکی، "
        "نشانی پست الکترونیکی، آدرس پست الکترونیکی، البريد، البريد الإلكتروني، بريد إلكتروني، "
        "عنوان البريد الإلكتروني، الإيميل، إيميل، email, e-mail, mail, mail address, email address"
    ),
    "language": "زبان، اللغة، لغة، language, lang",
    "title": (
        "سمت، سمت در سازمان، الصفة، الصفة في المنظمة، عنوان شغلی، مسئولیت، شغل، المنصب، الوظيفة، "
        "المسمى الوظيفي، title, position, job title, position in the organization"
    ),
    "post": (
        "سمت شبکه‌سازی هماهنگ‌کننده، التكليف منسق، post coordinator، سمت شبکه‌سازی، التكليف، "
        "مسئولیت در شبکه، نقش، المهمة، الدور، post, role"
    ),
    "from": (
        "عضویت شخص در سازمان از، الشخص في المنظمة من، person in the organization from، از، از تاریخ، "
        "تاریخ شروع، شروع، من، من تاريخ، تاريخ البداية، from, start, start date, first day"
    ),
    "to": (
        "عضویت شخص در سازمان تا، الشخص في المنظمة حتى، person in the organization until، تا، تا تاریخ، "
        "تاریخ پایان، پایان، إلى، حتى، تاريخ النهاية، to, until, end, end date"
    ),
    "module": "وحدة تدريبية، ماژول، درس، دوره، نام دوره، الوحدة، الدورة، اسم الدورة، module, course, training",
    "day": (
        "روز تکمیل، يوم الإكمال، day of completion، تاریخ، روز، تاریخ تکمیل، تاریخ گذراندن، التاريخ، "
        "اليوم، تاريخ الإكمال، تاريخ الإتمام، date,  "
        "day, completed, completed on, completion date"
    ),
    "score": "نمره، امتیاز، درصد، الدرجة، النتيجة، العلامة، score, mark, grade, result",
    "reason": "دلیل، علت، السبب، reason",
}
REASON = "reason"
LIST_FIELDS = tuple(name for name in _HEADERS if name != REASON)
"""What a column of a list of staff may be headed by."""
FIELDS = tuple(name for name in LIST_FIELDS if name != "phone")
"""What a column of a network's sheet may hold."""
_FIELD_OF = column_words(_HEADERS)
_PLAIN = frozenset(column_words({"": "نام، اسم، الاسم، name"}))
"""Words for a name that may be the whole one or the first."""


class Kind(StrEnum):
    """What may be written of a sheet."""

    ORGANIZATIONS = "organizations"
    PEOPLE = "people"
    """New people, each with her membership."""
    MEMBERSHIPS = "memberships"
    """Memberships of people who are known."""
    COMPLETIONS = "completions"


def recognised(
    headers: Sequence[str], remembered: Mapping[str, str] | None = None, fields: Sequence[str] = FIELDS
) -> list[str]:
    """Which of `fields` each column holds: as confirmed before, else as its header says; "" where neither tells.

    No field stands twice: of two columns with the same one the first has it. A first name is the name where no column
    has the whole.
    """
    before = remembered or {}
    keys = _keys(headers) if before else headers
    told = [before.get(key, _FIELD_OF.get(answer_key(header), "")) for header, key in zip(headers, keys, strict=True)]
    if "family" in told and told.count("person") > 1:
        told = _with_first_name(told, headers)
    has_whole = "person" in told
    found: list[str] = []
    for field in told:
        held = "person" if field == "given" and not has_whole else field
        found.append(held if held in fields and held not in found else "")
    return found


def _with_first_name(told: Sequence[str], headers: Sequence[str]) -> list[str]:
    """The fields, where a plain "name" beside a whole and a family name is the first name."""
    plain = {index for index, header in enumerate(headers) if told[index] == "person" and answer_key(header) in _PLAIN}
    some_whole = any(field == "person" and index not in plain for index, field in enumerate(told))
    return ["given" if some_whole and index in plain else field for index, field in enumerate(told)]


def headers_key(headers: Iterable[str]) -> str:
    """The key under which a matching is remembered: the set of headers, but for our own column of reasons."""
    return _hashed(sorted({answer_key(header) for header in headers if not is_reason(header)}))


def _keys(headers: Sequence[str]) -> list[str]:
    """Under what each column is remembered: all headers, its own, and which of several equal ones it is.

    Hashed, for what was taken for a header may be somebody's name; with all of them, so that nobody finds one by
    trying names.
    """
    together, seen, keys = headers_key(headers), Counter[str](), []
    for header in headers:
        key = answer_key(header)
        keys.append(_hashed([together, key, str(seen[key])]))
        seen[key] += 1
    return keys


def _hashed(texts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()


def is_reason(header: str) -> bool:
    """Whether it is the header of the column that a sheet of errors has more."""
    return _FIELD_OF.get(answer_key(header)) == REASON


def by_header(headers: Sequence[str], columns: Sequence[str]) -> dict[str, str]:
    """A matching as it is remembered: no header can be read in it."""
    found = zip(_keys(headers), headers, columns, strict=True)
    return {key: field for key, header, field in found if not is_reason(header)}
