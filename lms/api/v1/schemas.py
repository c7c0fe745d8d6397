"""What the API answers, laid out once: marshmallow writes it, and the document describes it."""

from marshmallow import Schema, fields

from lms.api.v1.fields import count, day, nested, share, text, texts, whole
from lms.i18n import lazy_gettext as _


class Wrong(Schema):
    """One thing that is wrong with a request."""

    detail = text()
    parameter = fields.String(metadata={"description": _("The parameter of the address that it concerns.")})
    pointer = fields.String(metadata={"description": _("The place in the body that it concerns (RFC 6901).")})


class Problem(Schema):
    """An error (RFC 9457), in the caller's language."""

    type = text()
    title = text()
    status = whole()
    detail = text()
    errors = fields.List(fields.Nested(Wrong))


class Page(Schema):
    """A part of a list."""

    next = text(_("Address of the next page; null on the last one. It stands in the Link header too."), allow_none=True)


class Place(Schema):
    """An organization that a row is about."""

    id = text()
    names = texts()


class Module(Schema):
    """A module that a row is about."""

    id = text(attribute="public_id")
    titles = texts()


class Network(Schema):
    """The network of the token."""

    id = text(attribute="public_id")
    names = texts()
    form = text()
    reach = text()
    basis = text()
    country = text(allow_none=True)
    time_zone = text(_("Days are days of this time zone."))
    threshold = whole(_("Groups of fewer people are hidden in cuts by language or date."))


class Standing(Schema):
    """The highest level that an organization holds, else the way that it began last."""

    level = texts()
    state = text(attribute="phase")


class Organization(Schema):
    """An organization that is a member of the network today."""

    id = text()
    names = texts()
    city = texts()
    country = text(allow_none=True)
    since = day(_("First day of its membership in the network."))
    shares_names = fields.Boolean(
        required=True, metadata={"description": _("Whether its people are named; else they are numbered.")}
    )
    people = whole(_("People whose membership is confirmed and in force today."))
    certificate = nested(Standing, _("Null where it began nothing."), allow_none=True)


class Organizations(Page):
    """Organizations, in the order in which they came into being."""

    items = fields.List(fields.Nested(Organization), required=True)


class Progress(Schema):
    """How far somebody is with a module."""

    module = text(_("Id of the module."))
    state = text(_("not-started, started or completed"))


NAME = _("Null where the organization does not share names.")
NUMBER = _("In the order in which people came, whoever has left meanwhile; null where there is a name.")
PERSON = _("The same as long as she is a member; in another organization it is another one.")


class Person(Schema):
    """Somebody in an organization of the network."""

    id = text(PERSON)
    organization = nested(Place)
    name = text(NAME, allow_none=True)
    number = whole(NUMBER, allow_none=True)
    modules = fields.List(fields.Nested(Progress), required=True)


class People(Page):
    """People, by organization and in the order in which they came."""

    items = fields.List(fields.Nested(Person), required=True)


class Whose(Schema):
    """Who completed it."""

    id = text(PERSON)
    name = text(NAME, allow_none=True)
    number = whole(NUMBER, allow_none=True)


class Completion(Schema):
    """Somebody completed a module."""

    organization = nested(Place)
    person = nested(Whose)
    module = nested(Module)
    state = text()
    edition = whole(NAME, allow_none=True)
    language = text(NAME, allow_none=True)
    score = fields.Float(
        required=True,
        allow_none=True,
        metadata={"description": _("From 0 to 1; null where there was no quiz, or no name is shared.")},
    )
    completed_at = fields.AwareDateTime(required=True, allow_none=True, metadata={"description": NAME})


class Completions(Page):
    """Completions, by organization, person and module."""

    items = fields.List(fields.Nested(Completion), required=True)


class Certificate(Schema):
    """What an organization was awarded."""

    id = text()
    organization = nested(Place)
    level = texts()
    state = text(_("valid, due (for renewal), grace, expired, suspended or revoked"))
    awarded_on = day()
    window_opens_on = day(_("First day on which it can be renewed."), allow_none=True)
    expires_on = day(_("Last valid day; null: without end."), allow_none=True)
    grace_ends_on = day(_("Last day on which a renewal continues it."), allow_none=True)
    code = text(_("What stands on the certificate."), allow_none=True)


class Certificates(Page):
    """Certificates, in the order in which organizations set out for them."""

    items = fields.List(fields.Nested(Certificate), required=True)


class Cell(Schema):
    """How many of a group completed a module."""

    module = text(_("Id of the module."))
    completed = count()
    share = share()


class ReportRow(Schema):
    """An organization in the report."""

    organization = nested(Place)
    city = texts()
    country = text(allow_none=True)
    sector = text(_("Its field of work."), allow_none=True)
    since = day(_("First day of its membership in the network."))
    certificate = nested(Standing, _("Null where it began nothing."), allow_none=True)
    people = whole()
    cells = fields.List(fields.Nested(Cell), required=True)


class Report(Schema):
    """The completion report, with the numbers of its page."""

    filters = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    is_cut = fields.Boolean(
        required=True,
        metadata={"description": _("Whether completions are counted by cohort, language or date only in part.")},
    )
    not_listed = whole(_("Organizations left out because the number that was asked for is hidden."))
    modules = fields.List(fields.Nested(Module), required=True)
    rows = fields.List(fields.Nested(ReportRow), required=True)
    people = whole(_("Distinct people of the organizations that were asked for."))
    total_people = whole(_("Distinct people of whom the totals are: in a cut, of the whole network."))
    certified = whole(_("Organizations that hold a level."))
    totals = fields.List(fields.Nested(Cell), required=True)
