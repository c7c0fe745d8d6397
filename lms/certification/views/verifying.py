"""Looking a certificate up: for anyone who holds a paper, or was sent a link."""

from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

from flask import abort, current_app, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.accounts.throttle import Counted, blocked_for, note_failure
from lms.certification.certificates import issued_label, pdf_of
from lms.certification.forms import CheckForm
from lms.certification.models import Credential
from lms.certification.openbadges.forms import FileForm
from lms.certification.openbadges.signed import can_be_had
from lms.certification.queries import credential_by_code, issuers_day
from lms.certification.sheets import NAMELESS, practice_of, status_of, whole_sheet
from lms.certification.views.blueprint import blueprint, paper
from lms.clock import now
from lms.db import write_unit
from lms.i18n import gettext as _
from lms.i18n import reader
from lms.locale import negotiated
from lms.security import public
from lms.setup import settings_of
from lms.templating import time_tag
from lms.text import code_is_well_formed, normalize_code

# A whole workshop may check its certificates over one line.
FREE_MISSES = 30


@paper.get("/v/<code>")
@public
def short(code: str) -> ResponseReturnValue:
    """What the QR code on paper opens."""
    return redirect(url_for("certification.certificate", lang=negotiated(), code=normalize_code(code)), 302)


@blueprint.get("/verify")
@public
def verify() -> str:
    """A form for a code."""
    return render_template("certification/verify.html", form=CheckForm(), file_form=FileForm())


@blueprint.post("/verify")
@public
def look_up() -> ResponseReturnValue:
    """Go to the page of the certificate that a code names."""
    form = CheckForm()
    code = normalize_code(form.code.data or "")
    if form.validate() and not code_is_well_formed(code):
        form.code.errors = [_("This is not a certificate code. Compare it with the paper once more.")]
    if form.errors:
        return render_template("certification/verify.html", form=form, file_form=FileForm()), 422
    return _counted_look_up(code)


def _counted_look_up(code: str) -> ResponseReturnValue:
    """Found or not, the page of the code says so; who misses often has to wait."""
    here, secret = (Counted("verify", request.remote_addr or "", FREE_MISSES),), settings_of(current_app).secret_key
    if blocked_for(here, secret, now()):
        abort(429)
    if credential_by_code(code) is None:
        with write_unit():
            note_failure(here, secret, now())
    return redirect(url_for(".certificate", code=code), 303)


def day_for(credential: Credential) -> date:
    """The day on which it is judged: the issuing network's."""
    return issuers_day(credential.network, now())


def _moment_for(credential: Credential, at: datetime) -> Markup:
    """An instant in the time of the issuing network, whose days count; else in the reader's, or as UTC's."""
    writer = replace(reader(), time_zone=credential.network.time_zone) if credential.network else reader()
    moment = time_tag(at, writer.datetime(at))
    # A stranger's zone is not known: an hour that is not hers says whose it is.
    return Markup('{} <bdi dir="ltr">UTC</bdi>').format(moment) if writer.time_zone == "UTC" else moment


@blueprint.get("/verify/<code>")
@public
def certificate(code: str) -> ResponseReturnValue:
    """What the register says about a certificate."""
    if code != normalize_code(code):
        return redirect(url_for(".certificate", code=normalize_code(code)), 302)
    credential = credential_by_code(code)
    if credential is None:
        return render_template("certification/unknown.html", code=code, form=CheckForm()), 404
    day = day_for(credential)
    status = status_of(credential, day)
    if status in NAMELESS:
        return render_template("certification/erased.html", credential=credential, status=status, form=CheckForm())
    sheet = whole_sheet(credential, day)
    return render_template(
        "certification/certificate.html",
        credential=credential,
        sheet=sheet,
        issued_label=issued_label(sheet),
        can_be_had=can_be_had(credential, status),
        practice=practice_of(credential),
        checked=_moment_for(credential, now()),
        form=CheckForm(),
    )


@blueprint.get("/verify/<code>/certificate.pdf")
@public
def pdf(code: str) -> ResponseReturnValue:
    """The certificate on paper, in the language of the address."""
    credential = credential_by_code(code)
    if credential is None or status_of(credential, day_for(credential)) in NAMELESS:
        abort(404)
    document = pdf_of(whole_sheet(credential, day_for(credential)), settings_of(current_app).base_url)
    name = f"certificate-{credential.code}.pdf"
    return send_file(BytesIO(document), "application/pdf", as_attachment=True, download_name=name)
