"""We know that the product does its main job on real input, from the import of an article to what the public sees."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from policytracker.government.models import Commitment
from policytracker.tracking.models import Annotation, Assessment, Evidence, Mention

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "kbs-world-2023-01-27.txt"
PROMISE = (
    "In March, the ministry will publish an annual report on the North's human rights situation, including in English."
)
EVIDENCE = "The English edition followed on 26 April 2023, the ministry said."

pytestmark = pytest.mark.django_db


def sign_in(username: str) -> Client:
    """Somebody at their own browser, signed in through the real page."""
    client = Client()
    response = client.post(reverse("account_login"), {"login": username, "password": f"{username}-demo"})
    assert response.status_code == 302
    return client


def run(*arguments: str) -> str:
    output = StringIO()
    call_command(*arguments, stdout=output, stderr=StringIO())
    return output.getvalue()


def passage(article: Article, quote: str) -> dict[str, Any]:
    snapshot = article.current_snapshot
    assert snapshot is not None
    start = snapshot.text.index(quote)
    return {"snapshot": snapshot.pk, "start": start, "end": start + len(quote), "exact": quote}


def page_of(client: Client, name: str, *arguments: Any, **query: str) -> str:
    response = client.get(reverse(name, args=arguments), query)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def record(settings: Any, tmp_path: Path) -> Path:
    """The demo record, whose three users may sign in, and a second article in a file of our own."""
    if not SEED.is_file():
        pytest.skip(f"{SEED} is not here: the main job was not tried on the real article")
    settings.DEBUG = True
    run("load_demo")
    settings.DEBUG = False
    second = tmp_path / "second.txt"
    second.write_text(
        "Ministry Releases English Edition of Rights Report\n\nWritten: 2023-04-26 10:00:00\n\n"
        f"The first public report on human rights in the North is now available in English. {EVIDENCE}\n\n"
        "A Korean edition had come out at the end of March, on the thirtieth, as had been promised in January.\n",
        encoding="utf-8",
    )
    return second


def test_from_the_article_to_the_public_timeline(record: Path) -> None:
    visitor, analyst, reviewer = Client(), sign_in("analyst"), sign_in("reviewer")

    # An admin imports the article; again says unchanged.
    assert "created 1" in run("import_articles", str(SEED))
    assert "unchanged 1" in run("import_articles", str(SEED))
    run("import_articles", str(record))
    article = Article.objects.get(is_summary=False, headline__startswith="Unification Ministry to Seek Contact")
    second = Article.objects.get(headline__startswith="Ministry Releases English Edition")
    snapshot = article.current_snapshot
    assert snapshot is not None
    assert article.section == "Politics"
    assert article.published_at is not None
    assert article.published_at.isoformat() == "2023-01-27T07:14:18+00:00"
    assert article.updated_at is not None
    assert article.updated_at.isoformat() == "2023-01-27T10:30:21+00:00"
    assert article.image_credit == "YONHAP News"
    assert snapshot.text.count(article.headline) == 0
    assert not {"Menu Content", "Editor's Pick", "cookies"} & {
        w for w in ("Menu Content", "Editor's Pick", "cookies") if w in snapshot.text
    }
    assert len(snapshot.sha256) == 64

    # The analyst finds it read: who is mentioned, the initiative under its alias too. She confirms one.
    run("suggest", "--article", str(article.pk))
    mention = Mention.objects.get(
        article=article, initiative__slug="audacious-initiative", surface__iexact="audacious initiative"
    )
    desk = page_of(analyst, "desk:article_detail", article.pk)
    for name in ("Ministry of Unification", "Kwon Young-se", "Yoon Suk Yeol", "Audacious Initiative"):
        assert name in desk
    analyst.post(reverse("desk:mention_decide", args=[article.pk]), {"decision": f"confirm:{mention.pk}"})
    mention.refresh_from_db()
    assert mention.state == "confirmed"

    # She highlights the sentence on the annual report, and makes a commitment of it.
    note = {"motivation": "identifying", "visibility": "public", "then": "commitment", "tags": "annual report"}
    answer = analyst.post(reverse("desk:annotation_create", args=[article.pk]), passage(article, PROMISE) | note)
    assert answer.status_code == 302, answer.context["page"].form.errors
    annotation = Annotation.objects.get(snapshot=snapshot, exact=PROMISE)
    terms = {
        "statement": "Publish a yearly report on human rights in the North, in Korean and in English.",
        "lead_ministry": "Ministry of Unification [mou]",
        "initiative": "Report on North Korean Human Rights [nk-human-rights-report]",
        "made_on": "2023-01-27",
        "due": "March 2023",
        "due_words": "In March",
        "recurrence": "yearly",
        "kind": "action",
        "specificity": "specific",
        "verifiability": "verifiable",
        "tags": "annual report",
    }
    answer = analyst.post(f"{reverse('desk:commitment_new')}?annotation={annotation.uuid}", terms)
    assert answer.status_code == 302, answer.context["form"].errors
    commitment = Commitment.objects.get(statement=terms["statement"])
    assert (str(commitment.due_on), commitment.due_precision, commitment.recurrence) == (
        "2023-03-31",
        "month",
        "yearly",
    )
    assert commitment.statements.get().exact == PROMISE

    # The second article gives the evidence; she drafts an assessment and submits it.
    found = {
        "motivation": "assessing",
        "visibility": "public",
        "commitment": f"[{commitment.slug}]",
        "stance": "supports",
    }
    answer = analyst.post(reverse("desk:annotation_create", args=[second.pk]), passage(second, EVIDENCE) | found)
    assert answer.status_code == 302, answer.context["page"].form.errors
    evidence = Evidence.objects.get(commitment=commitment)
    reviewer.post(reverse("desk:commitment_publish", args=[commitment.slug]))
    draft = {
        "status": "partly_fulfilled",
        "effective_from": "2023-04-26",
        "rationale": "Korean in time, English 26 days late.",
        "reason_code": "later_than_said",
        "evidence": [evidence.pk],
        "do": "submit",
    }
    answer = analyst.post(reverse("desk:commitment_assess", args=[commitment.slug]), draft)
    assert answer.status_code == 302, answer.context["form"].errors
    assessment = Assessment.objects.get(commitment=commitment)
    assert assessment.stage == "submitted"

    # The visitor sees the commitment, and neither the draft status nor its evidence.
    before = page_of(visitor, "public:commitment_detail", commitment.slug)
    assert PROMISE in before.replace("&#x27;", "'")
    assert draft["rationale"] not in before
    assert EVIDENCE not in before
    assert draft["rationale"] not in page_of(visitor, "public:initiative_detail", "nk-human-rights-report")

    # Who wrote it does not publish it; the reviewer does.
    review = reverse("desk:review_detail", args=[assessment.pk])
    analyst.post(review, {"do": "publish"})
    assessment.refresh_from_db()
    assert assessment.recorded_at is None
    reviewer.post(review, {"do": "publish"})
    assessment.refresh_from_db()
    assert assessment.recorded_at is not None
    assert assessment.recorded_at <= timezone.now()

    # Now the visitor sees commitment, quote, status and events, in date order, filtered too.
    after = page_of(visitor, "public:commitment_detail", commitment.slug)
    assert draft["rationale"] in after
    assert EVIDENCE in after
    assert "Partly fulfilled" in after
    timeline = page_of(visitor, "public:initiative_detail", "nk-human-rights-report")
    made, judged = timeline.rindex(terms["statement"]), timeline.index(draft["rationale"])
    assert judged < made  # newest first
    filtered = page_of(
        visitor, "public:commitment_list", status="partly_fulfilled", initiative="nk-human-rights-report"
    )
    assert terms["statement"] in filtered
    none = page_of(visitor, "public:commitment_list", status="stalled", initiative="nk-human-rights-report")
    assert terms["statement"] not in none
