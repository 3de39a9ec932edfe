"""Korean pages: whatever falls back to English says so, to the ear and to a translator."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from lxml import html

from policytracker.pages.translated import quote_language, script_language
from tests.factories import make_ministry

from .door import page_names, path_of

pytestmark = pytest.mark.django_db

LATIN = re.compile(r"[A-Za-z]{3}")
HANGUL = re.compile(r"[가-힣]")
# Names that are the same in every language: of files, of the site, of a fingerprint, of an extractor.
SAME = re.compile(
    rf"JSON|CSV|BibTeX|CSL-JSON|SHA-256|UTC|KST|{re.escape(settings.SITE_NAME)}|https?://\S+|\S+@\S+|plaintext"
)
SILENT = ("script", "style", "pre", "code", "svg")  # not read aloud as words; charts have a label in their place


def unspoken(page) -> list[str]:
    """Words in Latin letters alone that stand in Korean: the text of each element and after it, by its nearest `lang`."""
    found = []
    for element in page.iter():
        if not isinstance(element.tag, str) or any(a.tag in SILENT for a in (element, *element.iterancestors())):
            continue
        for words in (element.text, *(child.tail for child in element)):
            words = SAME.sub("", words or "")
            nearest = next(a.get("lang") for a in (element, *element.iterancestors()) if a.get("lang"))
            if nearest == "ko" and LATIN.search(words) and not HANGUL.search(words):
                found.append(f"<{element.tag}> {' '.join(words.split())}")
    return found


def test_no_page_has_words_in_latin_letters_that_do_not_say_their_language(client: Client, record):
    silent = {}
    for name in [*page_names(), "embed"]:
        path = "/ko" + path_of(name, record)
        if found := unspoken(html.fromstring(client.get(path).content.decode())):
            silent[path] = found

    assert "\n".join(f"{path}: {'; '.join(found)}" for path, found in silent.items()) == ""


@pytest.mark.parametrize(
    "path",
    [
        "/ko/commitments/?status=nonsense",
        "/ko/commitments/none/",
        "/ko/timeline/?as_of=2023-02-30",
        "/ko/?as_of=2023-06-01",
    ],
)
def test_pages_of_other_states_are_korean_too(client: Client, record, path):
    assert unspoken(html.fromstring(client.get(path).content.decode())) == []


def test_what_is_translated_is_told_in_korean_and_without_a_language(client: Client):
    make_ministry(slug="both", name="Ministry of Unification", i18n={"name_ko": "통일부"})

    page = client.get("/ko/ministries/").content.decode()

    assert "통일부" in page
    assert "Ministry of Unification" not in page


@pytest.mark.parametrize(
    ("page", "words", "language"),
    [
        ("ko", "Office of the President", "en"),
        ("ko", "통일부", ""),
        ("ko", "KBS 뉴스", ""),
        ("ko", "2023", ""),
        ("en", "통일부", "ko"),
        ("en", "Office", ""),
        ("en", "Office (통일부)", ""),
    ],
)
def test_the_script_of_a_name_tells_its_language(page, words, language):
    with translation.override(page):
        assert script_language(words) == language


def test_a_summary_in_english_of_a_korean_source_is_english():
    assert quote_language("The ministry plans a foundation.", "ko") == "en"
    assert quote_language("재단을 출범한다", "ko") == "ko"
    assert quote_language("Die Ministerin", "de") == "de"
