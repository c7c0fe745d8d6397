"""The pages of an exercise, and the form that reports an error."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.accounts.models import Person
from lms.certification.evidence.services import begin_evidence
from lms.certification.evidence.services.pieces import LONGEST_TITLE
from lms.clock import now
from lms.db import db, text_of, write_unit
from lms.errors import DomainError
from lms.forms import choices_of
from lms.i18n import gettext as _
from lms.i18n import language
from lms.learning import exercises
from lms.learning.exercises import Place
from lms.learning.forms import NoteForm, ReportForm, SheetForm
from lms.learning.models import ExerciseSheet, SheetVersion
from lms.learning.queries import Reading, reading_of
from lms.learning.targets import Learning, learning
from lms.organizations.models import Organization
from lms.security import Permission, require
from lms.security.actor import Role, Scope
from lms.security.guards import the_actor

blueprint = Blueprint("practice", __name__, url_prefix="/<lang>", template_folder="templates")


@dataclass(frozen=True)
class Exercise:
    """An exercise of a lesson that she may read; `organization`, where the address names one of hers."""

    learning: Learning
    reading: Reading
    segment: dict[str, Any]
    organization: Organization | None = None

    def scope(self) -> Scope:
        """Her own learning."""
        return self.learning.scope()

    @property
    def place(self) -> Place:
        """Where notes and sheets are kept."""
        return Place(self.learning.state.id, self.reading.key, str(self.segment["id"]))


@dataclass(frozen=True)
class Lesson:
    """A lesson that she may read."""

    learning: Learning
    reading: Reading

    def scope(self) -> Scope:
        """Her own learning."""
        return self.learning.scope()


def lesson(module_id: str, lesson_key: str) -> Lesson | None:
    """Load a lesson of a module that is open to her."""
    found = learning(module_id, lesson_key)
    if found is None or found.state.state == "locked":
        return None
    reading = reading_of(found.state, lesson_key, language())
    return Lesson(found, reading) if reading else None


def exercise(module_id: str, lesson_key: str, block_key: str) -> Exercise | None:
    """Load an exercise."""
    found = lesson(module_id, lesson_key)
    segments = found.reading.segments if found else []
    segment = next((one for one in segments if one["id"] == block_key and one["kind"] == "exercise"), None)
    return Exercise(found.learning, found.reading, segment) if found and segment else None


def own_sheet(module_id: str, lesson_key: str, block_key: str, organization_id: str) -> Exercise | None:
    """Load an exercise with an organization that she belongs to."""
    found = exercise(module_id, lesson_key, block_key)
    organization = db.session.query(Organization).filter_by(public_id=organization_id).one_or_none()
    if found is None or organization is None or organization.id not in the_actor().organization_ids:
        return None
    return Exercise(found.learning, found.reading, found.segment, organization)


def _values(target: Exercise) -> dict[str, Any]:
    return {
        "module_id": target.learning.state.public_id,
        "lesson_key": target.reading.key,
        "block_key": target.place.block_key,
    }


@blueprint.get("/m/<module_id>/<lesson_key>/exercises/<block_key>")
@require(Permission.LEARN, target=exercise)
def show(target: Exercise) -> str:
    """The exercise, her notes, the sheets of her organizations."""
    return _page(target)


@dataclass(frozen=True)
class ShownSheet:
    """A sheet as the page shows it."""

    organization: Organization
    form: SheetForm
    revision: int
    versions: list[SheetVersion]
    #: Somebody else's text that was saved meanwhile.
    theirs: SheetVersion | None = None


def _page(target: Exercise, note: NoteForm | None = None, sheet: ShownSheet | None = None) -> str:
    written = exercises.note_of(target.learning.person_id, target.place)
    sheets = [
        sheet if sheet is not None and sheet.organization.id == one.id else _sheet(target, one)
        for one in exercises.organizations_named(the_actor().organization_ids)
    ]
    people = {version.changed_by_id for shown in sheets for version in shown.versions}
    names = {one.id: one.display_name for one in db.session.query(Person).where(Person.id.in_(people - {None}))}
    return render_template(
        "learning/exercise.html",
        target=target,
        state=target.learning.state,
        reading=target.reading,
        segment=target.segment,
        values=_values(target),
        note=note or NoteForm(formdata=None, text=written.text if written else ""),
        written=written,
        sheets=sheets,
        managed=the_actor().organizations_as(Role.MANAGER),
        names=names,
    )


def _sheet(target: Exercise, organization: Organization) -> ShownSheet:
    found = exercises.sheet_of(organization.id, target.place)
    versions = _versions(found)
    form = SheetForm(formdata=None, text=versions[0].text if versions else "")
    return ShownSheet(organization, form, found.revision if found else 0, versions)


def _versions(sheet: ExerciseSheet | None) -> list[SheetVersion]:
    return list(sheet.versions) if sheet else []


@blueprint.post("/m/<module_id>/<lesson_key>/exercises/<block_key>")
@require(Permission.LEARN, target=exercise)
def save_note(target: Exercise) -> ResponseReturnValue:
    """Save her note."""
    form = NoteForm()
    if not form.validate():
        return _page(target, note=form), 422
    with write_unit():
        exercises.save_note(target.learning.person_id, target.place, form.text.data or "", now())
    flash(_("Saved. Only you can read it."))
    return redirect(url_for(".show", **_values(target)), 303)


@blueprint.post("/m/<module_id>/<lesson_key>/exercises/<block_key>/sheets/<organization_id>")
@require(Permission.LEARN, target=own_sheet)
def save_sheet(target: Exercise) -> ResponseReturnValue:
    """Save a version of the sheet; what somebody else saved meanwhile is shown beside it."""
    organization = target.organization
    assert organization is not None
    form, seen = SheetForm(), request.form.get("revision", "")
    number = int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0
    if not form.validate():
        return _page(target, sheet=ShownSheet(organization, form, number, [])), 422
    actor_id = target.learning.person_id
    with write_unit():
        text = form.text.data or ""
        saved = exercises.save_sheet(organization.id, target.place, text, seen=number, actor_id=actor_id, now=now())
    if saved is None:
        versions = _versions(exercises.sheet_of(organization.id, target.place))
        return _page(target, sheet=ShownSheet(organization, form, versions[0].revision, versions, versions[0])), 409
    flash(_("Saved. Everybody in your organization can read and change it."))
    return redirect(url_for(".show", **_values(target)), 303)


def managed_sheet(module_id: str, lesson_key: str, block_key: str, organization_id: str) -> Exercise | None:
    """Load an exercise with an organization that she manages."""
    found = own_sheet(module_id, lesson_key, block_key, organization_id)
    managed = the_actor().organizations_as(Role.MANAGER)
    return found if found and found.organization and found.organization.id in managed else None


@blueprint.post("/m/<module_id>/<lesson_key>/exercises/<block_key>/sheets/<organization_id>/evidence")
@require(Permission.LEARN, target=managed_sheet)
def sheet_as_evidence(target: Exercise) -> ResponseReturnValue:
    """Make a draft of evidence from the sheet as it is saved, and go on to it."""
    organization = target.organization
    assert organization is not None
    versions = _versions(exercises.sheet_of(organization.id, target.place))
    if not versions or not versions[0].text:
        abort(404)
    title = str(target.segment["title"] or text_of(target.reading.titles, language()))[:LONGEST_TITLE]
    fields = {"about": title, "dated": versions[0].changed_at.date().isoformat(), "content": versions[0].text}
    with write_unit():
        made = begin_evidence(
            organization, "document", title, actor_id=target.learning.person_id, now=now(), fields=fields
        )
    flash(_("A draft of evidence is made from the sheet."))
    return redirect(url_for("evidence.piece", evidence_id=made.public_id), 303)


@blueprint.get("/m/<module_id>/<lesson_key>/report-error")
@require(Permission.LEARN, target=lesson)
def report(target: Lesson) -> str:
    """The form."""
    return _report_page(target, _report_form(target))


def _report_form(target: Lesson, **options: Any) -> ReportForm:
    form = ReportForm(**options)
    titled = [(one["id"], one["title"]) for one in target.reading.segments if one["title"]]
    form.block.choices = choices_of([("", _("The lesson as a whole")), *titled])
    return form


def _report_page(target: Lesson, form: ReportForm) -> str:
    return render_template("learning/report.html", state=target.learning.state, reading=target.reading, form=form)


@blueprint.post("/m/<module_id>/<lesson_key>/report-error")
@require(Permission.LEARN, target=lesson)
def send_report(target: Lesson) -> ResponseReturnValue:
    """Tell the trainers."""
    form, state = _report_form(target), target.learning.state
    if not form.validate():
        return _report_page(target, form), 422
    place = Place(state.id, target.reading.key, form.block.data or "")
    try:
        with write_unit():
            exercises.report_error(
                target.learning.person_id,
                place,
                state.version_id,
                form.text.data or "",
                language=target.reading.language,
                now=now(),
            )
    except DomainError as error:
        form.refuse(error)
        return _report_page(target, form), 422
    flash(_("Thank you. The trainers of this module see it now; your name is not shown to them."))
    return redirect(url_for("learning.lesson", module_id=state.public_id, lesson_key=target.reading.key), 303)
