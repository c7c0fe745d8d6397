"""Checking a credential that somebody has as a file. Nothing is asked of anybody else, ever."""

from flask import abort, current_app, render_template, request

from lms.accounts.throttle import Counted, blocked_for, note_failure
from lms.certification.openbadges.checking import Outcome, Verdict, judge
from lms.certification.openbadges.forms import FileForm
from lms.certification.openbadges.given import means
from lms.certification.openbadges.queries import did_web, issuer_keys
from lms.certification.openbadges.refusals import Refused
from lms.certification.openbadges.register import ask_register, named_credential
from lms.certification.openbadges.signed import did_document
from lms.certification.openbadges.telling import told
from lms.certification.views.blueprint import blueprint
from lms.clock import now
from lms.db import write_unit
from lms.i18n import reader
from lms.limits import takes_upload_of
from lms.security import public
from lms.setup import settings_of

# A whole workshop may check its files over one line. Good ones are counted too: one that is made to can take seconds.
FREE_CHECKS = 120
MOST_BYTES = 4 * 1024 * 1024


@blueprint.get("/verify/file")
@public
def check_file() -> str:
    """A form for a file."""
    return render_template("openbadges/file.html", form=FileForm())


@blueprint.post("/verify/file")
@public
@takes_upload_of(MOST_BYTES)
def check_file_now() -> tuple[str, int]:
    """What the file is worth, and why."""
    form = FileForm()
    here, secret = (Counted("verify-file", request.remote_addr or "", FREE_CHECKS),), _secret()
    if blocked_for(here, secret, now()):
        abort(429)
    if not form.validate():
        return render_template("openbadges/file.html", form=form), 422
    with write_unit():
        note_failure(here, secret, now())
    verdict = _verdict(form)
    ours = named_credential(verdict.document) if verdict.document and verdict.outcome is Outcome.GOOD else None
    zone = ours.network.time_zone if ours and ours.network else reader().time_zone
    return render_template(
        "openbadges/verdict.html", verdict=verdict, told=told(verdict.document, zone), ours=ours
    ), 200


def _verdict(form: FileForm) -> Verdict:
    settings = settings_of(current_app)
    own = [(did_web(), did_document(did_web(), issuer_keys()))] if settings.did_web else []
    try:
        at_hand = means(settings.data, form.given("listing"), form.given("document"), ask_register, own)
    except Refused as error:
        return Verdict(Outcome.UNKNOWN, error.message)
    return judge(form.given("file")[0], at_hand, now())


def _secret() -> str:
    return settings_of(current_app).secret_key
