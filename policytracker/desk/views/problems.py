"""Where a reader reports a problem with a page: no account, no session."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from policytracker.tracking.actions.problems import TooManyReports, report_problem

RETRY_AFTER = "3600"


class ProblemForm(forms.Form):
    """What is wrong, on which page, and whom to answer."""

    page = forms.CharField(label=_("Page"), max_length=500)
    body = forms.CharField(label=_("What is wrong?"), max_length=5000, widget=forms.Textarea)
    email = forms.EmailField(label=_("Your e-mail address"), required=False, help_text=_("Only if you want an answer."))


@csrf_exempt  # no session is read, and anybody may say that something is wrong
@require_http_methods(["GET", "HEAD", "POST"])
def problem_report(request: HttpRequest) -> HttpResponse:
    """The form, and the thanks. Of one sender a few reports an hour are taken."""
    form = ProblemForm(request.POST or None, initial={"page": request.GET.get("page", "").replace("\x00", "")[:500]})
    if request.method != "POST":
        return render(request, "desk/problem_report.html", {"form": form})
    if not form.is_valid():
        return render(request, "desk/problem_report.html", {"form": form}, status=422)
    told = form.cleaned_data
    try:
        report_problem(
            path=told["page"], body=told["body"], email=told["email"], sender=sender_of(request), at=timezone.now()
        )
    except TooManyReports as refusal:
        form.add_error(None, str(refusal))
        response = render(request, "desk/problem_report.html", {"form": form}, status=429)
        response["Retry-After"] = RETRY_AFTER
        return response
    is_ours = url_has_allowed_host_and_scheme(told["page"], allowed_hosts={request.get_host()})
    return render(request, "desk/problem_reported.html", {"back": told["page"] if is_ours else ""})


def sender_of(request: HttpRequest) -> str:
    """The network address that the last proxy of ours saw; what a sender writes in front of it counts for nothing."""
    seen = [*request.headers.get("X-Forwarded-For", "").split(","), request.META.get("REMOTE_ADDR", "")]
    addresses = [address.strip() for address in seen if address.strip()]
    return addresses[-1 - min(settings.PROXIES, len(addresses) - 1)] if addresses else ""
