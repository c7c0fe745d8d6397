"""The forms of Open Badges."""

from flask_wtf.file import FileField, FileRequired

from lms.forms import Form
from lms.i18n import lazy_gettext as _

ACCEPTED = ".json,.jsonld,.jwt,.jws,.txt,.png,.svg"


class FileForm(Form):
    """A credential to be checked, and what its issuer publishes beside it."""

    file = FileField(
        _("Credential"), [FileRequired(_("Choose a file."))], render_kw={"accept": ACCEPTED, "required": True}
    )
    listing = FileField(_("List of revocations"), render_kw={"accept": ".json,.jsonld,.jwt,.jws,.txt"})
    document = FileField(_("Keys of the issuer (did.json)"), render_kw={"accept": ".json"})

    def given(self, name: str) -> list[bytes]:
        """The file in a field, if there is one."""
        data = self[name].data
        content = data.read() if data else b""
        return [content] if content else []


class TakeBackForm(Form):
    """A certificate of one's own to be taken back."""
