"""How somebody likes to work, as they say it."""

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from policytracker.tracking.models import Follow


class PreferenceForm(forms.Form):
    """Language, time zone, mails."""

    language = forms.ChoiceField(
        label=_("Language"),
        required=False,
        choices=lambda: [("", _("As my browser asks")), *settings.LANGUAGES],
        help_text=_("Of the desk, and of mails to you."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        required=False,
        choices=lambda: zones(),
        help_text=_("Times at the desk are shown in it; daily and weekly mails come at seven in the morning there."),
    )
    wants_mail = forms.BooleanField(label=_("Mail me what changes about the things I follow"), required=False)
    cadence = forms.ChoiceField(
        label=_("How often, unless I say otherwise"),
        choices=Follow.Cadence,
        help_text=_("What I follow from now on begins with this."),
    )


def zones() -> list[Any]:
    """The time zones by continent, the site's own first."""
    by_area: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(available_timezones()):
        area, slash, place = name.partition("/")
        if slash and area not in ("Etc", "SystemV"):
            by_area.setdefault(area, []).append((name, place.replace("_", " ")))
    return [("", _("The site’s: %(zone)s") % {"zone": settings.TIME_ZONE}), ("UTC", "UTC"), *by_area.items()]
