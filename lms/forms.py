"""The base of every form: messages in the reader's language, clean text in, domain errors shown at their field."""

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_wtf import FlaskForm
from markupsafe import Markup, escape
from wtforms import Field, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import ValidationError
from wtforms.widgets import Select, TextInput, html_params

from lms.errors import DomainError
from lms.formats import LANGUAGES
from lms.i18n import gettext, language, ngettext, reader
from lms.kept import Kept
from lms.text import ascii_digits, clean_line, clean_text, is_mail_address, parse_number


class _Messages:
    """WTForms' own messages, from our catalogs (its Arabic is incomplete)."""

    def gettext(self, message: str) -> str:
        return gettext(message)

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return ngettext(singular, plural, n)


class Form(FlaskForm):
    """A form protected against forgery."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: Any) -> _Messages:
            return _Messages()

    def refuse(self, error: DomainError) -> None:
        """Show a service's error at the field that it names, else at the head of the form."""
        field = self._fields.get(error.field or "")
        if field is not None:
            field.errors = [*field.errors, error.message]
        else:
            self.form_errors.append(error.message)


class LineField(StringField):
    """One line of text, cleaned of control and direction characters."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = clean_line(valuelist[0]) if valuelist else None


class TextField(TextAreaField):
    """Several lines of text, cleaned."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = clean_text(valuelist[0]) if valuelist else None


class CodeField(StringField):
    """A code, number or address: digits of any script become ASCII, white space goes, written left to right."""

    widget = TextInput()

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = "".join(ascii_digits(clean_line(valuelist[0])).split()) if valuelist else None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["render_kw"] = {
            "dir": "ltr",
            "autocapitalize": "none",
            "spellcheck": "false",
            **kwargs.get("render_kw", {}),
        }
        super().__init__(*args, **kwargs)


class WholeNumberField(StringField):
    """A whole number in any digits. `data` is an int or None; what was typed is kept for showing again."""

    def __init__(self, *args: Any, minimum: int = 0, maximum: int = 1_000_000, **kwargs: Any) -> None:
        self.minimum, self.maximum = minimum, maximum
        kwargs["render_kw"] = {"inputmode": "numeric", **kwargs.get("render_kw", {})}
        super().__init__(*args, **kwargs)

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.data = None
        text = clean_line(valuelist[0]) if valuelist else ""
        if not text:
            return
        try:
            number = parse_number(text)
        except ValueError:
            raise ValueError(gettext("Write a number, in any digits.")) from None
        if number != int(number) or not self.minimum <= number <= self.maximum:
            raise ValueError(
                gettext("Write a whole number from %(least)s to %(most)s.", least=self.minimum, most=self.maximum)
            )
        self.data = int(number)

    def _value(self) -> str:
        return (
            str(self.raw_data[0])
            if self.raw_data
            else ("" if self.data is None else reader().digits_of(str(self.data)))
        )


class Options(Select):
    """A select of pairs of value and label: written without WTForms' search for more, and once while it stays the same.

    Most selects are the same for all readers of a language.
    """

    written: ClassVar[Kept[Markup]] = Kept(500)

    def __call__(self, field: SelectField, **kwargs: Any) -> Markup:
        """The select, with the attributes of `kwargs`."""
        attributes = {"id": field.id, "name": field.name, "required": bool(field.flags.required), **kwargs}
        pairs = tuple((value, str(label)) for value, label in field.choices or ())
        # What was sent and is no choice leaves no trace, or a stranger could fill the memory.
        chosen = next((value for value, _label in pairs if value == field.data), None)
        key = (pairs, chosen, tuple(attributes.items()))
        return self.written.get(key) or self.written.keep(key, self._write(pairs, chosen, attributes))

    @staticmethod
    def _write(pairs: Iterable[tuple[str, str]], chosen: str | None, attributes: dict[str, Any]) -> Markup:
        options = (
            f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(label)}</option>'
            for value, label in pairs
        )
        return Markup(f"<select {html_params(**attributes)}>{''.join(options)}</select>")  # noqa: S704 (escaped, both)


class ChoiceField(SelectField):
    """One of several; its choices may be many."""

    widget = Options()


class AtMost:
    """Validator: no more than `most` characters. The browser keeps to it too."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.field_flags = {"maxlength": most}

    def __call__(self, form: Any, field: Field) -> None:
        if len(field.data or "") > self.most:
            raise ValidationError(gettext("Write at most %(most)s characters.", most=reader().number(self.most)))


class MailAddress:
    """Validator: empty, or written like a mail address."""

    def __call__(self, form: Any, field: Field) -> None:
        if field.data and not is_mail_address(field.data):
            raise ValidationError(gettext("This is not a mail address."))


def one_language_at_least(form: Any, field: Field) -> None:
    """Validator of each of three language fields: one must be filled; the one of the reader's language tells."""
    stem = field.short_name.rpartition("_")[0]
    if field.short_name == f"{stem}_{language()}" and not texts_of(form, stem):
        raise ValidationError(gettext("Write it in one language at least."))


def choices_of(pairs: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Choices of a select or of radio buttons, from pairs of value and label."""
    return [SelectChoice(value, label) for value, label in pairs]


def texts_of(form: Any, stem: str) -> dict[str, str]:
    """{"fa": …} from the fields `<stem>_fa`, `<stem>_ar`, `<stem>_en`, empty ones left out."""
    found = {code: form[f"{stem}_{code}"].data or "" for code in LANGUAGES}
    return {code: text for code, text in found.items() if text}
