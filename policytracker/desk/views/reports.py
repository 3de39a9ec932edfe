"""What readers reported, and what was done about it."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from policytracker.tracking.actions.problems import answer_problem
from policytracker.tracking.models import ProblemReport

from ..access import DeskRequest, desk_view
from ..paging import page_of


class AnswerForm(forms.Form):
    """What was done about a report."""

    answer = forms.CharField(
        label=gettext_lazy("What was done"), max_length=5_000, widget=forms.Textarea(attrs={"rows": 2})
    )


@require_safe
@desk_view("handle_reports")
def report_list(request: DeskRequest) -> HttpResponse:
    """Reports nobody has answered, and those answered last."""
    return _draw(request)


@require_POST
@desk_view("handle_reports")
def report_answer(request: DeskRequest, pk: int) -> HttpResponse:
    """Close a report with what was done about it."""
    report = get_object_or_404(ProblemReport, pk=pk)
    form = AnswerForm(request.POST, auto_id=f"id_{pk}_%s")
    if not form.is_valid():
        return _draw(request, refused=(pk, form))
    answer_problem(report=report, answer=form.cleaned_data["answer"], by=request.user, at=timezone.now())
    messages.success(request, _("The report is closed."))
    return redirect("desk:report_list")


def _draw(request: DeskRequest, *, refused: tuple[int, AnswerForm] | None = None) -> HttpResponse:
    waiting = ProblemReport.objects.waiting().order_by("reported_at")[:100]
    forms_of = {report.pk: AnswerForm(auto_id=f"id_{report.pk}_%s") for report in waiting}
    if refused is not None:
        forms_of[refused[0]] = refused[1]
    context = {
        "waiting": [(report, forms_of[report.pk]) for report in waiting],
        "page": page_of(ProblemReport.objects.handled(), request, size=20),
    }
    return render(request, "desk/report_list.html", context, status=422 if refused else 200)
