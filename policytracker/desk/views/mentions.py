"""Deciding on what an article is said to name."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from articles.models import Article
from policytracker.tracking.actions.mentions import confirm_mentions, reject_mentions
from policytracker.tracking.models import Mention

from ..access import DeskRequest, desk_view
from ..numbers import number_in


@require_POST
@desk_view("decide_proposal")
def mention_decide(request: DeskRequest, pk: int) -> HttpResponse:
    """Confirm or reject mentions of an article: those ticked or whose button was pressed."""
    article = get_object_or_404(Article, pk=pk)
    verb, _colon, one = request.POST.get("decision", "").partition(":")
    named = one.split(",") if one else request.POST.getlist("mention")
    chosen = [number for words in named if (number := number_in(words)) is not None]
    mentions = list(Mention.objects.filter(article=article, pk__in=chosen))
    if not mentions or verb not in ("confirm", "reject"):
        messages.warning(request, _("Choose at least one mention, then confirm or reject."))
    elif verb == "confirm":
        count = confirm_mentions(mentions=mentions, by=request.user, at=timezone.now())
        messages.success(
            request, ngettext("%(n)s mention confirmed.", "%(n)s mentions confirmed.", count) % {"n": count}
        )
    else:
        count = reject_mentions(mentions=mentions, by=request.user, at=timezone.now())
        messages.success(request, ngettext("%(n)s mention rejected.", "%(n)s mentions rejected.", count) % {"n": count})
    return redirect("desk:article_detail", pk=article.pk)
