"""What axe finds on a page: loaded once, looked at wide and narrow, light and dark, with everything that folds open."""

from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from .test_public_pages import RULES

SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
WIDE, NARROW = 1280, 390
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # all that a theme changes
RUN = "([within, options]) => axe.run(within, options).then(found => found.violations)"
WHOLE = {"include": [["html"]]}
# Head and foot of the site are looked at in both themes with the public pages.
OURS = {"include": [["main"], [".staffbar"]]}
OPEN = "document.querySelectorAll('main details').forEach((each) => { each.open = true; })"
# What can be pressed or filled in, and Tab passes by.
PASSED_BY = """() => [...document.querySelectorAll(
  'main :is(a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link])'
)].filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex < 0)
  .map(one => one.outerHTML.slice(0, 120))"""
# Hundreds of time zones are hundreds of times the same.
FEWER_ZONES = "document.querySelectorAll('optgroup:nth-of-type(n+3)').forEach(group => group.remove())"


def faults_of(page: Page, name: str) -> list[Any]:
    """The faults of the page as it is now, and the widths at which it scrolls sideways."""
    page.evaluate(OPEN)
    page.evaluate(FEWER_ZONES)
    page.evaluate(SOURCE)
    ours = {"include": [each for each in OURS["include"] if page.locator(each[0]).count()]}
    faults: list[Any] = [(name, "not reached by keyboard", each) for each in page.evaluate(PASSED_BY)]
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        if (reach := page.evaluate("document.documentElement.scrollWidth")) > width:
            faults.append((name, width, "scrolls sideways", reach))
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            within, rules = (WHOLE, RULES) if theme == "light" else (ours, {"runOnly": COLOURS})
            found = page.evaluate(RUN, [within, {**rules, "resultTypes": ["violations"]}])
            faults += [
                (name, width, theme, each["id"], [node["target"] for node in each["nodes"][:3]]) for each in found
            ]
    return faults
