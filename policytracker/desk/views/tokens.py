"""API tokens of one's own: made, shown once, revoked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from policytracker.desk.access import desk_view
from policytracker.desk.forms.imports import TokenForm
from policytracker.tracking.actions.tokens import issue_token, revoke_token
from policytracker.tracking.models import ApiToken


@require_http_methods(["GET", "POST"])
@desk_view("import")
def token_list(request: HttpRequest) -> HttpResponse:
    """My tokens; a new one's secret stands on the answer to the form that made it, and nowhere else."""
    form = TokenForm(request.POST or None)
    me: Any = request.user
    secret = ""
    if request.method == "POST" and form.is_valid():
        _token, secret = issue_token(name=form.cleaned_data["name"], by=me, at=timezone.now())
        form = TokenForm()
    context = {"tokens": ApiToken.objects.filter(user=me), "form": form, "secret": secret}
    return render(request, "desk/token_list.html", context, status=422 if form.errors else 200)


@require_POST
@desk_view("import")
def token_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """End a token of mine at once."""
    token = get_object_or_404(ApiToken, pk=pk, user=request.user)
    revoke_token(token=token, by=request.user, at=timezone.now())
    messages.success(request, _("“%s” opens nothing any more.") % token)
    return redirect("desk:token_list")
