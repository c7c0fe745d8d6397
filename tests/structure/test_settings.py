"""Every setting is read, and has its line in docs/operator.md."""

import ast
import re
from dataclasses import fields
from pathlib import Path

import pytest

from lms.cli import COMMANDS
from lms.settings import Settings, SettingsError, read_settings
from tests.structure.sources import LMS, ROOT

PAGE = (ROOT / "docs" / "operator.md").read_text("utf-8")
ROWS = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", PAGE, re.M))
#: Set by tests only.
NOT_SET = {"testing", "extra"}
#: A value for each variable, and what comes of it: (field, value). The others keep their defaults.
SAMPLES: dict[str, tuple[str, str, object]] = {
    "LMS_DATA": ("/srv/lms", "data", Path("/srv/lms")),
    "DATABASE_URL": ("postgresql://a@b/c", "database_url", "postgresql+psycopg://a@b/c"),
    "DATABASE_REPLICA_URL": (
        "postgresql://a@replica/c",
        "database_replica_url",
        "postgresql+psycopg://a@replica/c",
    ),
    "REDIS_URL": ("redis://127.0.0.1", "redis_url", "redis://127.0.0.1"),
    "FILES_URL": ("s3://bucket/files/", "files_url", "s3://bucket/files"),
    "FILES_ENDPOINT": ("https://s3.example.org", "files_endpoint", "https://s3.example.org"),
    "FILES_REGION": ("eu-1", "files_region", "eu-1"),
    "FILES_KEY_ID": ("id", "files_key_id", "id"),
    "FILES_SECRET": ("s", "files_secret", "s"),
    "SECRET_KEY": ("k", "secret_key", "k"),
    "BASE_URL": ("https://learn.example.org/", "base_url", "https://learn.example.org"),
    "HOST": ("0.0.0.0", "host", "0.0.0.0"),
    "PORT": ("8080", "port", 8080),
    "ALLOWED_HOSTS": ("a.example.org, b.example.org", "allowed_hosts", ("a.example.org", "b.example.org")),
    "TRUSTED_PROXIES": ("1", "trusted_proxies", 1),
    "LMS_PLUGINS": ("networking_kit,second", "plugins", ("networking_kit", "second")),
    "LMS_LANGUAGE": ("ar", "default_language", "ar"),
    "LMS_TIME_ZONE": ("Asia/Tehran", "time_zone", "Asia/Tehran"),
    "SMTP_URL": ("smtp://mail.example.org", "smtp_url", "smtp://mail.example.org"),
    "MAIL_FROM": ("learn@example.org", "mail_from", "learn@example.org"),
    "LMS_DEMO": ("1", "demo", True),
    "LMS_WORKER": ("process", "embedded_worker", False),
    "LOG_FORMAT": ("json", "log_format", "json"),
    "LMS_DID_WEB": ("1", "did_web", True),
    "LMS_API_PACE": ("600", "api_pace", 600),
}
WRONG = {
    "BASE_URL": "learn.example.org",
    "PORT": "eighty",
    "TRUSTED_PROXIES": "-1",
    "LMS_LANGUAGE": "de",
    "LMS_TIME_ZONE": "Asia/Atlantis",
    "LMS_WORKER": "yes",
    "LMS_DEMO": "perhaps",
    "LOG_FORMAT": "xml",
    "LMS_DID_WEB": "yes",
    "LMS_API_PACE": "0",
    "SMTP_URL": "http://mail.example.org",
    "MAIL_FROM": "",
    "DATABASE_REPLICA_URL": "sqlite:///replica.sqlite3",
    "REDIS_URL": "http://127.0.0.1",
    "FILES_URL": "https://bucket.example.org",
    "FILES_ENDPOINT": "s3.example.org",
    "FILES_KEY_ID": "",
    "FILES_SECRET": "",
}


def variables_read() -> set[str]:
    """The names of variables in lms/settings.py."""
    tree = ast.parse((LMS / "settings.py").read_text("utf-8"))
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}
    return {text for text in texts if re.fullmatch(r"[A-Z]+_[A-Z_]+|HOST|PORT", text)}


def test_the_page_of_the_operator_lists_what_is_read() -> None:
    assert set(ROWS) == variables_read() == set(SAMPLES)
    assert {field for _text, field, _value in SAMPLES.values()} == {field.name for field in fields(Settings)} - NOT_SET


@pytest.mark.parametrize("variable", SAMPLES)
def test_a_setting_is_read_from_its_variable(variable: str, tmp_path: Path) -> None:
    text, field, value = SAMPLES[variable]
    others = {"LMS_DATA": str(tmp_path), "SECRET_KEY": "x", "MAIL_FROM": "learn@example.org"}
    others["BASE_URL"] = "https://learn.example.org"
    others |= {"DATABASE_URL": "postgresql://a@b/c", "FILES_KEY_ID": "id", "FILES_SECRET": "s"}
    assert getattr(read_settings({**others, variable: text}), field) == value


def test_the_page_tells_the_defaults(tmp_path: Path) -> None:
    plain = read_settings({"LMS_DATA": str(tmp_path), "SECRET_KEY": "x"})
    told = {name: match[1] for name, text in ROWS.items() if (match := re.fullmatch(r"`(.*)`", text))}
    for name in told.keys() - {"LMS_DATA", "LMS_DEMO", "LMS_WORKER", "LMS_PLUGINS", "LMS_DID_WEB"}:
        assert str(getattr(plain, SAMPLES[name][1])) == told[name], name
    assert plain.plugins == (told["LMS_PLUGINS"],)
    assert (plain.demo, plain.embedded_worker, plain.did_web) == (False, True, False)


@pytest.mark.parametrize("variable", WRONG)
def test_a_value_that_cannot_be_used_is_named(variable: str, tmp_path: Path) -> None:
    others = {"LMS_DATA": str(tmp_path), "SECRET_KEY": "x", "SMTP_URL": "smtp://mail.example.org"}
    others |= {"FILES_URL": "s3://bucket", "FILES_KEY_ID": "id", "FILES_SECRET": "s", "MAIL_FROM": "a@example.org"}
    with pytest.raises(SettingsError, match=variable):
        read_settings({**others, variable: WRONG[variable]})


def test_the_page_of_the_operator_lists_the_commands() -> None:
    told = set(re.findall(r"^\| `lms (\w+)", PAGE, re.M))
    assert set(COMMANDS) <= told | {"modules", "plugins"}, "those two are told of in docs/plugins.md"
