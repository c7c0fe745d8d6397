"""What a backup is sealed with: a passphrase of the operator's, or a recovery code of ours."""

import os
import re
import secrets
import unicodedata
from pathlib import Path

from lms.text import ascii_digits
from lms.text.codes import ALPHABET

GROUPS, GROUP = 6, 5
KEPT_CODE = "backup.code"
_SEPARATORS = re.compile(r"[\W_]+")


def new_recovery_code() -> str:
    """A random code to print: 147 bits, in groups that are easy to copy."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(GROUP)) for _ in range(GROUPS))


def spelled(passphrase: str) -> bytes:
    """One spelling of a passphrase; a recovery code counts however its case, digits and groups are typed."""
    typed = unicodedata.normalize("NFKC", passphrase).strip()
    code = _SEPARATORS.sub("", ascii_digits(typed)).upper()
    is_code = len(code) == GROUPS * GROUP and set(code) <= set(ALPHABET)
    return (code if is_code else typed).encode("utf-8", "surrogatepass")


def kept_code(data: Path) -> str | None:
    """The recovery code that this installation's backups are sealed with, where there is one."""
    path = data / KEPT_CODE
    return path.read_text("ascii").strip() if path.exists() else None


def keep_code(data: Path, code: str) -> None:
    """Remember the code for the next backup, readable by the owner of the data only."""
    path = data / f"{KEPT_CODE}.new"
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(code + "\n")
    path.replace(data / KEPT_CODE)
