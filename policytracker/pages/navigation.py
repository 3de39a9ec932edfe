"""The site's main pages, as the header lists them."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

MAIN = (
    ("public:timeline", _("Timeline")),
    ("public:initiative_list", _("Initiatives")),
    ("public:commitment_list", _("Commitments")),
    ("public:ministry_list", _("Ministries")),
    ("public:official_list", _("Officials")),
    ("public:article_list", _("Articles")),
)
ABOUT = (
    ("public:methodology", _("How we judge")),
    ("public:corrections", _("Corrections")),
    ("public:sources", _("Sources")),
    ("public:about", _("About this site")),
    ("public:privacy", _("Privacy")),
    ("public:accessibility", _("Accessibility")),
)


@dataclass(frozen=True)
class Entry:
    """One line of a menu."""

    label: Any
    url: str
    is_current: bool


def menu(entries: tuple[tuple[str, Any], ...], path: str) -> list[Entry]:
    """The entries that this site serves; the one `path` lies under is current."""
    found = []
    for name, label in entries:
        try:
            url = reverse(name)
        except NoReverseMatch:  # a deployment may leave a door shut
            continue
        found.append(Entry(label, url, path.startswith(url)))
    return found
