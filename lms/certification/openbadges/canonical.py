"""JSON-LD made canonical: the one form of a document's facts that a signature covers.

Two dangers lie in it for who reads what others send. What the context does not define is left out of the canonical
form without a word, so that anybody could add it to a signed document: a document has to be spelled exactly as its
facts compact. And graphs can be drawn that take ages to be made canonical: the work is counted.
"""

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from lms.certification.openbadges.refusals import Refused
from lms.certification.openbadges.shipped import load_context
from lms.i18n import gettext as _
from lms.text import isolate_ltr

if TYPE_CHECKING:
    from pyld.canon import URDNA2015

MOST_WORK, MOST_ALIKE = 2000, 6
#: Two names of one type; compacting gives the shorter.
_SAME_TYPES = {"AchievementCredential": "OpenBadgeCredential"}


def digest(document: dict[str, Any]) -> bytes:
    """SHA-256 of the canonical form. Raises Refused where the document has none."""
    from pyld import jsonld

    try:
        dataset = jsonld.to_rdf(document, _options())
        canonical = _canonizer().main(dataset, {"format": "application/n-quads"})
    except jsonld.JsonLdError as error:
        raise _unreadable(error) from error
    return sha256(canonical.encode()).digest()


def refuse_what_is_not_signed(document: dict[str, Any]) -> None:
    """Raises Refused where a document says more than its canonical form holds, or says it in other words."""
    from pyld import jsonld

    try:
        facts = jsonld.expand(document, _options())
        compact = jsonld.compact(facts, document["@context"], _options())
    except jsonld.JsonLdError as error:
        raise _unreadable(error) from error
    where = _difference(_folded(document), _folded(compact), "")
    if where is not None:
        raise Refused(
            _(
                "It says something at “%(where)s” that the signature does not cover.",
                where=isolate_ltr(where[:120] or "/"),
            )
        )


def _options() -> dict[str, Any]:
    return {"documentLoader": load_context, "base": "", "processingMode": "json-ld-1.1"}


def _unreadable(error: Exception) -> Refused:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, Refused):
            return cause
        cause = getattr(cause, "cause", None) or cause.__cause__
    return Refused(_("Its JSON-LD cannot be read."))


def _folded(value: Any) -> Any:
    """A list of one is the same as what is in it, and what has only an id the same as that id."""
    if isinstance(value, list):
        return _folded(value[0]) if len(value) == 1 else [_folded(each) for each in value]
    if isinstance(value, dict):
        return value["id"] if value.keys() == {"id"} else {key: _folded(each) for key, each in value.items()}
    return _SAME_TYPES.get(value, value) if isinstance(value, str) else value


def _difference(ours: Any, theirs: Any, where: str) -> str | None:
    """The first place at which two documents differ, or None."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for key in sorted(ours.keys() | theirs.keys()):
            if key not in ours or key not in theirs:
                return f"{where}/{key}"
            found = _difference(ours[key], theirs[key], f"{where}/{key}")
            if found is not None:
                return found
        return None
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        places = (_difference(a, b, f"{where}/{i}") for i, (a, b) in enumerate(zip(ours, theirs, strict=True)))
        return next((place for place in places if place is not None), None)
    same = type(ours) is type(theirs) and ours == theirs
    return None if same else where


def _canonizer() -> "URDNA2015":
    from pyld.canon import URDNA2015

    class Counting(URDNA2015):  # type: ignore[misc]
        """The algorithm, with an end to what it may be asked to do."""

        work = 0

        def create_hash_to_related(self, id_: str, issuer: Any) -> Any:
            """Every permutation of what is alike is tried."""
            self.work += 1
            related = super().create_hash_to_related(id_, issuer)
            if self.work > MOST_WORK or any(len(alike) > MOST_ALIKE for alike in related.values()):
                raise Refused(_("It is made so that checking it would take too long."))
            return related

    return Counting()
