"""Starts a PostgreSQL server under `.data/` when no DATABASE_URL is given, and keeps to one server per folder.

The server outlives whoever started it and is shared by web server, worker, shell and tests. One rule carries the rest:
`<data>.lock` is locked before anything happens, and the server inherits the locked file. As long as any of its processes
lives, the kernel keeps the lock, whatever a stale pid file says; as soon as the last one is gone, it is free.
"""

import contextlib
import io
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from django.core.files import locks

from policytracker.postgres_binaries import (
    Account,
    Binaries,
    CannotStart,
    find_binaries,
    runnable_by,
    temporary_folder,
)

USER = "policytracker"  # the superuser of the cluster
PORT = 5432  # only the name of a socket file: the server listens on no network port
START_SECONDS = 120  # crash recovery of a large database takes a while
STOP_SECONDS = 60
LOG_LIMIT = 5_000_000
# sockaddr_un holds 107 bytes, and "/.s.PGSQL.5432" takes 14 of them.
LONGEST_SOCKET_FOLDER = 90


@dataclass(frozen=True)
class Cluster:
    """One data folder and the server on it. `options` are server settings such as `fsync=off`."""

    data: Path
    options: tuple[str, ...] = ()
    lock_path: Path = field(init=False)
    log_path: Path = field(init=False)

    def __post_init__(self) -> None:
        data = Path(os.path.abspath(self.data))
        object.__setattr__(self, "data", data)
        object.__setattr__(self, "lock_path", data.with_name(data.name + ".lock"))
        object.__setattr__(self, "log_path", data.with_name(data.name + ".log"))

    def ensure_running(self) -> str:
        """Return the folder of the server's socket, starting the server when there is none.

        Raises CannotStart with a sentence for a person.
        """
        if socket := self.address():
            return socket
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end:
            with self._lock() as lock:
                if lock is not None:
                    self._start(lock)
            # Somebody else's lock means that a server is running or about to: it will answer soon.
            while time.monotonic() < end and self.is_held():
                if socket := self.address():
                    return socket
                time.sleep(0.05)
            if lock is not None:
                raise CannotStart(f"PostgreSQL ended right after its start:\n{self._log_tail()}")
        raise CannotStart(
            f"A PostgreSQL server holds {self.data} but has not answered for {START_SECONDS} seconds. "
            f"See {self.log_path}."
        )

    def address(self) -> str | None:
        """Return the socket folder of a server on this data folder that answers, else None."""
        found = self._read_pid_file()
        if not found or not _is_server_in(found.pid, self.data):
            return None
        try:
            psycopg.connect(**connection_to(found.socket), connect_timeout=5).close()
        except psycopg.OperationalError:
            return None
        return found.socket

    def stop(self) -> bool:
        """End the server and wait until it is gone. Returns False when none was running.

        Raises CannotStart when it belongs to another account or does not end in time.
        """
        found = self._read_pid_file()
        if not found or not _is_server_in(found.pid, self.data):
            return False
        try:
            os.kill(found.pid, signal.SIGINT)
        except PermissionError:
            raise CannotStart(f"The server on {self.data} belongs to another account; stop it from there.") from None
        end = time.monotonic() + STOP_SECONDS
        while time.monotonic() < end:
            if not self.is_held() and not _is_server_in(found.pid, self.data):
                _clear_socket_folder(found.socket, owner=self.data.stat().st_uid)
                return True
            time.sleep(0.05)
        raise CannotStart(f"The server on {self.data} did not end within {STOP_SECONDS} seconds. See {self.log_path}.")

    def is_held(self) -> bool:
        """Tell whether some process holds the lock: a server runs, or is being started."""
        with self._lock() as lock:
            return lock is None

    def major(self) -> int | None:
        """Return the major version that made the data folder, or None where there is none yet.

        Raises CannotStart when the folder is there but is not a PostgreSQL data folder.
        """
        if not self.data.exists():
            return None
        try:
            return int((self.data / "PG_VERSION").read_text().strip())
        except PermissionError:
            raise CannotStart(
                f"The data folder {self.data} belongs to another account. Run as that account, or set DATA_DIR."
            ) from None
        except (OSError, ValueError):
            raise CannotStart(
                f"{self.data} exists but is not a PostgreSQL data folder. Move it away, or set DATA_DIR."
            ) from None

    @contextlib.contextmanager
    def _lock(self) -> Iterator[io.BufferedRandom | None]:
        """Yield the locked lock file, or None when somebody else has it."""
        try:
            self.lock_path.parent.mkdir(parents=True, exist_ok=True)
            file = open(self.lock_path, "a+b")  # noqa: SIM115 - closed below, whatever happens
        except OSError as error:
            raise CannotStart(f"Cannot write {self.lock_path}: {error.strerror}.") from None
        with file:
            yield file if locks.lock(file, locks.LOCK_EX | locks.LOCK_NB) else None

    def _start(self, lock: io.BufferedRandom) -> None:
        """Make the data folder if needed and start the server; the lock is ours."""
        major = self.major()
        self._refuse_foreign_server()
        account = _account_for(self.data)
        binaries = find_binaries(data_major=major)
        if account:
            binaries = runnable_by(binaries, account)
        with self._open_log() as log:
            launch = _Launch(binaries, account, lock, log)
            if major is None:
                self._init(launch)
            self._serve(launch)

    def _refuse_foreign_server(self) -> None:
        """Remove a stale pid file. Raises CannotStart when its process does serve this folder.

        PostgreSQL refuses to start when the pid was taken over by any process of the same account. The lock is free, so no
        server of ours is left; only one started by hand could be.
        """
        found = self._read_pid_file()
        if not found:
            return
        if _is_server_in(found.pid, self.data):
            raise CannotStart(
                f"Process {found.pid} is a PostgreSQL server on {self.data} that was started by other means and does not "
                f"answer. Stop it first."
            )
        _clear_socket_folder(found.socket, owner=self.data.stat().st_uid)
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _init(self, launch: "_Launch") -> None:
        """Make the cluster under a temporary name and rename it, so that a half-made one is never taken for whole."""
        for leftover in self.data.parent.glob(self.data.name + ".making-*"):
            shutil.rmtree(leftover)
        making = Path(tempfile.mkdtemp(prefix=self.data.name + ".making-", dir=self.data.parent))
        if launch.account:
            os.chown(making, launch.account.uid, launch.account.gid)
        # The socket folder is private, so whoever gets there may enter; there is no other way in.
        command = [
            launch.binaries.path("initdb"), f"--username={USER}", "--auth=trust",
            "--encoding=UTF8", "--locale=C.UTF-8", "--no-instructions",
        ]  # fmt: skip
        if "fsync=off" in self.options:
            command.append("--no-sync")
        done = launch.run(command, making)
        if done.returncode != 0:
            raise CannotStart(f"PostgreSQL could not make {self.data}:\n{self._log_tail()}")
        making.rename(self.data)

    def _serve(self, launch: "_Launch") -> None:
        socket_folder = _make_socket_folder(launch.account)
        settings = [
            "listen_addresses=", f"unix_socket_directories={socket_folder}", f"port={PORT}",
            "timezone=UTC", "log_timezone=UTC", *self.options,
        ]  # fmt: skip
        launch.start([launch.binaries.path("postgres"), *(f"--{s}" for s in settings)], self.data)

    def _open_log(self) -> io.BufferedWriter:
        too_long = self.log_path.exists() and self.log_path.stat().st_size > LOG_LIMIT
        return open(self.log_path, "wb" if too_long else "ab")

    def _log_tail(self) -> str:
        lines = self.log_path.read_text(errors="replace").splitlines()[-8:]
        return "\n".join(f"    {line}" for line in lines)

    def _read_pid_file(self) -> "_PidFile | None":
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            return _PidFile(int(lines[0]), lines[4])
        except (OSError, ValueError, IndexError):
            return None


