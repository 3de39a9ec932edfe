"""Public pages speak Korean: every message that a reader can meet is in the catalogue."""

from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
PUBLIC = ("policytracker/public/", "policytracker/pages/", "templates/public/", "templates/components/", "templates/40")
DEBUG_ONLY = ("policytracker/pages/styleguide.py", "templates/styleguide.html")


def test_no_message_of_a_public_page_is_left_in_english():
    catalogue = read_po((ROOT / "locale/ko/LC_MESSAGES/django.po").open("rb"), locale="ko")

    missing = [
        message.id
        for message in catalogue
        if message.id
        and not (message.string if isinstance(message.string, str) else any(message.string))
        and any(file.startswith(PUBLIC) and not file.startswith(DEBUG_ONLY) for file, _line in message.locations)
    ]

    assert missing == []


def test_no_translation_loses_a_value():
    catalogue = read_po((ROOT / "locale/ko/LC_MESSAGES/django.po").open("rb"), locale="ko")

    wrong = [(message.id, list(map(str, errors))) for message, errors in catalogue.check()]

    assert wrong == []
