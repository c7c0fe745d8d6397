"""The mails that features send. Each asks in the present write unit and tells whether the mail will be sent.

Links are whole addresses, names are given as they are: the templates isolate them.
"""

from datetime import date, datetime

from lms.formats import Formatter
from lms.i18n import lazy_gettext as _
from lms.messages.services import send_mail


def send_invitation(
    to: str, language: str, *, organization: str, link: str, name: str = "", until: date | None = None
) -> bool:
    """Invite somebody to an organization."""
    shown = Formatter(language).date(until) if until else ""
    subject = _("Invitation to %(organization)s")
    return send_mail(to, language, subject, "invitation", organization=organization, link=link, name=name, until=shown)


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


def send_reminder(to: str, language: str, *, cohort: str, link: str) -> bool:
    """Remind somebody of what she has left in a cohort."""
    return send_mail(to, language, _("Reminder: %(cohort)s"), "reminder", cohort=cohort, link=link)


def send_password_set(to: str, language: str, *, link: str, name: str = "") -> bool:
    """Tell somebody that her password was set by a link or by a code; `link` is where to ask for another."""
    return send_mail(to, language, _("Your password was set anew"), "password_set", link=link, name=name)


def send_graded(to: str, language: str, *, title: str, link: str, name: str = "") -> bool:
    """Tell a learner that people have graded her attempt at a quiz."""
    return send_mail(to, language, _("Your answers are graded: %(title)s"), "graded", title=title, link=link, name=name)
