"""Data Integrity proofs of the suite eddsa-rdfc-2022: a signature inside the document."""

from datetime import UTC, datetime
from typing import Any

from lms.certification.openbadges.canonical import digest, refuse_what_is_not_signed
from lms.certification.openbadges.keys import SigningKey, is_signed
from lms.certification.openbadges.multibase import base58, decoded
from lms.certification.openbadges.refusals import Refused, Undecided
from lms.i18n import gettext as _
from lms.text import isolate_ltr

TYPE, SUITE, PURPOSE = "DataIntegrityProof", "eddsa-rdfc-2022", "assertionMethod"
#: Whatever else stood in a proof would not be signed.
MEMBERS = frozenset({"type", "cryptosuite", "created", "expires", "verificationMethod", "proofPurpose", "proofValue"})
MOST_PROOFS = 4


def written(moment: datetime) -> str:
    """A time as credentials spell it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def with_proof(document: dict[str, Any], key: SigningKey, at: datetime) -> dict[str, Any]:
    """The document, signed; the same document, key and time always give the same bytes."""
    config = {
        "type": TYPE,
        "cryptosuite": SUITE,
        "created": written(at),
        "verificationMethod": key.method,
        "proofPurpose": PURPOSE,
    }
    return {**document, "proof": {**config, "proofValue": base58(key.sign(signed_bytes(document, config)))}}


def signed_bytes(document: dict[str, Any], config: dict[str, Any]) -> bytes:
    """What the signature is made of: the hash of the proof's options, then that of the document."""
    return digest({**config, "@context": document["@context"]}) + digest(document)


def proofs_of(document: dict[str, Any]) -> list[dict[str, Any]]:
    """Its proofs. Raises Refused where there are none, or too many."""
    found = document.get("proof")
    proofs: list[Any] = found if isinstance(found, list) else [found]
    if not 1 <= len(proofs) <= MOST_PROOFS or not all(isinstance(each, dict) for each in proofs):
        raise Refused(_("It is not signed."))
    return proofs


def the_proof(document: dict[str, Any]) -> dict[str, Any]:
    """The proof that this program can check. Raises Undecided where there is none of its suite."""
    proofs = proofs_of(document)
    ours = [each for each in proofs if (each.get("type"), each.get("cryptosuite")) == (TYPE, SUITE)]
    if not all(isinstance(each.get("type"), str) for each in proofs):
        raise Refused(_("Its signature is not written as it should be."))
    if not ours:
        suites = sorted({str(each.get("cryptosuite") or each.get("type"))[:60] for each in proofs})
        raise Undecided(
            _("It is signed by a method that this program cannot check: %(method)s.", method=isolate_ltr(suites[0]))
        )
    return ours[0]


def method_of(proof: dict[str, Any]) -> str:
    """The name of the key that it says it was made with. Raises Refused for a proof that is not of its shape."""
    texts = all(isinstance(value, str) for value in proof.values())
    if not texts or not proof.keys() <= MEMBERS or not {"verificationMethod", "proofValue"} <= proof.keys():
        raise Refused(_("Its signature is not written as it should be."))
    if proof.get("proofPurpose") != PURPOSE:
        raise Refused(_("Its signature was made for another purpose than to state something."))
    return str(proof["verificationMethod"])


def check_proof(document: dict[str, Any], proof: dict[str, Any], public: str) -> None:
    """Raises Refused where the key (as multikey) did not sign this document, wholly and as it stands."""
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    refuse_what_is_not_signed(unsigned)
    config = {name: value for name, value in proof.items() if name != "proofValue"}
    refuse_what_is_not_signed({"@context": document["@context"], **config})
    try:
        signature = decoded(proof["proofValue"])
    except ValueError as error:
        raise Refused(_("Its signature is not written as it should be.")) from error
    if not is_signed(signed_bytes(unsigned, config), signature, public):
        raise Refused(_("The signature does not fit: something was changed after it was signed, or it is forged."))
