"""Checking what others hand in: refused or unknown with a reason, whatever they made of it."""

import gzip
import json
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.certification.openbadges.baking import baked_png, baked_svg
from lms.certification.openbadges.bitstrings import encoded_list
from lms.certification.openbadges.checking import Means, Outcome, Verdict, judge
from lms.certification.openbadges.checking.dids import address_of
from lms.certification.openbadges.checking.reading import Handed
from lms.certification.openbadges.emblems import emblem, emblem_png
from lms.certification.openbadges.jwts import as_jwt
from lms.certification.openbadges.keys import SigningKey
from lms.certification.openbadges.multibase import base64url, unpadded
from lms.certification.openbadges.proofs import with_proof, written
from lms.certification.openbadges.refusals import Refused
from lms.certification.openbadges.shipped import CREDENTIALS, OPEN_BADGES
from lms.certification.openbadges.signed import did_document
from lms.certification.openbadges.strict_json import read_object
from lms.formats import Formatter
from lms.i18n import reading_as
from tests.badges import MADE, elsewhere, foreign, signed_elsewhere
from tests.conftest import LANGUAGES

NOW = datetime(2026, 6, 1, tzinfo=UTC)
LIST = "https://school.example/lists/1"


def check(value: Any, **means: Any) -> Verdict:
    """The verdict on a document, a token or bytes."""
    if isinstance(value, dict):
        value = json.dumps(value)
    data = value if isinstance(value, bytes) else value.encode()
    return judge(data, Means(**means), NOW)


@pytest.mark.parametrize(
    "data",
    [
        signed_elsewhere(),
        as_jwt(foreign(), elsewhere()),
        "\ufeff" + json.dumps(signed_elsewhere(), indent=2),
        baked_png(emblem_png(0, whole=True), json.dumps(signed_elsewhere())),
        baked_png(emblem_png(0, whole=True), as_jwt(foreign(), elsewhere())),
        baked_svg(emblem(1, whole=False), json.dumps(signed_elsewhere())),
        baked_svg(emblem(1, whole=False), as_jwt(foreign(), elsewhere())),
    ],
)
def test_every_form_of_a_good_credential_is_good(data: Any) -> None:
    verdict = check(data)
    assert verdict.outcome is Outcome.GOOD, verdict.reason
    assert verdict.document
    assert "no list of revocations" in verdict.reason


def deep(levels: int) -> str:
    """A document so deep."""
    return '{"a":' * levels + "1" + "}" * levels


