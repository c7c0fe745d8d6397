"""Allowances: more time, more attempts, a later last day; given by trainers to cohorts, by managers to members."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.boards.forms.cohorts import AllowanceForm
from lms.boards.views.blueprint import blueprint
from lms.clock import now, today
from lms.cohorts.models import Cohort
from lms.cohorts.queries import cohort_by_public_id, learners_of
from lms.db import text_of, write_unit
from lms.errors import DomainError
from lms.forms import choices_of
from lms.i18n import gettext as _
from lms.i18n import language, reader
from lms.organizations.models import Membership
from lms.organizations.queries import membership_by_public_id
from lms.progress.queries import kits_of
from lms.quizzes.allowance_queries import (
    allowance_by_public_id,
    allowances_of_cohort,
    allowances_of_person,
    is_for,
    quizzes_of,
)
from lms.quizzes.policy_models import Accommodation
from lms.quizzes.services import allow, end_allowance
from lms.security import Permission, require
from lms.security.actor import Scope
from lms.security.guards import the_actor
from lms.training.models import Module

WHOLE = "cohort"


@dataclass(frozen=True)
class Ending:
    """An allowance that is to end, and whose page it stands on."""

    given: Accommodation
    owner: Cohort | Membership

    def scope(self) -> Scope:
        """The cohort's or the membership's."""
        return self.owner.scope()


def _quiz_choices(form: AllowanceForm, module_ids: list[int], network_ids: frozenset[int] | None = None) -> None:
    """A quiz is named by its module's id and its key; the module's id alone names all its quizzes."""
    rows = quizzes_of(module_ids, network_ids)
    modules = {row.id: text_of(row.titles, language()) for row in rows}
    every = [(f"{id_}/", _("All quizzes of “%(module)s”", module=title)) for id_, title in modules.items()]
    each = [(f"{row.id}/{row.key}", f"{modules[row.id]}: {text_of(row.quiz, language())}") for row in rows]
    form.quiz.choices = choices_of([*every, *each])


def _give(form: AllowanceForm, person_id: int | None, cohort_id: int | None) -> None:
    module, _slash, key = form.quiz.data.partition("/")
    with write_unit() as session:
        allow(
            session.get_one(Module, int(module)),
            quiz_key=key,
            person_id=person_id,
            cohort_id=cohort_id,
            extra_minutes=form.extra_minutes.data or 0,
            extra_attempts=form.extra_attempts.data or 0,
            closes_on=form.closes_on.data,
            reason=form.reason.data or "",
            actor_id=the_actor().person_id,
            now=now(),
        )
    flash(_("The allowance is given. It holds for attempts under way too."))


def _cohort_form(target: Cohort) -> tuple[AllowanceForm, dict[str, tuple[int, str]]]:
    """The form, and its people: by public id, with id and what they are called here."""
    people = {
        one.public_id: (
            one.person_id,
            one.name
            or _(
                "Learner %(number)s, %(organization)s",
                number=reader().number(one.number),
                organization=text_of(one.organization, language()),
            ),
        )
        for one in learners_of(target, today())
    }
    form = AllowanceForm()
    form.subject.choices = choices_of(
        [(WHOLE, _("The whole cohort")), *((key, name) for key, (_id, name) in people.items())]
    )
    _quiz_choices(form, [one.module_id for one in target.modules])
    return form, people


def _cohort_page(target: Cohort, form: AllowanceForm, people: dict[str, tuple[int, str]]) -> str:
    names = dict(people.values())
    found = allowances_of_cohort(target.id, list(names), [one.module_id for one in target.modules])
    return render_template("boards/cohort_allowances.html", cohort=target, form=form, names=names, allowances=found)


@blueprint.get("/cohorts/<cohort_id>/allowances")
@require(Permission.TEACH_COHORT, target=cohort_by_public_id)
def cohort_allowances(target: Cohort) -> str:
    """What the cohort and its people were given, and a form to give more."""
    return _cohort_page(target, *_cohort_form(target))


@blueprint.post("/cohorts/<cohort_id>/allowances")
@require(Permission.TEACH_COHORT, target=cohort_by_public_id)
def cohort_allowances_give(target: Cohort) -> ResponseReturnValue:
    """Give it."""
    form, people = _cohort_form(target)
    if form.validate():
        person_id = people[form.subject.data][0] if form.subject.data != WHOLE else None
        try:
            _give(form, person_id, target.id if person_id is None else None)
            return redirect(url_for(".cohort_allowances", cohort_id=target.public_id), 303)
        except DomainError as error:
            form.refuse(error)
    return _cohort_page(target, form, people), 422


def _cohort_ending(cohort_id: str, allowance_id: str) -> Ending | None:
    cohort, given = cohort_by_public_id(cohort_id), allowance_by_public_id(allowance_id)
    if cohort is None or given is None or given.module_id not in {one.module_id for one in cohort.modules}:
        return None
    hers = given.person_id in {one.person_id for one in learners_of(cohort, today())}
    return Ending(given, cohort) if hers or given.cohort_id == cohort.id else None


@blueprint.post("/cohorts/<cohort_id>/allowances/<allowance_id>/end")
@require(Permission.TEACH_COHORT, target=_cohort_ending)
def cohort_allowance_end(target: Ending) -> ResponseReturnValue:
    """Give it no more."""
    _end(target.given)
    return redirect(url_for(".cohort_allowances", cohort_id=target.owner.public_id), 303)


def _end(given: Accommodation) -> None:
    with write_unit():
        end_allowance(given, actor_id=the_actor().person_id, now=now())
    flash(_("The allowance has ended. Attempts under way keep their time."))


def _member_form(membership: Membership) -> AllowanceForm:
    form, person = AllowanceForm(), membership.person
    form.subject.choices = choices_of([(person.public_id, person.display_name)])
    modules = [module.id for kit in kits_of(person.id) for module in kit.modules]
    _quiz_choices(form, modules, membership.scope().network_ids)
    return form


def _member_page(membership: Membership, form: AllowanceForm) -> str:
    return render_template(
        "boards/member_allowances.html",
        membership=membership,
        organization=membership.organization,
        form=form,
        names={membership.person_id: membership.person.display_name},
        allowances=allowances_of_person(membership.person_id, membership.scope().network_ids),
    )


def _member(public_id: str) -> Membership | None:
    """Somebody who belongs to the organization today, confirmed."""
    found = membership_by_public_id(public_id)
    return found if found is not None and found.confirmed_at and found.covers(today()) else None


@blueprint.get("/members/<public_id>/allowances")
@require(Permission.MANAGE_ORGANIZATION, target=_member)
def organization_member_allowances(membership: Membership) -> str:
    """What one person was given, and a form to give more."""
    return _member_page(membership, _member_form(membership))


@blueprint.post("/members/<public_id>/allowances")
@require(Permission.MANAGE_ORGANIZATION, target=_member)
def organization_member_allow(membership: Membership) -> ResponseReturnValue:
    """Give it."""
    form = _member_form(membership)
    if form.validate():
        try:
            _give(form, membership.person_id, None)
            return redirect(url_for(".organization_member_allowances", public_id=membership.public_id), 303)
        except DomainError as error:
            form.refuse(error)
    return _member_page(membership, form), 422


def _member_ending(public_id: str, allowance_id: str) -> Ending | None:
    membership, given = _member(public_id), allowance_by_public_id(allowance_id)
    if membership is None or given is None or given.person_id != membership.person_id:
        return None
    return Ending(given, membership) if is_for(given, membership.scope().network_ids) else None


@blueprint.post("/members/<public_id>/allowances/<allowance_id>/end")
@require(Permission.MANAGE_ORGANIZATION, target=_member_ending)
def organization_member_allowance_end(target: Ending) -> ResponseReturnValue:
    """Give it no more."""
    _end(target.given)
    return redirect(url_for(".organization_member_allowances", public_id=target.owner.public_id), 303)