@dataclass(frozen=True)
class _PidFile:
    pid: int
    socket: str


@dataclass(frozen=True)
class _Launch:
    """How PostgreSQL programs are run: which, as whom, with which lock and log."""

    binaries: Binaries
    account: Account | None
    lock: io.BufferedRandom
    log: io.BufferedWriter

    def run(self, command: list[str], data: Path) -> "subprocess.CompletedProcess[bytes]":
        with _reachable(data, self.account) as (argument, descriptors):
            return subprocess.run(
                [*command, "-D", argument],
                pass_fds=(self.lock.fileno(), *descriptors),
                stdin=subprocess.DEVNULL,
                stdout=self.log,
                stderr=self.log,
                cwd="/",
                env={"LC_ALL": "C.UTF-8", "TZ": "UTC", "PATH": "/usr/bin:/bin"},
                start_new_session=True,
                check=False,
                **self._identity(),
            )

    def start(self, command: list[str], data: Path) -> None:
        """Start a program that outlives us: the shell between ends at once, so init becomes its parent."""
        self.run(["/bin/sh", "-c", '"$@" &', "sh", *command], data)

    def _identity(self) -> dict[str, Any]:
        if self.account is None:
            return {}
        return {"user": self.account.uid, "group": self.account.gid, "extra_groups": []}


