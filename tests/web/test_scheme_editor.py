"""The editor of a network's scheme: without script, nothing typed is lost, nothing is half saved."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.models import Level, LevelRule, Revision, SchemeDraft
from lms.certification.queries import rules_of
from lms.certification.requirement_types import (
    Finding,
    Kind,
    Parameter,
    RequirementType,
    State,
    register_requirement_type,
    registry,
)
from lms.certification.services import follow
from lms.certification.typed import TypedScheme, change, read_scheme
from lms.clock import now
from lms.db import db, write_unit
from lms.organizations.models import Network
from lms.security.actor import Role
from tests.certification import complete, make_module, make_scheme, the_kit
from tests.conftest import LANGUAGES
from tests.factories import grant, make_member, make_network, make_organization, make_person
from tests.page import PageClient
from tests.queries import counted_statements
from tests.sent_forms import form_in


@pytest.fixture
def network(client: PageClient) -> Network:
    """A network with the shipped scheme, whose admin is signed in on `client`."""
    the_kit()
    network = make_network(created_at=now() - timedelta(days=900))
    make_scheme(network)
    client.sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))
    return network


class Desk:
    """An admin at the editor, as a browser without script has it: each button sends all that the page holds."""

    def __init__(self, client: PageClient, network: Network, language: str = "en") -> None:
        self.client = client
        self.at = f"/{language}/networks/{network.public_id}/scheme"
        self.page = client.get(f"{self.at}/edit").text

    def press(self, deed: str, status: int = 303, /, **typed: str) -> "Desk":
        """Type, press a button and go where it leads."""
        sent = {name.replace("__", "."): value for name, value in typed.items()}
        answer = self.client.post(f"{self.at}/edit", {**self.fields, **sent, "do": deed}, status)
        self.page = (self.client.follow(answer) if status == 303 else answer).text
        return self

    @property
    def fields(self) -> dict[str, str]:
        """What the page's form holds."""
        found = form_in(self.page, "/scheme/edit")
        return {name: value[0] if isinstance(value, list) else value for name, value in found.items()}

    def decide(self, deed: str = "save", /, *, status: int = 303, **typed: str) -> str:
        """Fill the preview's form in and press a button of it."""
        form = {"note": "We agreed.", "reach": "new", **typed, "do": deed}
        answer = self.client.post(f"{self.at}/preview", form, status)
        self.page = (self.client.follow(answer) if status == 303 else answer).text
        return self.page


def test_a_scheme_is_written_from_first_level_to_last(client: PageClient, network: Network) -> None:
    module = make_module(network_id=network.id, titles={"en": "Ours"})
    desk = Desk(client, network).press("add levels")
    desk.press("keep", levels__1__name_fa="آماده", levels__1__name_en="Ready")
    desk.press("add levels.1.requirements", levels__1__requirements__new="k_of")
    inner = "levels.1.requirements.0.requirements"
    for key in ("members_completed", "level_held", "any_of"):
        desk.press(f"add {inner}", **{f"{inner}.new": key})
    for _ in range(2):
        desk.press(f"add {inner}.2.requirements", **{f"{inner}.2.requirements.new": "role_completed"})
    assert "any_of" not in desk.page.split(f'id="{inner}.2.requirements.new"')[1].split("</select>")[0], "three deep"
    first = next(value for name, value in desk.fields.items() if name == "levels.0.key")
    typed = {
        "levels.1.requirements.0.k": "۲",
        f"{inner}.0.people": "٣",
        f"{inner}.0.months": "۱۲",
        f"{inner}.0.module_id": str(module.id),
        f"{inner}.1.level_id": first,
        **{f"{inner}.2.requirements.{n}.role": ("manager", "coordinator")[n] for n in (0, 1)},
        **{f"{inner}.2.requirements.{n}.module_id": str(module.id) for n in (0, 1)},
        "levels.1.ends": "fixed",
        "levels.1.months_valid": "6",
        "levels.1.day": "۲۹",
        "levels.1.month": "jalali-12",
        "levels.1.awards": "two",
        "levels.1.window_days": "۳۰",
        "levels.1.grace_days": "0",
    }
    desk.press("preview", **typed)
    assert "What the change would do" in desk.page
    assert "The change is saved." in desk.decide()
    rules = rules_of(network.id)
    assert rules is not None
    kept, made = rules.revisions[-1].levels
    assert kept.level_id == rules.revisions[0].levels[0].level_id
    assert kept.requirements == rules.revisions[0].levels[0].requirements
    assert (made.names, made.four_eyes, made.automatic) == ({"fa": "آماده", "en": "Ready"}, True, False)
    assert (made.expiry, made.fixed_calendar, made.fixed_month, made.fixed_day) == ("fixed", "jalali", 12, 29)
    assert (made.months_valid, made.window_days, made.grace_days) == (6, 30, 0)
    [outer] = made.requirements
    assert outer["parameters"]["k"] == 2
    members, held, either = outer["parameters"]["of"]
    assert members["parameters"] == {"people": 3, "module_id": module.id, "months": 12}
    assert held["parameters"] == {"level_id": kept.level_id}
    assert [each["parameters"]["role"] for each in either["parameters"]["of"]] == ["manager", "coordinator"]
    assert not db.session.query(SchemeDraft).count(), "what is saved is no draft any more"


