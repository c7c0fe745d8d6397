"""Settings: read from the environment once, checked at start, documented in docs/operator.md."""

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from lms.formats import LANGUAGES

SECRET_FILE = "secret.key"  # noqa: S105 (a name)
"""Where the secret key lies in the data folder, unless the environment gives one."""


class SettingsError(Exception):
    """A setting has a value that cannot be used; the message names the setting and says what it takes."""


@dataclass(frozen=True)
class Settings:
    """What an operator may choose. Each field's environment variable stands in `read_settings`."""

    data: Path
    """Folder of everything that is kept: database, files, secret key."""
    database_url: str
    """SQLAlchemy address of the database; SQLite in the data folder by default."""
    secret_key: str
    database_replica_url: str = ""
    """A PostgreSQL that follows the database: reports are read from it; empty means from the database itself."""
    redis_url: str = ""
    """Where several processes count together: redis://... or rediss://...; empty means each for itself."""
    files_url: str = ""
    """s3://bucket/prefix where stored files lie; empty means the folder `files`."""
    files_endpoint: str = ""
    """Address of the S3-compatible store; empty means Amazon's own."""
    files_region: str = "us-east-1"
    files_key_id: str = ""
    files_secret: str = ""
    base_url: str = "http://127.0.0.1:8000"
    """Public address of this installation; mail, QR codes and credentials use only it."""
    host: str = "127.0.0.1"
    port: int = 8000
    allowed_hosts: tuple[str, ...] = ()
    """Host names that are answered; empty means the base address' own and loopback."""
    trusted_proxies: int = 0
    """How many reverse proxies in front set X-Forwarded-* headers."""
    plugins: tuple[str, ...] = ("networking_kit",)
    """Enabled plugins, in order."""
    default_language: str = "fa"
    time_zone: str = "UTC"
    smtp_url: str = ""
    """smtp://user:password@host:port or smtps://...; empty means that no mail is sent."""
    mail_from: str = ""
    demo: bool = False
    """A demonstration: sample accounts with fixed passwords, no second factor asked for."""
    embedded_worker: bool = True
    """Whether the web process runs the job worker in a thread."""
    log_format: str = "text"
    api_pace: int = 120
    """How many requests a minute a token of the API may make."""
    did_web: bool = False
    """Whether credentials are issued under the address (did:web) instead of under the key itself (did:key)."""
    testing: bool = False
    extra: Mapping[str, object] = field(default_factory=dict)

    @property
    def files(self) -> Path:
        """Folder of uploaded and generated files."""
        return self.data / "files"

    @property
    def secure(self) -> bool:
        """Whether people reach this installation over HTTPS."""
        return self.base_url.startswith("https://")


def read_settings(environ: Mapping[str, str] | None = None, **overrides: object) -> Settings:
    """Settings from environment variables, with `overrides` (by field name) on top.

    Raises SettingsError where a value cannot be used.
    """
    env = os.environ if environ is None else environ
    data = Path(str(overrides.pop("data", "") or env.get("LMS_DATA") or "var")).resolve()
    port = int(str(overrides.pop("port", "") or _whole(env, "PORT", 8000)))
    values: dict[str, object] = {
        "data": data,
        "database_url": database_address(env.get("DATABASE_URL", "")) or f"sqlite:///{data / 'tashbik.sqlite3'}",
        "secret_key": env.get("SECRET_KEY") or _stored_secret(data),
        "database_replica_url": database_address(env.get("DATABASE_REPLICA_URL", "")),
        "redis_url": env.get("REDIS_URL", ""),
        "files_url": env.get("FILES_URL", "").rstrip("/"),
        "files_endpoint": env.get("FILES_ENDPOINT", ""),
        "files_region": env.get("FILES_REGION") or "us-east-1",
        "files_key_id": env.get("FILES_KEY_ID", ""),
        "files_secret": env.get("FILES_SECRET", ""),
        "base_url": (env.get("BASE_URL") or f"http://127.0.0.1:{port}").rstrip("/"),
        "host": env.get("HOST", "127.0.0.1"),
        "port": port,
        "allowed_hosts": _words(env.get("ALLOWED_HOSTS", "")),
        "trusted_proxies": _whole(env, "TRUSTED_PROXIES", 0),
        "plugins": _words(env.get("LMS_PLUGINS", "networking_kit")),
        "default_language": env.get("LMS_LANGUAGE", "fa"),
        "time_zone": env.get("LMS_TIME_ZONE", "UTC"),
        "smtp_url": env.get("SMTP_URL", ""),
        "mail_from": env.get("MAIL_FROM", ""),
        "demo": _either(env, "LMS_DEMO", no="0", yes="1"),
        "embedded_worker": not _either(env, "LMS_WORKER", no="thread", yes="process"),
        "log_format": env.get("LOG_FORMAT", "text"),
        "api_pace": _whole(env, "LMS_API_PACE", 120, least=1),
        "did_web": _either(env, "LMS_DID_WEB", no="0", yes="1"),
    }
    return _checked(Settings(**{**values, **overrides}))  # type: ignore[arg-type]


