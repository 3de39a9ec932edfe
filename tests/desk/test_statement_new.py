"""We know that a restatement is put on record from a passage, with who said it, when, and what changed."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from articles.identity import address_key
from articles.models import ArticleAddress
from policytracker.tracking.corrections import ledger_faults
from policytracker.tracking.models import Statement
from tests.desk.conftest import client_of
from tests.desk.test_subject_correct import correct, settle
from tests.factories import (
    NOW,
    QUOTE,
    make_annotation,
    make_article,
    make_commitment,
    make_evidence,
    make_membership,
    make_ministry,
    make_statement,
)

pytestmark = pytest.mark.django_db
NEW = "/desk/reference/statements/new/"
LATER = "Some years later the ministry hopes to publish a report.\n보고서를 발간할 계획이다."


def make_report(**fields):
    return make_commitment(slug="report", lead_ministry=make_ministry(name="Ministry of Unification"), **fields)


def test_a_restatement_is_recorded_from_its_words(analyst):
    commitment = make_report()
    make_statement(commitment=commitment, is_original=True)
    held = make_membership()
    article = make_article(text=LATER, published_on=date(2024, 3, 1), recorded_at=None)
    typed = {
        "commitment": "[report]",
        "exact": "the ministry hopes to publish a report",
        "said_in": f"https://tracker.example.org/desk/articles/{article.pk}/",
        "said_on": "2024-02",
        "membership": f"[{held.pk}]",
        "drift": "hedge_added",
    }

    saved = analyst.post(NEW, typed)

    assert saved["Location"] == "/desk/commitments/report/#statements"
    said = Statement.objects.get(is_original=False)
    assert said.snapshot.text[said.start : said.end] == said.exact == typed["exact"]
    assert (said.said_on, said.said_precision, said.membership) == (date(2024, 2, 1), "month", held)
    assert (said.drift, said.ministry, said.added_by) == ("hedge_added", commitment.lead_ministry, analyst.user)
    assert "hedge added" in analyst.get("/desk/commitments/report/").content.decode()


def test_once_public_readers_see_it_with_the_article_it_stands_in(analyst, reviewer, client):
    commitment = make_report()
    article = make_article(text=LATER, published_on=date(2024, 3, 1), recorded_at=None)
    analyst.post(NEW, {"commitment": "[report]", "exact": "publish a report", "said_in": str(article.pk)})
    said = Statement.objects.get()
    assert (said.said_on, said.recorded_at) == (date(2024, 3, 1), None)
    assert client.get(f"/articles/{article.pk}/").status_code == 404

    reviewer.post(f"/desk/statements/{said.pk}/publish/")

    assert client.get(f"/articles/{article.pk}/").status_code == 200
    assert client.get(f"/commitments/{commitment.slug}/").status_code == 200
    said.refresh_from_db()
    assert said.is_published


def test_a_note_and_a_piece_of_evidence_lend_their_words(analyst):
    commitment = make_report()
    note = make_annotation(about_commitment=commitment)
    piece = make_evidence(commitment=commitment)

    for link, row in ((f"annotation={note.uuid}", note), (f"evidence={piece.pk}", piece)):
        form = analyst.get(f"{NEW}?commitment=[report]&{link}").context["form"]
        assert form["exact"].value() == QUOTE
        assert form["start"].value() == str(row.start)
    assert f"annotation={note.uuid}" in analyst.get(f"/desk/annotations/{note.uuid}/").content.decode()
    assert f"evidence={piece.pk}" in analyst.get("/desk/commitments/report/").content.decode()


def test_a_private_note_of_somebody_else_lends_nothing(analyst):
    note = make_annotation(about_commitment=make_report(), visibility="private")

    form = analyst.get(f"{NEW}?commitment=[report]&annotation={note.uuid}").context["form"]

    assert not form["exact"].value()


def test_the_second_of_two_places_is_kept(analyst):
    make_report()
    article = make_article(text="We will build it. Yes, we will build it.")
    typed = {"commitment": "[report]", "exact": "will build it", "said_in": str(article.pk), "start": "26"}

    analyst.post(NEW, typed | {"snapshot": str(article.current_snapshot_id)})

    assert Statement.objects.get().start == 26


def test_an_article_is_found_by_its_address(analyst):
    make_report()
    article = make_article(url="https://news.example.org/story")
    key = address_key(article.url)
    ArticleAddress.objects.create(key=key, url=article.url, article=article, added_at=NOW)

    analyst.post(NEW, {"commitment": "[report]", "exact": QUOTE, "said_in": "http://www.news.example.org/story/"})

    assert Statement.objects.get().snapshot.article == article


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"exact": "the ministry will never publish it"}, "do not stand in the article"),
        ({"exact": "  \r\n "}, "required"),
        ({"exact": "x" * 5_001}, "at most 5000"),
        ({"said_in": "99999999999999999999"}, "No article"),
        ({"said_in": "https://[nonsense"}, "No article"),
        ({"said_in": "ftp://news.example.org/1"}, "No article"),
        ({"said_on": "someday"}, "is not a date"),
        ({"membership": "[0]"}, "not there any more"),
        ({"drift": "exploded"}, "not one of the available choices"),
        ({"commitment": "[gone]"}, "not there any more"),
    ],
)
def test_what_cannot_be_is_refused_and_the_words_stay(analyst, typed, sentence):
    make_report()
    least = {"commitment": "[report]", "exact": QUOTE, "said_in": str(make_article().pk), "said_on": "2024-07"}

    refused = analyst.post(NEW, least | typed)

    html = refused.content.decode()
    assert refused.status_code == 422
    assert sentence in html
    assert (least | typed)["said_on"] in html
    assert not Statement.objects.exists()


def test_an_article_without_a_date_asks_when(analyst):
    make_report()
    article = make_article(published_on=None, published_precision="")

    refused = analyst.post(NEW, {"commitment": "[report]", "exact": QUOTE, "said_in": str(article.pk)})

    assert "Say when it was said." in refused.content.decode()


def test_the_same_passage_is_told_once_on_any_path(analyst):
    said = make_statement(commitment=make_report())
    typed = {"commitment": "[report]", "exact": QUOTE, "said_in": str(said.snapshot.article_id)}

    warned = analyst.post(NEW, typed)
    insisted = analyst.post(NEW, typed | {"is_another": "on", "warned_of": f"statement:{said.pk}"})

    assert warned.status_code == insisted.status_code == 422
    assert "on record for this commitment already" in insisted.content.decode()
    with pytest.raises(IntegrityError), transaction.atomic():
        make_statement(commitment=said.commitment, snapshot=said.snapshot)


def test_a_public_statement_is_corrected_but_never_its_words(editor, client):
    said = make_statement(commitment=make_report())
    url = f"/desk/statements/{said.pk}/correct/"
    assert "exact" not in editor.get(url).context["form"].fields

    correct(editor, url, said_on="2023-01-26", note="It was said a day earlier.")

    settle()
    said.refresh_from_db()
    assert (said.said_on, said.exact) == (date(2023, 1, 26), QUOTE)
    assert "It was said a day earlier." in client.get("/corrections/").content.decode()
    assert ledger_faults() == []


def test_a_draft_statement_is_changed_and_taken_away(analyst):
    said = make_statement(commitment=make_report(), recorded_at=None)
    form = analyst.get(f"/desk/statements/{said.pk}/edit/").context["form"]
    typed = {"commitment": "[report]", "said_on": "2023-02", "drift": "reworded"}
    typed |= {name: form[name].value() for name in ("exact", "said_in", "snapshot", "start")}

    analyst.post(f"/desk/statements/{said.pk}/edit/", typed)
    said.refresh_from_db()
    assert (said.said_on, said.said_precision, said.drift) == (date(2023, 2, 1), "month", "reworded")

    analyst.post(f"/desk/statements/{said.pk}/discard/")
    assert not Statement.objects.exists()


def test_who_may_not_draft_records_nothing(db):
    assert client_of("viewer").get(NEW).status_code == 403