def test_every_button_keeps_what_is_typed_and_changes_nothing_else(client: PageClient, network: Network) -> None:
    desk = Desk(client, network).press("add levels").press("add levels")
    desk.press("up levels.2", levels__2__name_en="Third", levels__2__months_valid="dozen", levels__1__name_ar="ثانية")
    fields = desk.fields
    assert (fields["levels.1.name_en"], fields["levels.1.months_valid"]) == ("Third", "dozen")
    assert fields["levels.2.name_ar"] == "ثانية"
    desk.press("down levels.0.requirements.0")
    assert desk.fields["levels.0.requirements.0.type"] == "share_completed_kit"
    desk.press("remove levels.0.requirements.0")
    assert "levels.0.requirements.1.type" not in desk.fields
    desk.press("remove levels.2")
    assert "levels.2.key" not in desk.fields
    assert db.session.query(Revision).count() == 1
    assert db.session.query(Level).count() == 1
    elsewhere = PageClient(client.app).sign_in(grant(make_person(), Role.NETWORK_ADMIN, network=network))
    assert "Third" not in elsewhere.get(f"{desk.at}/edit").text, "a draft is its writer's"
    assert Desk(client, network, "fa").fields["levels.1.months_valid"] == "dozen", "whatever language she goes on in"
    page = client.follow(client.post(f"{desk.at}/discard")).text
    assert "is discarded" in page
    assert Desk(client, network).fields["levels.0.requirements.0.type"] == "members_completed"


def test_a_removed_level_says_what_becomes_of_it_and_can_be_put_back(client: PageClient, network: Network) -> None:
    modules, _kit = the_kit()
    organization = make_organization(network)
    for _ in range(2):
        person = make_member(organization)
        for module in modules:
            complete(person, module)
    with write_unit():
        follow(organization.id, network.id, now())
    desk = Desk(client, network)
    assert "1 organization holds this level" in desk.page
    desk.press("add levels", levels__0__name_en="Known").press("remove levels.0")
    assert "1 organization holds it: the certificate stays valid until it ends" in desk.page
    key = str(db.session.query(Level).one().id)
    desk.press(f"restore {key}")
    assert desk.fields["levels.1.key"] == key
    assert desk.fields["levels.1.requirements.0.people"] == "2"
    desk.press(f"restore {key}")
    assert "levels.2.key" not in desk.fields