POISON = {
    "type": ["VerifiableCredential", "OpenBadgeCredential"],
    "evidence": [{"type": ["Evidence"], "audience": [{"type": ["Evidence"]}] * 12}] * 12,
}
HOSTILE = {
    "nothing": "",
    "a word": "hello",
    "not text": b"\xff\xfe\x00",
    "a list": "[]",
    "deep": deep(30),
    "bottomless": deep(100_000),
    "wide": json.dumps({str(n): n for n in range(5000)}),
    "huge": "{" + " " * 3_000_000 + "}",
    "large": json.dumps({"a": "x" * 300_000}),
    "a huge number": '{"a": ' + "9" * 5000 + "}",
    "beyond all numbers": '{"a": 1e999}',
    "not a number": '{"a": NaN}',
    "said twice": '{"a": 1, "a": 2}',
    "half a character": '{"a": "\\ud800"}',
    "billion laughs": '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><svg>&b;</svg>',
    "a file of the server": '<!DOCTYPE l [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>',
    "svg without": emblem(1, whole=False),
    "png without": emblem_png(1, whole=False),
    "png with rubbish": baked_png(emblem_png(1, whole=False), "rubbish"),
    "token of rubbish": "a.b.c",
    "token without algorithm": f"{base64url(b'{}')[1:]}.{base64url(json.dumps(foreign()).encode())[1:]}.AAAA",
    "not signed": foreign(),
    "an empty proof": {**foreign(), "proof": {}},
    "five proofs": {**foreign(), "proof": [signed_elsewhere()["proof"]] * 5},
    "context elsewhere": with_proof(foreign(), elsewhere(), MADE)
    | {"@context": [CREDENTIALS, OPEN_BADGES, "https://evil.example/context"]},
    "context inside": signed_elsewhere() | {"@context": [CREDENTIALS, OPEN_BADGES, {"name": "https://x.example/#n"}]},
    "context deeper": foreign(evidence=[{"@context": {"a": "b"}, "type": ["Evidence"]}]),
    "context first": foreign() | {"@context": [OPEN_BADGES, CREDENTIALS]},
    "context of an older standard": foreign() | {"@context": ["https://www.w3.org/2018/credentials/v1", OPEN_BADGES]},
    "words of nobody": signed_elsewhere() | {"grade": "A"},
    "a keyword": signed_elsewhere() | {"@included": [{"id": "urn:x"}]},
    "no badge": foreign(type=["VerifiableCredential"]),
    "no issuer": foreign(issuer=None),
    "no subject": foreign(credentialSubject=None),
    "several subjects": foreign(credentialSubject=[{"type": ["AchievementSubject"]}] * 2),
    "no achievement": foreign(credentialSubject={"type": ["AchievementSubject"]}),
    "no date": foreign(validFrom=None),
    "no such date": foreign(validFrom="2026-02-30T00:00:00Z"),
    "a date without zone": foreign(validFrom="2026-01-01T00:00:00"),
    "a date of another kind": foreign(validFrom=20260101),
    "a date out of time": foreign(validFrom="0001-01-01T00:00:00+14:00"),
    "named again": foreign(evidence=[{"id": "_:b0", "type": ["Evidence"]}] * 3),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_harm_is_refused_with_a_reason(name: str) -> None:
    began = time.monotonic()
    verdict = check(HOSTILE[name])
    assert verdict.outcome is Outcome.REFUSED, verdict
    assert verdict.reason
    assert verdict.document is None
    assert time.monotonic() - began < 20


def test_a_graph_made_to_take_ages_is_refused() -> None:
    from lms.certification.openbadges.canonical import digest

    began = time.monotonic()
    with pytest.raises(Refused):
        digest({"@context": [CREDENTIALS, OPEN_BADGES], **POISON})
    assert time.monotonic() - began < 20


def rewritten(token: str, **header: Any) -> str:
    """A token with another head."""
    head, payload, signature = token.split(".")
    values = {**json.loads(unpadded(head)), **header}
    kept = json.dumps({name: value for name, value in values.items() if value is not None})
    return f"{base64url(kept.encode())[1:]}.{payload}.{signature}"


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": "RS256"},
        {"alg": None},
        {"crit": ["b64"], "b64": False},
        {"kid": None},
        {"kid": "did:key:z6MkfJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2#x"},
        {"jwk": {"kty": "oct", "k": "AAAA"}, "kid": None},
        {"jku": "https://evil.example/keys"},
    ],
)
def test_a_token_cannot_choose_how_it_is_checked(header: dict[str, Any]) -> None:
    assert check(rewritten(as_jwt(foreign(), elsewhere()), **header)).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    "claims", [{"iss": "did:key:z6Mk"}, {"jti": "urn:x"}, {"sub": "urn:x"}, {"nbf": 1}, {"exp": 4102444800}]
)
def test_a_token_may_not_say_another_thing_than_its_document(claims: dict[str, Any]) -> None:
    payload = json.loads(unpadded(as_jwt(foreign(), elsewhere()).split(".")[1]))
    assert check(_signed(payload, elsewhere())).outcome is Outcome.GOOD
    assert check(_signed(payload | claims, elsewhere())).outcome is Outcome.REFUSED


def _signed(payload: dict[str, Any], key: SigningKey) -> str:
    head = base64url(json.dumps({"alg": "Ed25519", "kid": key.method}).encode())[1:]
    body = base64url(json.dumps(payload).encode())[1:]
    return f"{head}.{body}.{base64url(key.sign(f'{head}.{body}'.encode()))[1:]}"


def test_the_newer_name_of_the_algorithm_is_known() -> None:
    payload = json.loads(unpadded(as_jwt(foreign(), elsewhere()).split(".")[1]))
    assert check(_signed(payload, elsewhere())).outcome is Outcome.GOOD


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "values",
    [
        {"validUntil": written(NOW - timedelta(seconds=1))},
        {"validFrom": written(NOW + timedelta(days=1))},
    ],
)
def test_before_and_after_its_days_it_is_refused(language: str, values: dict[str, Any]) -> None:
    with reading_as(Formatter(language)):
        for data in (signed_elsewhere(**values), as_jwt(foreign(**values), elsewhere())):
            verdict = check(data)
            assert verdict.outcome is Outcome.REFUSED
            assert verdict.document, "its signature fits: what it says may be shown"
            assert "2026" in verdict.reason or "۱۴۰۵" in verdict.reason


STATUS = {
    "id": f"{LIST}#7",
    "type": "BitstringStatusListEntry",
    "statusPurpose": "revocation",
    "statusListIndex": "7",
    "statusListCredential": LIST,
}


