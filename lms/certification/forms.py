"""The forms of certification."""

from wtforms.validators import AnyOf, DataRequired, Length

from lms.certification.models import Visibility
from lms.forms import CodeField, Form, LineField, TextField
from lms.i18n import lazy_gettext as _

VISIBILITIES = {
    Visibility.UNLISTED: _("Only who has the code"),
    Visibility.LISTED: _("Also on my organization's page"),
    Visibility.PSEUDONYM: _("Only who has the code, without my Latin name"),
}


class CheckForm(Form):
    """A code to look up."""

    code = CodeField(
        _("Certificate code"), [DataRequired(_("Write the code that stands on the certificate.")), Length(max=40)]
    )


class VisibilityForm(Form):
    """How a certificate of one's own can be found."""

    visibility = LineField(_("Who can find it"), [AnyOf(list(VISIBILITIES))])


class RevokeForm(Form):
    """Why an organization's certificate is taken back."""

    reason = TextField(
        _("Reason"), [DataRequired(_("Say why; the page of the certificate shows it.")), Length(max=500)]
    )
