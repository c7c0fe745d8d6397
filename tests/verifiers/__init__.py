"""Verifiers of credentials that share no code with ours: one in JavaScript, one in Python."""

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

from lms.certification.openbadges.shipped import FOLDER, addresses

HERE = Path(__file__).parent


@cache
def contexts() -> dict[str, Any]:
    """The contexts that are shipped: what the words mean is the standards', not ours."""
    return {address: json.loads((FOLDER / name).read_text("utf-8")) for address, name in addresses().items()}


def javascript_says(credential: dict[str, Any], lists: dict[str, Any]) -> dict[str, Any]:
    """The verdict of @digitalbazaar/vc, its status list included."""
    asked = json.dumps({"credential": credential, "lists": lists, "contexts": contexts()})
    done = subprocess.run(
        ["node", str(HERE / "verify.mjs")], input=asked, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    verdict: dict[str, Any] = json.loads(done.stdout)
    return verdict


def python_says(credential: dict[str, Any] | str, lists: dict[str, str]) -> str:
    """The verdict of openbadgeslib on a document or a token: empty where it is good, else why not."""
    from openbadgeslib.ob3 import OB3LdpVerifier, OB3VerificationError, OB3Verifier

    def at_hand(address: str) -> bytes:
        return lists[address].encode()

    try:
        if isinstance(credential, str):
            issuer = OB3Verifier._decode_unverified(credential)["iss"]
            OB3Verifier.for_issuer_did(issuer).verify(credential, check_status=True, download=at_hand)
        else:
            # It checks the signatures of lists that are tokens only; JavaScript's checks those of documents.
            verifier = OB3LdpVerifier()
            verifier.verify(credential, check_status=True, download=at_hand, verify_status_list=False)
    except OB3VerificationError as error:
        return str(error) or type(error).__name__
    return ""
