"""The front page: what changed, what is late, what is due, how do ministries stand?"""

from django.http import HttpResponse
from django.shortcuts import render

from articles.models import Article
from policytracker.government.holders import holders_on
from policytracker.government.models import Commitment, Membership, Ministry
from policytracker.tracking.ledger import set_back
from policytracker.tracking.models import TimelineEvent
from policytracker.tracking.moments import Moment
from policytracker.tracking.rates import scoreboard_and_near
from policytracker.tracking.timeline import EVERYTHING, timeline_of

from ..due import calendar_near
from ..keyset import counted
from ..lines import line_of
from ..pages import PublicRequest, public_page
from ..scores import scores_by_ministry, sum_of

Kind = TimelineEvent.Kind
NEWS = (Kind.STATUS, Kind.COMMITMENT, Kind.CORRECTION)
MOST = 6
MOST_MINISTRIES = 20
SOON = 90  # days


@public_page
def home(request: PublicRequest) -> HttpResponse:
    """What changed lately, what is overdue or due, and the scoreboard."""
    moment = request.moment
    promised = Commitment.objects.published().known(moment.known_at)
    news = timeline_of(EVERYTHING, moment, kinds=NEWS, size=MOST, with_years=False, with_responsible=False)
    tallies, near = scoreboard_and_near(promised, moment, by="lead_ministry", limit=MOST + 1)
    calendar = calendar_near(promised, moment, near, MOST)
    ministries = scores_by_ministry(tallies, moment)
    score = sum_of((score for _ministry, score in ministries), moment)
    context = {
        "score": score,
        "ministries": ministries[:MOST_MINISTRIES],
        "ministry_count": len(ministries),
        "ministers": _ministers([ministry for ministry, _score in ministries[:MOST_MINISTRIES]], moment),
        "lines": [line_of(entry) for entry in news.entries],
        "overdue": calendar.overdue,
        "overdue_count": score.overdue,
        "ahead": [due for due in calendar.ahead if due.days <= SOON],
        "articles": counted(Article.objects.published().known(moment.known_at)),
    }
    return render(request, "public/home.html", context)


def _ministers(ministries: list[Ministry], moment: Moment) -> dict[int, str]:
    """Who heads each ministry on the day asked for."""
    heads = set_back(
        Membership.objects.heading([ministry.pk for ministry in ministries]).known(moment.known_at), moment
    )
    return {
        ministry.pk: ", ".join(
            str(held.official)
            for held in holders_on((head for head in heads if head.post.ministry_id == ministry.pk), moment.as_of)
        )
        for ministry in ministries
    }
