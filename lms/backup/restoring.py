"""Restoring a backup: verified to its end before anything of what was there is touched."""

import os
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import IO, Any
from uuid import UUID

from sqlalchemy import Connection, insert
from sqlalchemy.exc import SQLAlchemyError

from lms.backup.archive import FILES, KEYS, MEMBER_SIZE, TABLES, Reader, Sums, first_document, opened, reading
from lms.backup.erasures import ERASURES, noted_erasures
from lms.backup.errors import BackupError
from lms.backup.loading import loader, make_tables
from lms.backup.swapping import begin_swap, clear_stage, stage
from lms.backup.targets import Target, target_for
from lms.backup.writing import CONTENT, KEY_FILE
from lms.clock import now
from lms.jobs.models import Job
from lms.settings import Settings
from lms.storage.current import storage_for
from lms.upgrade import Branch, upgrade_connection

Say = Callable[[str], None]
NOT_EMPTY = "There is data here already. Give --force to replace it by the backup."


class Restore:
    """One restore: where it comes from, where it goes, and what is left out."""

    def __init__(self, settings: Settings, branches: tuple[Branch, ...], without: tuple[str, ...], say: Say) -> None:
        self._settings, self._branches, self._without, self._say = settings, branches, without, say
        self._target: Target = target_for(settings.database_url)
        self._stage = settings.data

    def run(self, source: Path, passphrase: str, *, force: bool) -> None:
        """Replace what is here by the backup. Raises BackupError, and then nothing has changed."""
        about = about_of(source, passphrase)
        self._say(f"Backup of {about['made_at']}, made by version {about['program']} on {about['engine']}.")
        if not force and (self._target.has_data() or self._has_files()):
            raise BackupError(NOT_EMPTY)
        self._target.refuse_if_in_use()
        self._stage = stage(self._settings.data)
        (self._stage / FILES).mkdir()
        try:
            with source.open("rb") as file, self._target.filling() as connection, reading(file, passphrase) as backup:
                self._fill(connection, backup, about)
        except BaseException as error:
            clear_stage(self._settings.data)
            if isinstance(error, SQLAlchemyError):
                raise BackupError(f"The database did not take the backup: {type(error).__name__}.") from error
            raise
        begin_swap(self._settings.data, self._moves())

    def _fill(self, connection: Connection, backup: Reader, about: dict[str, Any]) -> None:
        make_tables(connection, self._branches, about["revisions"], self._without)
        rows = loader(connection, about, self._without)
        with self._target.loading(connection):
            for name, content in backup.members():
                kind, _, rest = name.partition("/")
                if kind == TABLES:
                    table = rest.partition("/")[0]
                    rows.take(table, content, backup.sums(f"{TABLES}/{table}"))
                else:
                    store_file(self._stage, name, content, backup.sums(name))
        self._say(f"{len(about['tables'])} tables and the files are verified.")
        for branch in self._branches:
            upgrade_connection(connection, branch, self._branches)
        self._ask_to_erase(connection)
        self._ask_to_seal_again(connection)
        if self._settings.files_url:
            self._upload()

    def _has_files(self) -> bool:
        if self._settings.files_url:
            return any(True for _each in storage_for(self._settings).listed())
        return any(self._settings.files.glob("*"))

    def _upload(self) -> None:
        """Put the files into the bucket: beside what is there, as one name is one content; the sweep takes the rest."""
        storage = storage_for(self._settings)
        for path in sorted((self._stage / FILES).rglob("*")):
            if path.is_file():
                with path.open("rb") as file:
                    storage.put(file)

    def _ask_to_erase(self, connection: Connection) -> None:
        """Whoever was erased before or since the backup stays erased: asked for in the restored database itself."""
        here, there = self._settings.data / ERASURES, self._stage / KEYS / ERASURES
        uids = list(dict.fromkeys([*noted_erasures(there), *noted_erasures(here)]))
        if not uids:
            return
        there.parent.mkdir(exist_ok=True)
        both = {line: None for path in (there, here) if path.exists() for line in path.read_text("ascii").splitlines()}
        there.write_text("".join(f"{line}\n" for line in both), "ascii")
        connection.execute(insert(Job), [_erasure(uid) for uid in uids])

    def _ask_to_seal_again(self, connection: Connection) -> None:
        """Where this installation was given a secret of its own, what the backup's sealed is sealed with that one."""
        own, restored = (folder / KEY_FILE for folder in (self._settings.data, self._stage / KEYS))
        secret = self._settings.secret_key
        replaced = own.exists() and own.read_text("utf-8").strip() == secret
        if not replaced and restored.exists() and restored.read_text("utf-8").strip() != secret:
            connection.execute(insert(Job), [{"kind": "seal_again", "arguments": {}, "run_at": now()}])

    def _moves(self) -> list[tuple[Path, Path]]:
        keys = [(path, self._settings.data / path.name) for path in sorted((self._stage / KEYS).glob("*"))]
        files = [] if self._settings.files_url else [(self._stage / FILES, self._settings.files)]
        return [*self._target.moves(), *files, *keys]


def _erasure(uid: UUID) -> dict[str, Any]:
    return {"kind": "erase_again", "arguments": {"uid": uid.hex}, "run_at": now()}


def about_of(source: Path, passphrase: str) -> dict[str, Any]:
    """What a backup says of itself. Raises BackupError for a wrong passphrase and for a backup that is too new."""
    with source.open("rb") as file, opened(file, passphrase) as (_packed, tar):
        about = first_document(tar)
    if about.get("content", 0) > CONTENT:
        raise BackupError("This backup was made by a newer version. Upgrade the program first.")
    return about


def store_file(folder: Path, name: str, content: IO[bytes], sums: Sums) -> None:
    """Write one file or key of the backup below `folder`. Raises BackupError for a name that leads elsewhere."""
    path = PurePosixPath(name)
    safe = path.parts[:1] in ((FILES,), (KEYS,)) and len(path.parts) > 1 and ".." not in path.parts
    if not safe or "\\" in name or ":" in name:
        raise BackupError(f"The backup holds a file of a strange name: {name!r}.")
    place = folder.joinpath(*path.parts)
    place.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while data := content.read(MEMBER_SIZE):
            sums.add(data, len(data))
            file.write(data)
        file.flush()
        os.fsync(file.fileno())