def listing(
    places: tuple[int, ...] = (), *, key: SigningKey | None = None, token: bool = False, **values: Any
) -> Handed:
    """A list of revocations of the other issuer."""
    key = key or elsewhere()
    document = {
        "@context": [CREDENTIALS],
        "id": LIST,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": {"id": key.issuer},
        "validFrom": written(MADE),
        "credentialSubject": {
            "id": f"{LIST}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded_list(places),
        },
        **values,
    }
    if token:
        text = as_jwt(document, key)
        return Handed(json.loads(unpadded(text.split(".")[1])), text, json.loads(unpadded(text.split(".")[0])))
    return Handed(with_proof(document, key, MADE))


@pytest.mark.parametrize("token", [False, True])
def test_a_list_decides(token: bool) -> None:
    data = signed_elsewhere(credentialStatus=STATUS)
    unknown = check(data)
    assert (unknown.outcome, unknown.wanted) == (Outcome.UNKNOWN, LIST)
    good = check(data, lists={LIST: listing((6, 8), token=token)})
    assert good.outcome is Outcome.GOOD
    assert "2026" in good.reason
    refused = check(data, lists={LIST: listing((7,), token=token)})
    assert (refused.outcome, refused.reason) == (Outcome.REFUSED, "Its issuer has revoked it.")


SUBJECT = listing().document["credentialSubject"]


@pytest.mark.parametrize(
    "given_list",
    [
        listing(key=elsewhere(bytes(32))),
        listing(validUntil=written(NOW - timedelta(days=1))),
        listing(validFrom=written(NOW + timedelta(days=1))),
        listing(credentialSubject={**SUBJECT, "statusPurpose": "suspension"}),
        listing(credentialSubject={**SUBJECT, "encodedList": "uAAAA"}),
        listing(credentialSubject={**SUBJECT, "encodedList": base64url(gzip.compress(bytes(5_000_000)))}),
        Handed({**listing((7,)).document, "credentialSubject": SUBJECT}),
        Handed({"id": LIST}),
    ],
)
def test_a_list_that_cannot_be_trusted_decides_nothing(given_list: Handed) -> None:
    verdict = check(signed_elsewhere(credentialStatus=STATUS), lists={LIST: given_list})
    assert verdict.outcome is Outcome.UNKNOWN, verdict
    assert verdict.reason


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        ({**STATUS, "statusListIndex": "131072"}, Outcome.UNKNOWN),
        ({**STATUS, "statusListIndex": "-1"}, Outcome.REFUSED),
        ({**STATUS, "statusListIndex": "9" * 400}, Outcome.REFUSED),
        ({**STATUS, "statusPurpose": "message"}, Outcome.GOOD),
        ({**STATUS, "statusPurpose": ["revocation"]}, Outcome.REFUSED),
        ([STATUS, STATUS], Outcome.GOOD),
    ],
)
def test_places_in_lists_are_read_with_care(status: Any, outcome: Outcome) -> None:
    assert check(signed_elsewhere(credentialStatus=status), lists={LIST: listing()}).outcome is outcome


WEB = "did:web:school.example"


def under_the_web(key: SigningKey) -> SigningKey:
    """The key as one of an issuer that is named by its address."""
    return SigningKey(key.seed, WEB)


def published(*keys: SigningKey) -> dict[str, Any]:
    """The document of that issuer."""
    from lms.certification.models import IssuerKey

    return did_document(WEB, [IssuerKey(public_key=key.multikey) for key in keys])


@pytest.mark.parametrize("token", [False, True])
def test_the_keys_of_an_address_are_asked_for_and_count(token: bool) -> None:
    key = under_the_web(elsewhere())
    document = foreign(key)
    data = as_jwt(document, key) if token else with_proof(document, key, MADE)
    unknown = check(data)
    assert (unknown.outcome, unknown.wanted) == (Outcome.UNKNOWN, "https://school.example/.well-known/did.json")
    other = under_the_web(elsewhere(bytes(32)))
    assert check(data, documents={WEB: published(other, key)}).outcome is Outcome.GOOD
    assert check(data, documents={WEB: published(other)}).outcome is Outcome.REFUSED
    unlisted = {**published(key), "assertionMethod": []}
    assert check(data, documents={WEB: unlisted}).outcome is Outcome.REFUSED


@pytest.mark.parametrize("token", [False, True])
@pytest.mark.parametrize("jwk", [{}, {"x": 5}, {"x": "a"}, {"x": "é"}, {"x": "QQ"}, {"x": None}, {"crv": "none"}])
def test_a_key_that_is_misspelled_gets_a_verdict(jwk: dict[str, Any], token: bool) -> None:
    key = under_the_web(elsewhere())
    entry = {"id": key.method, "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", **jwk}}
    document = {"id": WEB, "verificationMethod": [entry], "assertionMethod": [key.method]}
    data = as_jwt(foreign(key), key) if token else with_proof(foreign(key), key, MADE)
    assert check(data, documents={WEB: document}).outcome is not Outcome.GOOD


