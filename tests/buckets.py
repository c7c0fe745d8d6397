"""An S3 server for tests (moto's), in a process of its own on loopback."""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from lms.settings import Settings
from tests.cli.processes import wait_for
from tests.postgres import free_port

BUCKET = "tashbik"


@contextmanager
def s3_server() -> Iterator[str]:
    """A running server with an empty bucket; gives its address."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    server = subprocess.Popen(command, env=os.environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: _has_made_bucket(address))
        yield address
    finally:
        server.kill()
        server.wait()


def _has_made_bucket(address: str) -> bool:
    try:
        request = urllib.request.Request(f"{address}/{BUCKET}", method="PUT")
        with urllib.request.urlopen(request, timeout=2):
            return True
    except OSError:
        return False


def in_bucket(settings: Settings, address: str, prefix: str) -> Settings:
    """The settings with files in a prefix of the server's bucket."""
    return replace(
        settings,
        files_url=f"s3://{BUCKET}/{prefix}",
        files_endpoint=address,
        files_key_id="testing",
        files_secret="testing",
    )