def _checked(settings: Settings) -> Settings:
    if settings.default_language not in LANGUAGES:
        raise SettingsError(f"LMS_LANGUAGE is {settings.default_language!r}; it takes one of {', '.join(LANGUAGES)}")
    if settings.log_format not in ("text", "json"):
        raise SettingsError(f"LOG_FORMAT is {settings.log_format!r}; it takes text or json")
    try:
        ZoneInfo(settings.time_zone)
    except (KeyError, ValueError, OSError) as error:
        raise SettingsError(f"LMS_TIME_ZONE is {settings.time_zone!r}; it takes a name such as Asia/Tehran") from error
    if urlsplit(settings.base_url).scheme not in ("http", "https"):
        raise SettingsError(
            f"BASE_URL is {settings.base_url!r}; it takes an address that begins with http:// or https://"
        )
    if settings.did_web and (not settings.secure or urlsplit(settings.base_url).path):
        raise SettingsError("LMS_DID_WEB takes a BASE_URL that begins with https:// and ends with the host's name")
    if settings.smtp_url and urlsplit(settings.smtp_url).scheme not in ("smtp", "smtps"):
        raise SettingsError("SMTP_URL takes an address that begins with smtp:// or smtps://")
    if settings.smtp_url and not settings.mail_from:
        raise SettingsError("MAIL_FROM is empty; with SMTP_URL it takes the address that mail comes from")
    _check_shared(settings)
    return settings


def _check_shared(settings: Settings) -> None:
    """What several machines share."""
    both = (settings.database_url, settings.database_replica_url)
    if settings.database_replica_url and not all(url.startswith("postgresql") for url in both):
        raise SettingsError("DATABASE_REPLICA_URL takes a replica of a PostgreSQL database: postgresql://...")
    if settings.redis_url and urlsplit(settings.redis_url).scheme not in ("redis", "rediss", "unix"):
        raise SettingsError("REDIS_URL takes an address that begins with redis://, rediss:// or unix://")
    if settings.files_url and (urlsplit(settings.files_url).scheme != "s3" or not urlsplit(settings.files_url).netloc):
        raise SettingsError("FILES_URL takes the address of a bucket: s3://bucket or s3://bucket/prefix")
    if settings.files_url and not (settings.files_key_id and settings.files_secret):
        raise SettingsError("FILES_KEY_ID or FILES_SECRET is empty; with FILES_URL they take the store's key")
    if settings.files_endpoint and urlsplit(settings.files_endpoint).scheme not in ("http", "https"):
        raise SettingsError("FILES_ENDPOINT takes an address that begins with https:// or http://")


def _whole(env: Mapping[str, str], name: str, default: int, least: int = 0) -> int:
    value = env.get(name, "")
    if not value:
        return default
    if not value.isdecimal() or int(value) < least:
        raise SettingsError(f"{name} is {value!r}; it takes a whole number" + (f" from {least} on" if least else ""))
    return int(value)


def _either(env: Mapping[str, str], name: str, *, no: str, yes: str) -> bool:
    value = env.get(name) or no
    if value not in (no, yes):
        raise SettingsError(f"{name} is {value!r}; it takes {no} or {yes}")
    return value == yes


def _words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def database_address(url: str) -> str:
    """SQLAlchemy's address of a database, from one as operators write it; nothing of nothing."""
    scheme, colon, rest = url.partition(":")
    named = {"postgres": "postgresql+psycopg", "postgresql": "postgresql+psycopg"}.get(scheme, scheme)
    return f"{named}{colon}{rest}"


def make_data_folder(data: Path) -> None:
    """Make the data folder where there is none, for the account that runs the server only: people's data lie there."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)


def _stored_secret(data: Path) -> str:
    """The secret key kept in the data folder, made at first use and readable by its owner only."""
    path = data / SECRET_FILE
    if not path.exists():
        make_data_folder(data)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32))
    return path.read_text().strip()
