"""What an installation seals with its secret, each purpose apart: read again here, or where its backup is restored."""

from collections.abc import Iterator
from dataclasses import dataclass

from lms.security.sealing import seal, unseal
from lms.settings import SECRET_FILE
from lms.setup import current_settings


@dataclass(frozen=True)
class Seal:
    """The seal of one purpose. `about` is the id of the row that holds what was sealed."""

    purpose: str

    def close(self, text: str, about: bytes) -> str:
        """Seal a text with the secret of the settings."""
        return seal(text, secret=current_settings().secret_key, purpose=self.purpose, about=about)

    def open(self, sealed: str, about: bytes) -> str | None:
        """What was sealed; None where that was done with a secret that this installation does not have."""
        texts = (unseal(sealed, secret=each, purpose=self.purpose, about=about) for each in secrets_here())
        return next((text for text in texts if text is not None), None)

    def renewed(self, sealed: str, about: bytes) -> str:
        """Sealed anew with the secret of the settings; as it is where that opens it, or nothing does."""
        if unseal(sealed, secret=current_settings().secret_key, purpose=self.purpose, about=about) is not None:
            return sealed
        text = self.open(sealed, about)
        return sealed if text is None else self.close(text, about)


def secrets_here() -> Iterator[str]:
    """The secret of the settings; then the one in the data folder, which a restored backup puts there."""
    settings = current_settings()
    yield settings.secret_key
    path = settings.data / SECRET_FILE
    if path.exists():
        yield path.read_text("utf-8").strip()
