"""The style page shows every component: one that is added and not shown there fails here."""

import re
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.signals import template_rendered
from lxml import html

from policytracker.pages.styleguide import styleguide

ROOT = Path(__file__).resolve().parents[2]
COMPONENTS = {f"components/{path.name}" for path in (ROOT / "templates/components").glob("_*.html")}
LAYERS = ("frame", "parts", "charts", "desk")  # of the stylesheet; the others are no components
# Parts of one page alone, or drawn by a script where it stands.
ELSEWHERE = {
    "hero",  # the front page
    "picker",  # beside a selection in the reading desk
    "staffbar",  # the desk's own menu
    "hide-marks",  # an article whose marks are hidden
    "is-on",  # a note whose passage is pointed at
    "grid-2",  # forms of the desk
    "s-pick",  # sentences to choose in the reading desk
    "count",  # how many a list of the desk holds
}
BY_WIDTH = re.compile(r"[nu]\d+$")  # of labels in charts, by how wide these are


@pytest.fixture
def page() -> tuple[HttpResponse, set[str]]:
    """The page, and the names of the templates it was drawn from."""
    drawn: set[str] = set()

    def note(template, **_about):
        drawn.add(template.name)

    template_rendered.connect(note)
    try:
        return styleguide(RequestFactory().get("/styleguide/")), drawn
    finally:
        template_rendered.disconnect(note)


def test_every_component_is_on_the_style_page(page):
    response, drawn = page

    assert response.status_code == 200
    assert COMPONENTS - drawn == set()


def test_every_part_of_the_stylesheet_is_on_the_style_page(page):
    shown = {name for element in html.fromstring(page[0].content.decode()).iter() for name in element.classes}

    missing = {name for name in _classes() if not BY_WIDTH.match(name)} - shown

    assert missing - ELSEWHERE == set()
    assert ELSEWHERE - missing == set(), "shown there after all"


def _classes() -> set[str]:
    """The classes that the layers of components name."""
    sheet = re.sub(r"/\*.*?\*/", "", (ROOT / "static/site.css").read_text(), flags=re.DOTALL)
    layers = re.split(r"@layer (\w+) \{", sheet)[1:]
    words = "".join(body for name, body in zip(layers[::2], layers[1::2], strict=True) if name in LAYERS)
    selectors = re.findall(r"([^{};]+)\{", words)
    return {name for selector in selectors for name in re.findall(r"\.([a-z][\w-]*)", selector)}
