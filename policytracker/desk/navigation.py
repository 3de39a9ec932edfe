"""The desk's menu: what one's role may open."""

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from .access import may

# name of the address, label, right
MENU = (
    ("desk:inbox", _("Inbox"), "enter"),
    ("desk:article_list", _("Articles"), "enter"),
    ("desk:candidate_list", _("Candidates"), "enter"),
    ("desk:commitment_list", _("Commitments"), "enter"),
    ("desk:review_list", _("Reviews"), "enter"),
    ("desk:annotation_list", _("Notes"), "enter"),
    ("desk:tag_list", _("Tags"), "enter"),
    ("desk:reference_index", _("Reference"), "enter"),
    ("desk:follow_list", _("Follows"), "follow"),
    ("desk:import_list", _("Imports"), "import"),
    ("desk:people_list", _("People"), "invite"),
    ("desk:preferences", _("Account"), "enter"),
)


@dataclass(frozen=True)
class Entry:
    """One line of the menu."""

    label: Any
    url: str
    is_current: bool


def menu(user: Any, path: str) -> list[Entry]:
    """The entries the user may open; the longest address that `path` lies under is current."""
    found = [(label, url) for name, label, right in MENU if may(user, right) and (url := _address(name))]
    current = max((url for _label, url in found if path.startswith(url)), key=len, default="")
    return [Entry(label, url, url == current) for label, url in found]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