def test_tokens_of_other_kinds_of_keys_are_checked() -> None:
    from joserfc import jws
    from joserfc.jwk import ECKey, RSAKey

    for key, algorithm in ((RSAKey.generate_key(2048), "RS256"), (ECKey.generate_key("P-256"), "ES256")):
        method = {"id": f"{WEB}#k", "type": "JsonWebKey", "controller": WEB, "publicKeyJwk": key.as_dict(private=False)}
        document = {"id": WEB, "verificationMethod": [method], "assertionMethod": [f"{WEB}#k"]}
        claims = {**foreign(issuer={"id": WEB, "type": ["Profile"]}), "iss": WEB}
        by_name = jws.serialize_compact({"alg": algorithm, "kid": f"{WEB}#k"}, json.dumps(claims), key)
        inside = (
            jws.serialize_compact(
                {"alg": algorithm, "jwk": key.as_dict(private=False)},
                json.dumps(claims),
                key,
                registry=jws.JWSRegistry(strict_check_header=False),
            )
            if algorithm == "ES256"
            else by_name
        )
        for data in (by_name, inside):
            assert check(data, documents={WEB: document}).outcome is Outcome.GOOD
            assert check(data).outcome is Outcome.UNKNOWN
        stolen = as_jwt(foreign(issuer={"id": WEB, "type": ["Profile"]}), under_the_web(elsewhere()))
        assert check(stolen, documents={WEB: document}).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("did", "address"),
    [
        ("did:web:school.example", "https://school.example/.well-known/did.json"),
        ("did:web:school.example:badges:1", "https://school.example/badges/1/did.json"),
        ("did:web:localhost%3A8443", "https://localhost:8443/.well-known/did.json"),
    ],
)
def test_a_name_leads_to_its_address(did: str, address: str) -> None:
    assert address_of(did) == address


@pytest.mark.parametrize(
    "did", ["did:web:", "did:web:a/b", "did:web:a:..%2f..", "did:web:a%40b", "did:web:x?y", "did:web:" + "a" * 400]
)
def test_a_name_that_leads_nowhere_is_refused(did: str) -> None:
    with pytest.raises(Refused):
        address_of(did)


@pytest.mark.parametrize(
    "changed",
    [
        {"issuer": {"id": "https://school.example", "type": ["Profile"]}},
        {"credentialStatus": {"id": "urn:x", "type": "1EdTechRevocationList"}},
    ],
)
def test_what_it_cannot_check_it_says(changed: dict[str, Any]) -> None:
    key = SigningKey(elsewhere().seed, str(changed.get("issuer", {}).get("id", elsewhere().issuer)))
    contexts = [CREDENTIALS, OPEN_BADGES, "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json"]
    document = {**foreign(**changed), "@context": contexts}
    verdict = check(with_proof(document, key, MADE))
    assert verdict.outcome is Outcome.UNKNOWN, verdict.reason
    other_suite = {**foreign(), "proof": {"type": "DataIntegrityProof", "cryptosuite": "bbs-2023"}}
    assert "bbs-2023" in check(other_suite).reason


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=12,
)
MEMBERS = st.sampled_from([*foreign(), "proof", "credentialStatus", "@type", "evidence"])


@given(st.dictionaries(MEMBERS, VALUES, max_size=4))
def test_any_rubbish_gets_a_verdict(changes: dict[str, Any]) -> None:
    verdict = check({**signed_elsewhere(), **changes})
    assert verdict.reason


@given(st.binary(max_size=200))
def test_any_bytes_get_a_verdict(data: bytes) -> None:
    assert judge(data, Means(), NOW).outcome is Outcome.REFUSED


@given(
    st.dictionaries(
        st.text(max_size=5), st.integers(-(10**16), 10**16) | st.text(max_size=9) | st.booleans(), max_size=5
    )
)
def test_what_json_means_is_kept(value: dict[str, Any]) -> None:
    assert read_object(json.dumps(value)) == value


def test_only_the_command_can_fetch() -> None:
    folder = Path(__file__).parents[2] / "lms"
    using = [
        p.relative_to(folder).as_posix() for p in folder.rglob("*.py") if "openbadges.fetching" in p.read_text("utf-8")
    ]
    assert using == ["cli/credentials.py"]
