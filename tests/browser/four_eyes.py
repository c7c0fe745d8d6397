"""A network whose certificate two admins award, for tests and for looking: `python -m tests.browser.four_eyes`.

Reads LMS_DATA as the product does. For each language and size of screen there is an organization with a manager
(`maker-fa-phone` …) and somebody who completed what is asked for; the admins are `eyes-1` and `eyes-2`. All have the
demonstration's password.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import product

from sqlalchemy import select

from lms import create_app, read_settings
from lms.accounts.models import Person
from lms.accounts.passwords import hash_password
from lms.accounts.services import create_person
from lms.certification.defaults import LevelPlan, RequirementPlan, SchemePlan
from lms.certification.models import Cycle
from lms.certification.queries import rules_of
from lms.certification.services import follow, revise
from lms.clock import now
from lms.db import db, write_unit
from lms.events import emit
from lms.organizations.events import MemberJoined
from lms.organizations.kinds import Basis, Form, Reach
from lms.organizations.models import Grant, Membership, Network
from lms.organizations.services import NetworkFacts, OrganizationFacts, add_organization, create_network, name_admin
from lms.progress.models import ModuleCompletion
from lms.security.actor import Role
from lms.training.models import Module
from tests.browser.steps import DEMO_PASSWORD
from tests.conftest import LANGUAGES

NAMES = {"fa": "شبکهٔ دو امضا", "ar": "شبكة التوقيعين", "en": "Network of two signatures"}
SIZES = {"phone": 1, "desk": 2}
PLACES = {
    "fa": {"fa": "انجمن همیاران", "ar": "جمعية المتعاونين", "en": "Helpers' Association"},
    "ar": {"fa": "جمعیت سواحل", "ar": "جمعية السواحل", "en": "Coasts Society"},
    "en": {"fa": "بنیاد رود", "ar": "مؤسسة النهر", "en": "River Trust"},
}


def main() -> None:
    """Make it all, as of four months ago."""
    app = create_app(replace(read_settings(), embedded_worker=False, demo=True))
    then = now() - timedelta(days=120)
    with app.app_context(), write_unit():
        admins = [_person(f"eyes-{number}", name, "fa", then) for number, name in ((1, "مینا شریف"), (2, "هدی کاظمی"))]
        facts = NetworkFacts(NAMES, Form.NETWORK, Reach.NATIONAL, Basis.GEOGRAPHIC, "IR", "UTC")
        network = create_network(facts, actor_id=admins[0].id, now=then)
        name_admin(network, admins[1], actor_id=admins[0].id, now=then)
        _set_scheme(network, admins[0], then)
        for language, size in product(LANGUAGES, SIZES):
            _organization(network, language, size, admins[0], then)


def _person(sign_in_name: str, name: str, language: str, then: datetime) -> Person:
    person = create_person(display_name=name, sign_in_name=sign_in_name, language=language, country="IR", now=then)
    person.password_hash = hash_password(DEMO_PASSWORD)
    db.session.flush()
    return person


def _set_scheme(network: Network, admin: Person, then: datetime) -> None:
    rules = rules_of(network.id)
    assert rules is not None
    module = db.session.scalars(select(Module).order_by(Module.id)).first()
    assert module is not None
    asked = {"people": 1, "module_id": module.id}
    many = RequirementPlan("members_completed", {**asked, "people": 20})
    either = RequirementPlan("any_of", {"of": (RequirementPlan("members_completed", asked), many)})
    level = LevelPlan(
        {"fa": "آماده", "ar": "جاهزة", "en": "Ready"},
        months_valid=24,
        automatic=False,
        four_eyes=True,
        level_id=rules.revisions[0].levels[0].level_id,
        requirements=(RequirementPlan("members_completed", asked), either),
    )
    plan = SchemePlan({"fa": "شبکه‌سازی", "ar": "التشبيك", "en": "Networking"}, (level,))
    revise(network, plan, starts_on=then.date(), reaches_running=True, note="", actor_id=admin.id, now=then)


def _organization(network: Network, language: str, size: str, admin: Person, then: datetime) -> None:
    names = {code: f"{name} ({SIZES[size]})" for code, name in PLACES[language].items()}
    organization = add_organization(network, OrganizationFacts(names, {}, "IR"), actor_id=admin.id, now=then)
    manager = _person(f"maker-{language}-{size}", "پریسا رضایی", language, then)
    learner = _person(f"doer-{language}-{size}", "آرش نادری", language, then)
    for person in (manager, learner):
        belongs = {"person_id": person.id, "organization_id": organization.id}
        db.session.add(Membership(**belongs, starts_on=then.date(), confirmed_at=then, created_at=then))
        db.session.flush()
        emit(MemberJoined(then, person.id, person.id, organization.id))
    db.session.add(
        Grant(person_id=manager.id, role=Role.MANAGER, organization_id=organization.id, starts_on=then.date())
    )
    _complete(learner, then)
    follow(organization.id, network.id, then + timedelta(days=1))
    assert db.session.scalars(select(Cycle).where(Cycle.organization_id == organization.id)).one()


def _complete(person: Person, then: datetime) -> None:
    module = db.session.scalars(select(Module).order_by(Module.id)).first()
    assert module is not None
    version = module.current_version_id
    about = {"module_id": module.id, "version_id": version, "edition_id": version, "language": "fa", "score": 0.9}
    db.session.add(ModuleCompletion(person_id=person.id, **about, occurred_at=then))
    db.session.flush()


if __name__ == "__main__":
    main()
