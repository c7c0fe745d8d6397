"""A sealed stream: what is written is encrypted piece by piece, and nothing of it can be changed, moved or cut off.

The file begins with a line of JSON (format, salt, cost); it is authenticated with every piece. The key is scrypt of the
passphrase. Pieces are AES-256-GCM; their nonce counts them and marks the last one.
"""

import json
import os
from base64 import b64decode, b64encode
from io import RawIOBase
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from lms.backup.errors import BackupError
from lms.backup.passphrases import spelled

FORMAT = "tashbik-backup-1"
PIECE = 256 * 1024
TAG = 16
COST, HIGHEST_COST, BLOCK = 2**16, 2**20, 8
LONGEST_HEADER = 1000


def _key(passphrase: str, salt: bytes, cost: int) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=cost, r=BLOCK, p=1).derive(spelled(passphrase)))


def _nonce(number: int, *, last: bool) -> bytes:
    # The key is fresh for each file (random salt): counting from nought never uses a nonce twice.
    return number.to_bytes(11, "big") + bytes([last])


class SealedWriter(RawIOBase):
    """Writes into `target`; `close` seals the end and leaves `target` open."""

    def __init__(self, target: IO[bytes], passphrase: str) -> None:
        salt = os.urandom(16)
        header = {"format": FORMAT, "salt": b64encode(salt).decode(), "cost": COST}
        self._header = json.dumps(header).encode() + b"\n"
        self._target, self._cipher = target, _key(passphrase, salt, COST)
        self._buffer, self._number = bytearray(), 0
        target.write(self._header)

    def writable(self) -> bool:
        """Yes."""
        return True

    def write(self, data: Any, /) -> int:
        """Take bytes; whole pieces go out once more is known to follow."""
        self._buffer += data
        while len(self._buffer) > PIECE:
            self._send(bytes(self._buffer[:PIECE]), last=False)
            del self._buffer[:PIECE]
        return len(data)

    def close(self) -> None:
        """Send the last piece."""
        if not self.closed:
            self._send(bytes(self._buffer), last=True)
            super().close()

    def _send(self, piece: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._number, last=last), piece, self._header))
        self._number += 1


class SealedReader(RawIOBase):
    """Reads what a SealedWriter wrote; raises BackupError for a wrong passphrase and for a piece not as written."""

    def __init__(self, source: IO[bytes], passphrase: str) -> None:
        self._header = source.readline(LONGEST_HEADER)
        salt, cost = _read_header(self._header)
        self._source, self._cipher = source, _key(passphrase, salt, cost)
        self._buffer, self._number = b"", 0
        self._next = source.read(PIECE + TAG)
        self._ended = False

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, target: Any, /) -> int:
        """Fill `target` with the next bytes; 0 at the sealed end."""
        while not self._buffer and not self._ended:
            self._buffer = self._open_next()
        count = min(len(target), len(self._buffer))
        target[:count] = self._buffer[:count]
        self._buffer = self._buffer[count:]
        return count

    def _open_next(self) -> bytes:
        piece, self._next = self._next, self._source.read(PIECE + TAG)
        self._ended = not self._next
        try:
            opened: bytes = self._cipher.decrypt(_nonce(self._number, last=self._ended), piece, self._header)
        except InvalidTag as error:
            raise BackupError(_why(self._number)) from error
        self._number += 1
        return opened


def _read_header(header: bytes) -> tuple[bytes, int]:
    try:
        values = json.loads(header)
        salt, cost = b64decode(values["salt"]), int(values["cost"])
    except (ValueError, KeyError, TypeError) as error:
        raise BackupError("This file is not a backup.") from error
    if values.get("format") != FORMAT:
        raise BackupError("This backup was made by a newer version. Upgrade the program first.")
    if not 2**10 <= cost <= HIGHEST_COST or cost & (cost - 1):
        raise BackupError("This file is not a backup.")
    return salt, cost


def _why(number: int) -> str:
    if number == 0:
        return "The passphrase or recovery code does not open this backup, or the file is damaged."
    return f"The backup is damaged or cut off after {number * PIECE // 1024} KB."
