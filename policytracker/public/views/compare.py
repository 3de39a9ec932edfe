"""Two days side by side: what stood otherwise?"""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from policytracker.government.models import Commitment
from policytracker.tracking.ledger import set_back
from policytracker.tracking.moments import Moment
from policytracker.tracking.rates import roll_of
from policytracker.tracking.standing import with_standing
from policytracker.tracking.standing.status import with_terms

from ..columns import columns_of
from ..formats import format_asked_for, size_asked_for
from ..pages import PublicRequest, Refused, public_page
from ..records import record_of
from ..scores import Score
from ..twins import csv_of, json_of

DAY = forms.DateInput(attrs={"type": "date"})


class TwoDays(forms.Form):
    """The days to compare, by what is known at the moment of the page."""

    since = forms.DateField(label=_("From"), widget=DAY)
    until = forms.DateField(label=_("To"), widget=DAY)

    def clean_until(self) -> date:
        """Days that have not come cannot be compared."""
        until: date = self.cleaned_data["until"]
        if until > self.initial["today"]:
            raise forms.ValidationError(_("This day has not come yet."))
        return until


@public_page
def compare(request: PublicRequest) -> HttpResponse:
    """How commitments stood on two days, and which of them changed."""
    moment = request.moment
    initial = {
        "today": moment.as_of,
        "since": moment.as_of.replace(year=moment.as_of.year - 1, day=1),
        "until": moment.as_of,
    }
    is_asked = bool({"since", "until"} & request.GET.keys())
    form = TwoDays(request.GET if is_asked else None, initial=initial)
    context: dict[str, Any] = {"form": form}
    format_asked = format_asked_for(request)
    if is_asked and not form.is_valid():
        if format_asked:
            raise Refused(" ".join(str(error) for errors in form.errors.values() for error in errors))
        return render(request, "public/compare.html", context, status=400)
    days = form.cleaned_data if is_asked else initial
    moments = [_on(days[name], moment) for name in ("since", "until")]
    before, after = (roll_of(_promised(then), then) for then in moments)
    numbers = after.changed_since(before)
    changed = [(before.statuses.get(one.pk, ""), one) for one in _told(numbers[: size_asked_for(request)], moments[-1])]
    if format_asked:
        rows = [record_of(one) | {"status_before": old} for old, one in changed]
        if format_asked == "csv":
            return csv_of(rows, "compare", columns_of("changed"))
        told = {"since": days["since"], "until": days["until"], "count": len(numbers)}
        return json_of(request, {**told, "results": rows})
    context |= {
        "scores": [
            Score(roll.tally, then, {"made_until": then.asked_as_of})
            for roll, then in zip((before, after), moments, strict=True)
        ],
        "changed": changed,
        "changed_count": len(numbers),
    }
    return render(request, "public/compare.html", context)


def _on(day: date, moment: Moment) -> Moment:
    """That day, by what is known at the moment of the page."""
    return replace(moment, as_of=day, asked_as_of=day.isoformat(), is_present=False)


def _promised(moment: Moment) -> QuerySet[Commitment]:
    """Commitments made by that day."""
    known = with_terms(Commitment.objects.published().known(moment.known_at), moment)
    return known.filter(then_made_on__lte=moment.as_of)


def _told(numbers: list[int], moment: Moment) -> list[Any]:
    """These commitments, in this order, as the record told them at the moment."""
    rows = Commitment.objects.filter(pk__in=numbers).for_list_page()
    found = {one.pk: one for one in set_back(with_standing(rows, moment), moment)}
    return [found[pk] for pk in numbers]
