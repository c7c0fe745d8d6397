"""What each kind of message says: one sentence for the product, the mail and the digest."""

from dataclasses import dataclass

from lms.i18n import lazy_gettext as _
from lms.messages.kinds import Audience, Choice, MessageKind


@dataclass(frozen=True)
class Wording:
    """A kind and its words; they may name %(organization)s, %(level)s, %(ends)s and %(grace)s."""

    kind: MessageKind
    subject: str
    sentence: str
    #: What a mail adds; left out where a day that it names is not known, or has passed.
    advice: str = ""


MANAGERS, ADMINS = Audience.MANAGERS, Audience.ADMINS

WORDINGS = (
    Wording(
        MessageKind("window", _("A certificate can be renewed"), MANAGERS),
        _("Renewal is open: %(organization)s"),
        _("%(organization)s can renew the level “%(level)s” now. Its certificate is valid until %(ends)s."),
        _("What was learned and handed in before counts, as far as the rule allows."),
    ),
    Wording(
        MessageKind("due_30", _("A certificate ends in 30 days"), MANAGERS),
        _("The certificate ends soon: %(organization)s"),
        _("The certificate of %(organization)s for the level “%(level)s” ends on %(ends)s."),
        _("Renew it before that day; the board says what is missing."),
    ),
    Wording(
        MessageKind("due_7", _("A certificate ends in 7 days"), MANAGERS),
        _("A few days are left for the certificate: %(organization)s"),
        _("A few days are left: the certificate of %(organization)s for the level “%(level)s” ends on %(ends)s."),
        _("Renew it before that day; the board says what is missing."),
    ),
    Wording(
        MessageKind("expired", _("A certificate has expired"), MANAGERS),
        _("The certificate has expired: %(organization)s"),
        _("The certificate of %(organization)s for the level “%(level)s” expired on %(ends)s."),
        _("Until %(grace)s a renewal continues it without a gap."),
    ),
    Wording(
        MessageKind("lapsed", _("The days of grace have passed"), MANAGERS),
        _("The days of grace have passed: %(organization)s"),
        _("The days of grace of %(organization)s for the level “%(level)s” have passed. It has to be reached anew."),
    ),
    Wording(
        MessageKind("returned", _("A submission was returned with comments"), MANAGERS),
        _("Returned with comments: %(organization)s"),
        _("The network returned the submission of %(organization)s for the level “%(level)s” with comments."),
    ),
    Wording(
        MessageKind("awarded", _("A level was awarded"), MANAGERS),
        _("Level awarded: %(organization)s"),
        _("%(organization)s was awarded the level “%(level)s”."),
        _("The certificate is valid until %(ends)s."),
    ),
    Wording(
        MessageKind("at_risk", _("A level is at risk"), MANAGERS),
        _("A level is at risk: %(organization)s"),
        _("The level “%(level)s” of %(organization)s is at risk: what it was awarded for does not hold any more."),
    ),
    Wording(
        MessageKind("cured", _("A level is at risk no more"), MANAGERS),
        _("At risk no more: %(organization)s"),
        _("The level “%(level)s” of %(organization)s is at risk no more: all that it was awarded for holds again."),
    ),
    Wording(
        MessageKind("extended", _("A certificate was extended"), MANAGERS),
        _("The certificate was extended: %(organization)s"),
        _("The network extended the certificate of %(organization)s for the level “%(level)s” until %(ends)s."),
    ),
    Wording(
        MessageKind("suspended", _("A certificate was suspended"), MANAGERS),
        _("The certificate was suspended: %(organization)s"),
        _("The network suspended the certificate of %(organization)s for the level “%(level)s”."),
    ),
    Wording(
        MessageKind("resumed", _("A suspended certificate counts again"), MANAGERS),
        _("The certificate counts again: %(organization)s"),
        _("The certificate of %(organization)s for the level “%(level)s” counts again."),
    ),
    Wording(
        MessageKind("revoked", _("A certificate was revoked"), MANAGERS),
        _("The certificate was revoked: %(organization)s"),
        _("The network revoked the certificate of %(organization)s for the level “%(level)s”."),
    ),
    Wording(
        MessageKind("submitted", _("An organization submitted its work"), ADMINS),
        _("A submission awaits your verdict: %(organization)s"),
        _("%(organization)s submitted its work for the level “%(level)s” and awaits your verdict."),
    ),
    Wording(
        MessageKind("proposed", _("Another admin proposed an award"), ADMINS),
        _("An award awaits a second admin: %(organization)s"),
        _("Another admin proposed to award %(organization)s the level “%(level)s”. A second one has to agree."),
    ),
    Wording(
        MessageKind("ending", _("An organization's certificate ends in 30 days"), ADMINS, Choice.DIGEST),
        _("The certificate ends soon: %(organization)s"),
        _("The certificate of %(organization)s for the level “%(level)s” ends on %(ends)s."),
    ),
    Wording(
        MessageKind("ended", _("An organization's certificate has expired"), ADMINS, Choice.DIGEST),
        _("The certificate has expired: %(organization)s"),
        _("The certificate of %(organization)s for the level “%(level)s” expired on %(ends)s."),
    ),
)
BY_KIND = {each.kind.key: each for each in WORDINGS}
