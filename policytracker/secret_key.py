"""A secret key of this installation, for when none is given."""

import secrets
from pathlib import Path


def secret_key_in(data_dir: Path) -> str:
    """Return the key kept in `secret-key` of the data folder, made at the first call.

    It is random, so nobody can know it from our source. Serving without DEBUG still demands a key of its own in the
    environment (`start_up.py`), because each of several servers would make another one.
    """
    path = data_dir / "secret-key"
    try:
        return path.read_text()
    except FileNotFoundError:
        return _make(path)
    except OSError:  # somebody else's folder, or a read-only one: good for this process
        return secrets.token_urlsafe(48)


def _make(path: Path) -> str:
    key = secrets.token_urlsafe(48)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"secret-key.{secrets.token_hex(4)}")
        unfinished.touch(mode=0o600)
        unfinished.write_text(key)
        try:
            path.hardlink_to(unfinished)  # fails when another process was first: its key holds
        except FileExistsError:
            key = path.read_text()
        unfinished.unlink()
    except OSError:
        return key
    return key