@contextlib.contextmanager
def _reachable(data: Path, account: Account | None) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield the name by which the server may call its data folder, and the descriptors that the name needs.

    A borrowed account may be barred from a folder above (a private home). An open descriptor of the folder itself
    leads there without passing through them, so nothing above has to be opened up.
    """
    if account is None or not sys.platform.startswith("linux"):
        yield str(data), ()
        return
    descriptor = os.open(data, os.O_RDONLY | os.O_DIRECTORY)
    try:
        yield f"/proc/self/fd/{descriptor}", (descriptor,)
    finally:
        os.close(descriptor)


def connection_to(socket_folder: str, name: str = "postgres") -> dict[str, Any]:
    """Return the parameters of a connection to the server whose socket is in this folder."""
    return {"host": socket_folder, "port": PORT, "user": USER, "dbname": name}


def _is_server_in(pid: int, data: Path) -> bool:
    """Tell whether the process of that number is a PostgreSQL server on this folder. Numbers get reused."""
    process = Path(f"/proc/{pid}")
    if process.parent.exists() and sys.platform.startswith("linux"):
        try:
            program = os.path.basename((process / "cmdline").read_bytes().split(b"\0")[0])
            if program not in (b"postgres", b"postmaster"):
                return False
            return os.path.samefile(process / "cwd", data)
        except OSError:
            return False
    answer = subprocess.run(
        ["/bin/ps", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout
    return "postgres" in answer and str(data) in answer


def _account_for(data: Path) -> Account | None:
    """Return the account that the server must run as, or None to run it as ourselves.

    PostgreSQL refuses to run as root. The owner of an existing data folder is kept; else the owner of the project
    is borrowed, else `postgres`, else `nobody`.
    """
    if os.geteuid() != 0:
        return None
    owners = [p.stat().st_uid for p in (data, Path(__file__)) if p.exists()]
    for owner in owners:
        with contextlib.suppress(KeyError):
            if owner != 0:
                return _account(pwd.getpwuid(owner))
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return _account(pwd.getpwnam(name))
    raise CannotStart("PostgreSQL does not run as root, and there is no account to borrow (postgres, nobody).")


def _account(entry: pwd.struct_passwd) -> Account:
    return Account(entry.pw_uid, entry.pw_gid, entry.pw_name)


def _make_socket_folder(account: Account | None) -> str:
    """Make and return a private folder for the socket. Its name is new each time, so nobody can have taken it before;
    those who look for the server read it from the pid file.
    """
    parent = temporary_folder(account, longest=LONGEST_SOCKET_FOLDER - len("/policytracker-12345678"))
    folder = tempfile.mkdtemp(prefix="policytracker-", dir=parent)
    if account:
        os.chown(folder, account.uid, account.gid)
    return folder


def _clear_socket_folder(folder: str, *, owner: int) -> None:
    """Remove the socket folder of a server that is gone, if the folder is one of ours."""
    with contextlib.suppress(OSError):
        found = os.lstat(folder)
        if os.path.basename(folder).startswith("policytracker-") and found.st_uid == owner:
            shutil.rmtree(folder)
