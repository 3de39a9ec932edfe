"""A form sent after the session ended is not lost: it is kept until its writer has signed in again.

Each form of the desk carries a mark that names who it was written for, signed. Only a form with a mark is kept, so
that strangers can store nothing, and only its writer gets it back.
"""

import re
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

MARK = "form_mark"
SALT = "desk.form"
LONGEST_KEPT = 2_500_000  # characters of a form; Django itself refuses more
VALID_FOR = 14 * 24 * 3600  # seconds from drawing the form to sending it
SESSION_KEY = "kept_form"
AFTER_FACTOR = "after_factor"  # in the session: where to go on once a second factor is set up
KEY = re.compile(r"[0-9a-f-]{36}")
NOT_KEPT = {MARK, "csrfmiddlewaretoken"}


def mark_for(user: Any) -> str:
    """The mark that a form drawn for this user carries."""
    return signing.dumps(user.pk, salt=SALT)


def keep_form(request: HttpRequest) -> HttpResponse | None:
    """Keep a form that was sent without a session, and lead to the sign-in page; None where there is none to keep."""
    if request.method == "POST" and request.headers.get("HX-Request") and _writer_of(request.POST) is not None:
        return HttpResponse(status=401)  # a draft that is saved as one types: the page keeps it and says so
    if not store_form(request):
        return None
    return redirect(f"{reverse('account_login')}?{urlencode({'next': reverse('desk:kept_form')})}")


def keep_stale_form(request: HttpRequest) -> HttpResponse | None:
    """Keep a form whose token against forgery is not valid any more, to be looked at and sent again by its writer.

    None where there is none to keep. It carries a mark of its own, which only the desk gives, and only to its writer.
    """
    if request.method != "POST" or request.headers.get("HX-Request"):
        return None
    if not request.user.is_authenticated:
        return keep_form(request)
    return redirect("desk:kept_form") if store_form(request) else None


def store_form(request: HttpRequest) -> bool:
    """Keep a form that was sent, for its writer; False where there is none, or it is somebody else's."""
    if request.method != "POST":
        return False
    writer = _writer_of(request.POST)
    if writer is None or (request.user.is_authenticated and request.user.pk != writer):
        return False
    fields = [[name, value] for name, values in request.POST.lists() if name not in NOT_KEPT for value in values]
    request.session[SESSION_KEY] = {"writer": writer, "path": request.get_full_path(), "fields": fields}
    return True


def name_what_was_stored(request: HttpRequest, response: HttpResponse) -> None:
    """Tell the page that kept a form as it was typed (static/typing.js) that it is stored: a redirect says so."""
    key = request.POST.get("submission_key", "") if request.method == "POST" else ""
    if response.status_code == 302 and KEY.fullmatch(key):
        response.set_cookie(
            "stored_form", key, max_age=3600, path="/desk/", samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
        )


def kept_form(request: HttpRequest) -> dict[str, Any] | None:
    """The form kept for the user who is signed in now, as {path, fields}; None where there is none."""
    kept = request.session.get(SESSION_KEY)
    return kept if kept and kept["writer"] == request.user.pk else None


def forget_form(request: HttpRequest) -> None:
    """Drop the kept form."""
    request.session.pop(SESSION_KEY, None)


def _writer_of(form: QueryDict) -> int | None:
    if sum(len(value) for values in form.lists() for value in values[1]) > LONGEST_KEPT:
        return None
    try:
        return signing.loads(form.get(MARK, ""), salt=SALT, max_age=VALID_FOR)
    except signing.BadSignature:
        return None
