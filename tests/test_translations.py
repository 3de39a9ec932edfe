"""Every sentence for people has its Korean: nothing is left out, nothing is guessed."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
CATALOGUE = ROOT / "locale" / "ko" / "LC_MESSAGES" / "django.po"


def messages_of(path: Path) -> dict[tuple[str | None, str], Message]:
    with path.open("rb") as file:
        return {(m.context, _first(m.id)): m for m in read_po(file, locale="ko") if m.id}


def _first(words: str | tuple[str, ...] | list[str]) -> str:
    return words if isinstance(words, str) else words[0]


def _is_told(message: Message) -> bool:
    told = [message.string] if isinstance(message.string, str) else message.string
    return bool(told) and all(told) and not message.fuzzy


def test_no_message_of_the_catalogue_is_untranslated_or_fuzzy():
    missing = [words for (_context, words), message in messages_of(CATALOGUE).items() if not _is_told(message)]

    assert not missing, f"{len(missing)} without Korean: {missing[:30]}"


def test_every_translation_keeps_the_places_for_names_and_numbers():
    wrong = {words: [str(error) for error in m.check()] for (_c, words), m in messages_of(CATALOGUE).items()}

    assert not {words: errors for words, errors in wrong.items() if errors}


@pytest.mark.skipif(not shutil.which("xgettext"), reason="xgettext (gettext) is not here: the source was not searched")
def test_every_sentence_of_the_source_is_in_the_catalogue(tmp_path):
    """Drawn from the source anew in a folder of its own, so that nothing here is written."""
    for name in ("articles", "policytracker", "templates"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__", "migrations"))
    (tmp_path / "locale").mkdir()
    command = [sys.executable, "-m", "django", "makemessages", "-l", "ko", "--no-location"]
    without_settings = {key: value for key, value in os.environ.items() if key != "DJANGO_SETTINGS_MODULE"}
    subprocess.run(command, cwd=tmp_path, env=without_settings, check=True, capture_output=True, timeout=120)

    drawn = messages_of(tmp_path / "locale" / "ko" / "LC_MESSAGES" / "django.po")
    known = messages_of(CATALOGUE)
    missing = [words for key, _m in drawn.items() if key not in known for words in key[1:]]

    assert not missing, f"{len(missing)} not in the catalogue (makemessages, then translate): {missing[:30]}"
