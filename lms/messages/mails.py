"""The mails that features send. Each asks in the present write unit and tells whether the mail will be sent.

Links are whole addresses, names are given as they are: the templates isolate them.
"""

from datetime import date, datetime

from lms.formats import Formatter
from lms.i18n import lazy_gettext as _
from lms.messages.services import send_mail


def send_invitation(
    to: str, language: str, *, organization: str, link: str, name: str = "", until: date | None = None, about: str = ""
) -> bool:
    """Invite somebody to an organization; the same invitation (`about`) goes out once."""
    values = {"organization": organization, "link": link, "name": name}
    shown = Formatter(language).date(until) if until else ""
    subject = _("Invitation to %(organization)s")
    return send_mail(to, language, subject, "invitation", about=about, until=shown, **values)


def send_reset(to: str, language: str, *, link: str, until: datetime, name: str = "", time_zone: str = "UTC") -> bool:
    """A link to choose a new password by."""
    shown = Formatter(language, time_zone=time_zone).datetime(until)
    return send_mail(to, language, _("A new password for your account"), "reset", link=link, time=shown, name=name)


def send_verification(
    to: str, language: str, *, link: str, until: datetime, name: str = "", time_zone: str = "UTC"
) -> bool:
    """A link to confirm a mail address by."""
    shown = Formatter(language, time_zone=time_zone).datetime(until)
    return send_mail(to, language, _("Confirm your mail address"), "verification", link=link, time=shown, name=name)


def send_certificate(to: str, language: str, *, title: str, code: str, link: str, name: str = "") -> bool:
    """Tell the holder of a certificate that it was issued."""
    subject = _("Your certificate: %(title)s")
    return send_mail(to, language, subject, "certificate", title=title, code=code, link=link, name=name)


def send_reminder(to: str, language: str, *, cohort: str, link: str, unsubscribe: str) -> bool:
    """Remind somebody of what she has left in a cohort."""
    subject = _("Reminder: %(cohort)s")
    return send_mail(to, language, subject, "reminder", unsubscribe=unsubscribe, cohort=cohort, link=link)


def send_password_set(to: str, language: str, *, link: str, name: str = "") -> bool:
    """Tell somebody that her password was set by a link or by a code; `link` is where to ask for another."""
    return send_mail(to, language, _("Your password was set anew"), "password_set", link=link, name=name)


def send_graded(to: str, language: str, *, title: str, link: str, unsubscribe: str, name: str = "") -> bool:
    """Tell a learner that people have graded her attempt at a quiz."""
    subject = _("Your answers are graded: %(title)s")
    return send_mail(to, language, subject, "graded", unsubscribe=unsubscribe, title=title, link=link, name=name)