WRONG: list[tuple[dict[str, str], str, str]] = [
    ({"levels.0.months_valid": "two"}, "levels.0.months_valid", "Write a number"),
    ({"levels.0.months_valid": "1.5"}, "levels.0.months_valid", "Write a whole number"),
    ({"levels.0.months_valid": ""}, "levels.0.months_valid", "for how many months"),
    ({"levels.0.months_valid": "0"}, "levels.0.months_valid", "from 1 to 120"),
    ({"levels.0.window_days": "401"}, "levels.0.window_days", "from 0 to 400"),
    ({"levels.0.grace_days": "-1"}, "levels.0.grace_days", "from 0 to 400"),
    ({"levels.0.grace_days": ""}, "levels.0.grace_days", "from 0 to 400"),
    ({"levels.0.grace_days": "9" * 60}, "levels.0.grace_days", "from 0 to 400"),
    ({"levels.0.ends": "fixed"}, "levels.0.fixed", "Choose the day"),
    (
        {"levels.0.ends": "fixed", "levels.0.day": "31", "levels.0.month": "gregorian-2"},
        "levels.0.fixed",
        "no such day",
    ),
    (
        {"levels.0.ends": "fixed", "levels.0.day": "9" * 30, "levels.0.month": "jalali-2"},
        "levels.0.fixed",
        "no such day",
    ),
    ({"levels.0.ends": "fixed", "levels.0.day": "1", "levels.0.month": "hijri-2"}, "levels.0.fixed", "Choose the day"),
    (
        {"levels.0.name_fa": "", "levels.0.name_ar": "", "levels.0.name_en": ""},
        "levels.0.names",
        "Give the level a name",
    ),
    ({"levels.0.name_en": "x" * 81}, "levels.0.name_en", "at most 80"),
    ({"name_fa": "", "name_ar": "", "name_en": ""}, "names", "in one language at least"),
    ({"levels.0.requirements.0.people": ""}, "levels.0.requirements.0.people", "whole number from 1"),
    ({"levels.0.requirements.0.people": "1001"}, "levels.0.requirements.0.people", "from 1 to 1,000"),
    ({"levels.0.requirements.0.months": "0"}, "levels.0.requirements.0.months", "whole number from 1"),
    ({"levels.0.requirements.0.module_id": ""}, "levels.0.requirements.0.module_id", "Choose one"),
    ({"levels.0.requirements.0.module_id": "999999"}, "levels.0.requirements.0.module_id", "Choose one"),
    ({"levels.0.requirements.0.type": "absent_thing"}, "levels.0.requirements.0.type", "no such condition"),
    ({"levels.0.requirements.1.percent": "101"}, "levels.0.requirements.1.percent", "from 1 to 100"),
    ({"levels.0.requirements.1.kit_id": "77"}, "levels.0.requirements.1.kit_id", "Choose one"),
    ({"levels.0.key": "999999"}, "levels", "no level of the scheme"),
]


@pytest.mark.parametrize(("typed", "path", "said"), WRONG)
def test_what_cannot_be_is_told_at_its_field(
    client: PageClient, network: Network, typed: dict[str, str], path: str, said: str
) -> None:
    desk = Desk(client, network).press("preview", 422, **typed)
    assert f'<a href="#{path}">' in desk.page
    assert f'id="{path}-error"' in desk.page
    assert said in desk.page.split(f'id="{path}-error"')[1].split("</p>")[0]
    kept = Desk(client, network).fields
    # A month of no calendar is in no list: nobody typed it.
    assert all(kept[name] == value for name, value in typed.items() if "hijri" not in value), "what was typed is kept"
    assert "href" in client.get(f"{desk.at}/preview").text
    assert said in client.get(f"{desk.at}/preview").text, "and cannot be passed by"
    desk.decide(status=422)
    assert db.session.query(Revision).count() == 1


def add_level(desk: Desk, *requirements: str) -> None:
    desk.press("add levels").press("keep", levels__1__name_en="Ready")
    for key in requirements:
        desk.press("add levels.1.requirements", levels__1__requirements__new=key)


def test_a_level_may_not_ask_for_itself_or_what_comes_after(client: PageClient, network: Network) -> None:
    desk = Desk(client, network)
    add_level(desk, "level_held")
    keys = (desk.fields["levels.1.key"], "777", "new9", "nonsense", "")
    for key in keys:
        desk.press("preview", 422, **{"levels.1.requirements.0.level_id": key})
        assert "Choose a level that comes before this one." in desk.page
    first = desk.fields["levels.0.key"]
    desk.press("preview", **{"levels.1.requirements.0.level_id": first})
    desk = Desk(client, network).press("up levels.1")
    desk.press("preview", 422)
    assert "Choose a level that comes before this one." in desk.page, "moved before what it asks for"


def test_what_nobody_can_meet_is_refused(client: PageClient, network: Network) -> None:
    desk = Desk(client, network)
    add_level(desk, "k_of")
    inner = "levels.1.requirements.0.requirements"
    desk.press("preview", 422, **{"levels.1.requirements.0.k": "1"})
    assert "Put two to ten conditions here." in desk.page
    first = desk.fields["levels.0.key"]
    for _ in range(2):
        desk.press(f"add {inner}", **{f"{inner}.new": "level_held"})
    typed = {f"{inner}.{n}.level_id": first for n in (0, 1)}
    desk.press("preview", 422, **{"levels.1.requirements.0.k": "3", **typed})
    assert "Nobody can meet this" in desk.page.split('id="levels.1.requirements.0.k-error"')[1]


def test_a_level_that_asks_for_nothing_is_not_awarded_of_itself(client: PageClient, network: Network) -> None:
    desk = Desk(client, network)
    add_level(desk)
    desk.press("preview", 422, levels__1__awards="rule")
    assert "asks for nothing" in desk.page.split('id="levels.1.automatic-error"')[1]


