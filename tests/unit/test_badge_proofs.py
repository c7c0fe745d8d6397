"""Signing and checking: the standard's own examples, and that nothing can be changed."""

import json
from collections.abc import Iterator
from copy import deepcopy
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.openbadges import shipped
from lms.certification.openbadges.canonical import digest
from lms.certification.openbadges.checking import Means, Outcome, judge
from lms.certification.openbadges.jwts import as_jwt
from lms.certification.openbadges.keys import SigningKey, public_half
from lms.certification.openbadges.multibase import base58, base64url, decoded
from lms.certification.openbadges.proofs import check_proof, with_proof
from lms.certification.openbadges.refusals import Refused
from tests.badges import elsewhere, foreign, signed_elsewhere

NOW = datetime(2026, 6, 1, tzinfo=UTC)
EXAMPLES = "https://www.w3.org/ns/credentials/examples/v2"
# W3C, Data Integrity EdDSA Cryptosuites 1.0, appendix B: key, document, hashes and signature.
PUBLIC = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"
PRIVATE = "z3u2en7t5LR2WtQH5PfFqMqwVHBeXouLzo6haApm8XHqvjxq"
DOCUMENT: dict[str, Any] = {
    "@context": ["https://www.w3.org/ns/credentials/v2", EXAMPLES],
    "id": "urn:uuid:58172aac-d8ba-11ed-83dd-0b3aef56cc33",
    "type": ["VerifiableCredential", "AlumniCredential"],
    "name": "Alumni Credential",
    "description": "A minimum viable example of an Alumni Credential.",
    "issuer": "https://vc.example/issuers/5678",
    "validFrom": "2023-01-01T00:00:00Z",
    "credentialSubject": {"id": "did:example:abcdefgh", "alumniOf": "The School of Examples"},
}
DOCUMENT_HASH = "517744132ae165a5349155bef0bb0cf2258fff99dfe1dbd914b938d775a36017"
PROOF_HASH = "bea7b7acfbad0126b135104024a5f1733e705108f42d59668b05c0c50004c6b0"
SIGNATURE = "z2YwC8z3ap7yx1nZYCg4L3j3ApHsF8kgPdSb5xoS1VR7vPG3F561B52hYnQF9iseabecm3ijx4K1FBTQsCZahKZme"
CREATED = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)


@pytest.fixture
def examples_known(tmp_path: Path) -> Iterator[None]:
    """The context of the standard's examples, beside those that are shipped."""
    path = tmp_path / "examples.json"
    path.write_text(json.dumps({"@context": {"@vocab": "https://www.w3.org/ns/credentials/examples#"}}))
    shipped.addresses()[EXAMPLES] = str(path)
    yield
    del shipped.addresses()[EXAMPLES]


def test_the_standards_example_comes_out_to_the_letter(examples_known: None) -> None:
    key = SigningKey(decoded(PRIVATE)[2:], f"did:key:{PUBLIC}")
    assert public_half(key.seed) == PUBLIC
    assert digest(DOCUMENT).hex() == DOCUMENT_HASH
    signed = with_proof(DOCUMENT, key, CREATED)
    config = {name: value for name, value in signed["proof"].items() if name != "proofValue"}
    assert digest({**config, "@context": DOCUMENT["@context"]}).hex() == PROOF_HASH
    assert signed["proof"]["proofValue"] == SIGNATURE
    check_proof(signed, signed["proof"], PUBLIC)


def test_the_contexts_are_those_that_were_published() -> None:
    manifest = json.loads((shipped.FOLDER / "manifest.json").read_text("utf-8"))
    named = {each["file"]: each["sha256"] for each in manifest}
    there = {path.name: sha256(path.read_bytes()).hexdigest() for path in shipped.FOLDER.glob("*.json")}
    assert named == {name: hashed for name, hashed in there.items() if name != "manifest.json"}
    # The digest that the Verifiable Credentials Data Model 2.0 itself gives of its context.
    assert named["credentials-v2.json"] == "59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734"


@given(st.binary(max_size=80))
def test_multibase_comes_back(data: bytes) -> None:
    assert decoded(base58(data)) == data
    assert decoded(base64url(data)) == data


@pytest.mark.parametrize("text", ["", "z0", "uA", "uAAA=", "m1234", "u!!!!", "z" + "2" * 900])
def test_what_is_no_multibase_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        decoded(text)


SIGNED = signed_elsewhere()
TOKEN = as_jwt(foreign(), elsewhere())


def outcome(data: bytes) -> Outcome:
    """What comes of checking a file without anything else at hand."""
    return judge(data, Means(), NOW).outcome


def test_both_forms_are_good_before_anything_is_changed() -> None:
    assert outcome(json.dumps(SIGNED).encode()) is Outcome.GOOD
    assert outcome(TOKEN.encode()) is Outcome.GOOD


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a document."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, each in inner:
        yield (*path, name)
        yield from places(each, (*path, name))


PLACES = list(places(SIGNED))
CHANGES = st.sampled_from(["change", "drop", "add", "rename"])


@given(st.sampled_from(PLACES), CHANGES, st.one_of(st.text(max_size=5), st.integers(0, 9), st.booleans(), st.none()))
def test_whatever_is_changed_it_is_refused(path: tuple[Any, ...], change: str, value: Any) -> None:
    document = deepcopy(SIGNED)
    holder = document
    for name in path[:-1]:
        holder = holder[name]
    if change == "drop":
        del holder[path[-1]]
    elif change == "rename" and isinstance(path[-1], str):
        holder[f"{path[-1]}x"] = holder.pop(path[-1])
    elif change == "add" and isinstance(holder, dict):
        holder["extra"] = value
    else:
        before = holder[path[-1]]
        holder[path[-1]] = value
        if before == value:
            return
    assert outcome(json.dumps(document).encode()) is not Outcome.GOOD, (path, change, value)


@given(st.integers(0, len(TOKEN) * 8 - 1))
def test_no_bit_of_a_token_can_be_turned(place: int) -> None:
    data = bytearray(TOKEN.encode())
    data[place // 8] ^= 1 << place % 8
    assert outcome(bytes(data)) is not Outcome.GOOD


COMPACT = json.dumps(SIGNED, separators=(",", ":"), ensure_ascii=False).encode()


@given(st.integers(0, len(COMPACT) * 8 - 1))
def test_no_bit_of_a_document_can_be_turned(place: int) -> None:
    data = bytearray(COMPACT)
    data[place // 8] ^= 1 << place % 8
    assert outcome(bytes(data)) is not Outcome.GOOD


def test_another_may_not_sign_in_the_name_of_the_issuer() -> None:
    thief = elsewhere(bytes(32))
    theirs = with_proof(foreign(), thief, NOW)
    assert outcome(json.dumps(theirs).encode()) is Outcome.REFUSED
    lying = SigningKey(thief.seed, elsewhere().issuer)
    assert outcome(json.dumps(with_proof(foreign(), lying, NOW)).encode()) is Outcome.REFUSED
    assert outcome(as_jwt(foreign(), lying).encode()) is Outcome.REFUSED


def test_a_proof_of_one_document_does_not_serve_another() -> None:
    other = signed_elsewhere(name="Leadership")
    with pytest.raises(Refused):
        check_proof({**other, "proof": SIGNED["proof"]}, SIGNED["proof"], elsewhere().multikey)
