"""Numbers, percents, scores, sizes and lists."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal
from math import floor

from lms.formats.reader import Reader
from lms.text import isolate

Number = int | float | Decimal

_MOST_PLACES = 3
_SCORE_PLACES = 2
_NOISE = 1e-9
"""Of sums of floats."""
# Enough digits for whatever can be typed or stored; the default context refuses more than 28.
_CONTEXT = Context(prec=400, rounding=ROUND_HALF_UP)
_ALM, _LRM = "\u061c", "\u200e"

_UNITS = {
    "fa": ("بایت", "کیلوبایت", "مگابایت", "گیگابایت", "ترابایت"),
    "ar": ("بايت", "كيلوبايت", "ميغابايت", "غيغابايت", "تيرابايت"),
    "en": ("bytes", "KB", "MB", "GB", "TB"),
}
_OF = {"fa": "{} از {}", "ar": "{} من {}", "en": "{} of {}"}
_RANGE = {"fa": "{} تا {}", "ar": "من {} إلى {}", "en": "{}–{}"}
_COMMAS = {"fa": "، ", "ar": "، ", "en": ", "}
# Between items of a sentence, and before the last one; in Arabic «و» is attached to what follows.
_LISTS = {"fa": ("، ", " و "), "ar": (" و", " و"), "en": (", ", " and ")}


class Quantities(Reader):
    """The part of a Formatter that writes quantities."""

    def number(self, value: Number, places: int | None = None) -> str:
        """Return a number with grouped thousands and exactly ``places`` decimals.

        Without places: as many decimals as it has, at most three. Halves round up.
        """
        sign, whole, fraction = _rounded(value, places)
        group, point = self._separators
        written = f"{whole:,}".replace(",", group) + (point + fraction if fraction else "")
        return (self._minus if sign else "") + self.digits_of(written)

    def typed(self, value: Number) -> str:
        """Return a number as the reader would type it into a field: her digits, nothing grouped.

        A comma is nobody's decimal point there: `lms.text.parse_number` cannot tell what it means.
        """
        point = "." if self.digit_system == "latn" else "٫"
        return self.digits_of(f"{value:f}" if isinstance(value, Decimal) else f"{value:.12g}").replace(".", point)

    def percent(self, ratio: Number) -> str:
        """Return a ratio (0.43) as whole percents (43%); 100 is said of nothing less than the whole."""
        percents = int((100 * _decimal(ratio)).to_integral_value(ROUND_HALF_UP))
        if percents == 100 and ratio < 1:
            percents = 99
        if self.digit_system == "latn":
            return f"{self.number(percents)}%"
        if self.language == "en":
            return self.kept_in_order(f"{self.number(percents)}٪")
        # After the mark that a minus brings along, the percent sign needs one of its own.
        return f"{self.number(percents)}{_ALM}٪" if percents < 0 else f"{_ALM}{self.number(percents)}٪"

    def score(self, got: Number, of: Number) -> str:
        """Return points and their maximum («۹ از ۱۰»), with two decimals at most and none needless."""
        return _OF[self.language].format(self._points(got), self._points(of))

    def marks(self, got: Number, of: Number) -> str:
        """Return points, their maximum and what share of it they are («۱۲ از ۱۷ (۷۰٪)»), beside a pass mark."""
        return f"{self.score(got, of)} ({self.reached(float(got) / float(of))})" if of else self.score(got, of)

    def reached(self, ratio: Number) -> str:
        """Return a share of a mark in whole percents, rounded down: less than a pass mark is never written as it."""
        return self.percent(Decimal(floor(float(ratio) * 100 + _NOISE)) / 100)

    def range(self, a: Number, b: Number) -> str:
        """Return the span from a to b («۱۲ تا ۱۵»)."""
        return self.kept_in_order(_RANGE[self.language].format(self.number(a), self.number(b)))

    def file_size(self, n_bytes: int) -> str:
        """Return a size in the largest fitting unit of 1024, with one decimal below ten."""
        size, unit = Decimal(n_bytes), 0
        # 1023.5 would be written 1024.
        while size >= Decimal("1023.5") and unit < len(_UNITS["en"]) - 1:
            size, unit = size / 1024, unit + 1
        rounded = round(size, 1) if size < 10 else round(size)
        name = "byte" if self.language == "en" and n_bytes == 1 else _UNITS[self.language][unit]
        return f"{self.number(rounded)} {name}"

    def join(self, items: Iterable[str]) -> str:
        """Return items as a list in a sentence, each isolated from the direction of the others."""
        *others, last = [isolate(item) for item in items] or [""]
        between, before_last = _LISTS[self.language]
        return between.join(others) + before_last + last if others else last

    @property
    def comma(self) -> str:
        """What parts words that stand in a line, where they make no sentence."""
        return _COMMAS[self.language]

    def _points(self, value: Number) -> str:
        return self.number(_quantized(_decimal(value), _SCORE_PLACES))

    @property
    def _minus(self) -> str:
        # The mark keeps the sign on the side where the number begins.
        if self.digit_system == "latn" and self.language == "en":
            return "-"
        if self.digit_system == "arab" and self.language != "en":
            return f"{_ALM}-"
        return f"{_LRM}−" if self.digit_system == "arabext" else f"{_LRM}-"


def _decimal(value: Number) -> Decimal:
    return Decimal(str(value)) if isinstance(value, float) else Decimal(value)


def _quantized(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), context=_CONTEXT)


def _rounded(value: Number, places: int | None) -> tuple[bool, int, str]:
    """Return a number as (is negative, whole part, decimals)."""
    if isinstance(value, int) and not places:
        return value < 0, abs(value), ""
    rounded = _quantized(_decimal(value), _MOST_PLACES if places is None else places)
    whole, _, fraction = f"{abs(rounded):f}".partition(".")
    return rounded < 0, int(whole), fraction.rstrip("0") if places is None else fraction
