"""Publishing: which languages, what kind of change, and what is still in the way."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import targets
from lms.authoring.drafts.pools import Pools, pools_of
from lms.authoring.drafts.publishing import Release, publish_draft
from lms.authoring.drafts.whole import whole_parts
from lms.authoring.drafts.writing_trees import tree_of_parts
from lms.authoring.forms import PublishForm
from lms.authoring.hindrances import Hindrance, Readiness, problems_of, readiness_of
from lms.authoring.pool_rows import left_out
from lms.authoring.suggestions import suggestions_for
from lms.authoring.views.blueprint import blueprint, by_now
from lms.db import write_unit
from lms.errors import DomainError
from lms.formats import LANGUAGES
from lms.i18n import gettext as _
from lms.security import Permission, require
from lms.training.models import DraftPart, Module, VersionKind
from lms.training.publishing import Rendered, is_correction, render_tree, tree_of
from lms.training.tree import Tree


@dataclass(frozen=True)
class Prospect:
    """A draft on its way to a version."""

    module: Module
    parts: list[DraftPart]
    readiness: Readiness
    #: Languages of the current version.
    offered: list[str]
    pools: Pools

    @property
    def suggested(self) -> list[str]:
        """Complete languages that are in step, or that learners have already."""
        return [
            code for code in self.readiness.complete if not self.readiness.figures[code].stale or code in self.offered
        ]

    def tree(self, languages: Sequence[str]) -> Tree:
        """What would be published."""
        assert self.module.draft is not None
        return tree_of_parts(self.module.draft, self.parts, languages, self.pools)

    def problems(self, languages: Sequence[str]) -> list[Hindrance]:
        """What is wrong with that."""
        assert self.module.draft is not None
        return problems_of(self.module.draft, self.parts, languages, self.pools)

    def is_correction(self, languages: Sequence[str]) -> bool:
        """Whether it may be published as a correction."""
        current = self.module.current_version
        if current is None or not languages or self.problems(languages):
            return False
        return is_correction(tree_of(current), self.tree(languages))


def prospect_of(module: Module) -> Prospect:
    """Everything that publishing asks of a draft."""
    assert module.draft is not None
    parts = whole_parts(module.draft)
    current = module.current_version
    offered = current.manifest["languages"] if current else []
    pools = pools_of(module.draft, parts)
    return Prospect(module, parts, readiness_of(module.draft, parts, pools), offered, pools)


@blueprint.get("/studio/m/<module_id>/publish")
@require(Permission.EDIT_MODULE, target=targets.drafted)
def publish(target: Module) -> str:
    """The form."""
    prospect = prospect_of(target)
    corrects = prospect.is_correction(prospect.suggested)
    form = PublishForm(kind=(VersionKind.CORRECTION if corrects else VersionKind.EDITION).value)
    return _page(prospect, form, prospect.suggested, corrects)


def _page(
    prospect: Prospect, form: PublishForm, chosen: Sequence[str], corrects: bool, problems: Sequence[Hindrance] = ()
) -> str:
    return render_template(
        "authoring/publish.html",
        module=prospect.module,
        draft=prospect.module.draft,
        prospect=prospect,
        readiness=prospect.readiness,
        form=form,
        chosen=chosen,
        corrects=corrects,
        problems=problems,
        left_out=left_out(prospect.pools, chosen),
        suggestions=suggestions_for(prospect.parts, prospect.readiness.complete),
    )


@blueprint.post("/studio/m/<module_id>/publish")
@require(Permission.EDIT_MODULE, target=targets.drafted)
def publish_now(target: Module) -> ResponseReturnValue:
    """Make the draft what learners read."""
    prospect = prospect_of(target)
    chosen = [code for code in LANGUAGES if code in request.form.getlist("languages")]
    chosen = [code for code in chosen if code in prospect.readiness.complete]
    form = PublishForm()
    problems = prospect.problems(chosen)
    valid = form.validate() if prospect.offered else True
    if not chosen:
        form.form_errors.append(_("Choose a language that is complete."))
    if problems or not chosen or not valid:
        return _page(prospect, form, chosen, prospect.is_correction(chosen), problems), 422
    try:
        _publish(target, render_tree(prospect.tree(chosen)), form)
    except DomainError as error:
        prospect = prospect_of(target)
        form.refuse(error)
        return _page(prospect, form, chosen, prospect.is_correction(chosen)), 422
    flash(_("Published. Learners see it now."))
    return redirect(url_for(".module", module_id=target.public_id), 303)


def _publish(target: Module, rendered: Rendered, form: PublishForm) -> None:
    kind = VersionKind(form.kind.data) if target.current_version_id else VersionKind.EDITION
    release = Release(rendered, _seen("revision"), _seen("over"), kind, form.note.data or "")
    with write_unit():
        publish_draft(target, release, **by_now())


def _seen(name: str) -> int:
    """A number that the form was shown with."""
    typed = request.form.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
