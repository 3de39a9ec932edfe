"""What a person at the keyboard is told when the site cannot start. Each is a sentence and a non-zero exit."""

import os
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.threads import in_a_thread

ROOT = Path(__file__).resolve().parents[2]


def manage(*words: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    clean = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DEBUG")}
    clean.pop("DJANGO_SETTINGS_MODULE", None)
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT, env=clean | environment, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("postgresql://u:hush@127.0.0.1:1/name", "The database does not answer"),
        ("mysql://u:hush@host/name", "must begin with postgresql://"),
        ("postgresql://u:hush@host", "names no database"),
        ("postgresql://u:hush@[host/name", "not a valid address"),
    ],
)
def test_an_unusable_database_url_is_a_sentence_without_its_password(url, sentence):
    done = manage("migrate", DATABASE_URL=url)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "hush" not in done.stdout + done.stderr


def test_a_data_folder_of_another_version_is_a_sentence(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("12\n")

    done = manage("migrate", DATA_DIR=str(tmp_path))

    assert done.returncode == 1
    assert "made by PostgreSQL 12" in done.stderr
    assert "Traceback" not in done.stderr


def test_status_says_where_the_database_is(tmp_path):
    done = manage("db", "status", DATA_DIR=str(tmp_path / "with space"))

    assert done.returncode == 0
    assert "not running" in done.stdout
    assert "with space" in done.stdout


def test_stopping_a_server_that_does_not_run_says_so(tmp_path):
    done = manage("db", "stop", DATA_DIR=str(tmp_path), DJANGO_SETTINGS_MODULE="tests.settings")

    assert done.returncode == 0
    assert "was not running" in done.stdout


def up_on(port: int) -> None:
    in_a_thread(call_command, "up", "--port", str(port))


def test_a_taken_port_is_a_sentence():
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]

        with pytest.raises(CommandError, match=f"Port {port} on 127.0.0.1 is taken.*PORT={port + 1}"):
            up_on(port)


def test_an_impossible_port_is_a_sentence():
    with pytest.raises(CommandError, match="There is no port 99999"):
        up_on(99999)


def test_settings_named_on_the_command_line_are_the_ones_used(tmp_path):
    done = manage("makemigrations", "--check", "--dry-run", "--settings", "tests.settings", DATA_DIR=str(tmp_path))
    stopped = manage("db", "--settings", "tests.settings", "stop", DATA_DIR=str(tmp_path))

    assert (done.returncode, stopped.returncode) == (0, 0), stopped.stderr
    assert [folder.name for folder in tmp_path.iterdir() if folder.is_dir()] == ["test-postgres"]