@pytest.mark.parametrize("owner", ["other network", "archived", "unpublished"])
def test_a_module_that_nobody_here_can_take_is_not_offered(client: PageClient, network: Network, owner: str) -> None:
    module = make_module(network_id=make_network().id if owner == "other network" else None, titles={"en": "Secret"})
    with write_unit() as session:
        if owner == "archived":
            session.get_one(type(module), module.id).archived_at = now()
        if owner == "unpublished":
            session.get_one(type(module), module.id).current_version_id = None
    desk = Desk(client, network)
    assert "Secret" not in desk.page
    desk.press("preview", 422, **{"levels.0.requirements.0.module_id": str(module.id)})
    assert "Choose one of the list." in desk.page
    assert "Secret" not in desk.page


def test_a_level_of_another_network_is_no_level_here(client: PageClient, network: Network) -> None:
    other = make_network()
    make_scheme(other)
    foreign = db.session.query(LevelRule).order_by(LevelRule.id.desc()).first()
    assert foreign is not None
    desk = Desk(client, network)
    desk.press("preview", 422, levels__0__key=str(foreign.level_id))
    assert "no level of the scheme" in desk.page
    desk.press(f"restore {foreign.level_id}", levels__0__key=desk.fields["levels.0.key"])
    assert "levels.1.key" not in desk.fields


class Certain(RequirementType):
    """Brought by a plugin: one parameter of each kind that a form has to offer."""

    key = "plugin_certain"
    label = "Something of a plugin"
    parameters = (
        Parameter("share", "Share", Kind.PERCENT),
        Parameter("colour", "Colour", Kind.CHOICE, choices=lambda: [("red", "Red"), ("blue", "Blue")]),
    )

    def describe(self, parameters: Any, titles: Any) -> str:
        return f"{parameters['share']} of {parameters['colour']}"

    def evaluate_many(self, cases: Any, parameters: Any) -> Any:
        return {case.organization_id: Finding(State.MISSING, 0, 1) for case in cases}

    def progress(self, finding: Any) -> str:
        return ""


@pytest.fixture
def plugin_type() -> Any:
    register_requirement_type(Certain())
    yield
    del registry._types["plugin_certain"]


def test_a_type_of_a_plugin_is_offered_by_itself(client: PageClient, network: Network, plugin_type: None) -> None:
    desk = Desk(client, network)
    add_level(desk, "plugin_certain")
    at = "levels.1.requirements.0"
    assert "Colour" in desk.page
    desk.press("preview", 422, **{f"{at}.share": "30", f"{at}.colour": "green"})
    assert "Choose one of the list." in desk.page.split(f'id="{at}.colour-error"')[1]
    assert "What was chosen is not offered any more" in desk.page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_editor_speaks_the_readers_language(client: PageClient, network: Network, language: str) -> None:
    desk = Desk(client, network, language).press("add levels")
    desk.press("preview", 422)
    assert desk.page.count('id="levels.1.names-error"') == 1


def test_a_larger_scheme_costs_no_more_statements(client: PageClient, network: Network) -> None:
    desk = Desk(client, network)

    def statements() -> int:
        with counted_statements() as sent:
            client.get(f"{desk.at}/edit")
        return len(sent)

    desk.press("keep")
    few = statements()
    add_level(desk, "members_completed", "share_completed_kit", "any_of", "members_completed")
    assert statements() == few


NAMES = st.text(alphabet="levs.requimnt0129_kydo", max_size=40)
FORMS = st.dictionaries(
    st.one_of(
        NAMES,
        st.builds(
            "levels.{}.{}".format,
            st.integers(0, 2000),
            st.sampled_from(
                ("key", "name_en", "requirements", "requirements.0.type", "requirements.7.requirements.1.k")
            ),
        ),
    ),
    st.sampled_from(("", "1", "any_of", "new1", "\u202e9", "levels")),
    max_size=12,
)


@given(
    form=FORMS,
    deed=st.one_of(st.text(max_size=20), st.builds("{} {}".format, st.sampled_from(("add", "up", "remove")), NAMES)),
)
def test_whatever_is_sent_is_read_and_kept(form: dict[str, str], deed: str) -> None:
    typed = read_scheme(form)
    change(typed, deed, form)
    assert len(typed.levels) <= 12
    keys = [level.key for level in typed.levels]
    assert all(key.isascii() for key in keys)
    assert TypedScheme.from_json(typed.as_json()) == typed
