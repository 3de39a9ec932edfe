"""Reading a stored article proposes mentions and candidates, once, and changes no decision."""

from datetime import date

import pytest

from policytracker.tracking.actions.candidates import reject_candidate
from policytracker.tracking.actions.mentions import confirm_mentions, reject_mentions
from policytracker.tracking.actions.suggesting import suggest
from policytracker.tracking.models import Candidate, MachineReading, Mention
from policytracker.tracking.names import record_gazetteer
from tests.factories import (
    NOW,
    make_alias,
    make_article,
    make_commitment,
    make_government,
    make_initiative,
    make_membership,
    make_ministry,
    make_official,
    make_post,
    make_snapshot,
    make_statement,
    make_user,
)

pytestmark = pytest.mark.django_db

TEXT = (
    "The Ministry of Unification held a briefing on Friday.\n"
    "In March, the ministry will publish an annual report on human rights, including in English.\n"
    "If dialogue resumes, Unification Minister Kwon Young-se plans to revive the Audacious Initiative.\n"
    "North Korea vowed to strengthen its arsenal."
)


@pytest.fixture
def record():
    make_government(country="KR")
    ministry = make_ministry(slug="mou", name="Ministry of Unification")
    post = make_post(label="Minister of Unification", ministry=ministry, is_head=True)
    kwon = make_official(slug="kwon-young-se", name="Kwon Young-se", country="KR")
    membership = make_membership(official=kwon, post=post)
    initiative = make_initiative(slug="audacious", name="Audacious Initiative")
    return {"ministry": ministry, "post": post, "kwon": kwon, "membership": membership, "initiative": initiative}


def test_mentions_and_candidates_are_proposed(record):
    article = make_article(text=TEXT)

    found = suggest(article=article, at=NOW)

    named = {(mention.surface, mention.subject) for mention in Mention.objects.proposed()}
    assert named == {
        ("Ministry of Unification", record["ministry"]),
        ("Unification Minister", record["kwon"]),
        ("Kwon Young-se", record["kwon"]),
        ("Audacious Initiative", record["initiative"]),
    }
    assert (found.new_mentions, found.new_candidates) == (4, 2)


def test_a_candidate_keeps_what_was_read_from_it(record):
    suggest(article=make_article(text=TEXT), at=NOW)

    report = Candidate.objects.get(exact__contains="annual report")
    assert (report.due_on, report.due_precision, report.due_words) == (date(2023, 3, 31), "month", "In March")
    assert (report.recurrence, report.actor_ministry) == ("yearly", record["ministry"])
    assert ["promise_words", "will publish"] in report.reasons
    revival = Candidate.objects.get(exact__contains="Audacious")
    assert revival.condition == "If dialogue resumes"
    assert (revival.actor_membership, revival.actor_ministry) == (record["membership"], record["ministry"])
    assert revival.initiative == record["initiative"]


def test_what_is_not_ours_is_noted_with_the_reading(record):
    article = make_article(text=TEXT)

    suggest(article=article, at=NOW)

    reading = MachineReading.objects.get(snapshot=article.current_snapshot)
    (start, end, why) = reading.apart[0]
    assert TEXT[start:end].startswith("North Korea vowed")
    assert why == "foreign"


def test_reading_twice_proposes_nothing_twice(record):
    article = make_article(text=TEXT)
    suggest(article=article, at=NOW)
    before = (list(Mention.objects.values()), list(Candidate.objects.values()))

    again = suggest(article=article, at=NOW)

    assert not again.is_news
    assert (list(Mention.objects.values()), list(Candidate.objects.values())) == before


def test_what_was_rejected_is_not_offered_again_even_for_a_new_snapshot(record):
    article, user = make_article(text=TEXT), make_user()
    suggest(article=article, at=NOW)
    reject_mentions(mentions=list(Mention.objects.all()), by=user, at=NOW)
    for candidate in Candidate.objects.all():
        reject_candidate(candidate=candidate, reason="not_a_promise", by=user, at=NOW)
    article.current_snapshot = make_snapshot(article=article, text="Updated.\n" + TEXT)
    article.save()

    again = suggest(article=article, at=NOW)

    assert not again.is_news
    assert not Mention.objects.proposed().exists()
    assert not Candidate.objects.waiting().exists()


def test_a_changed_text_moves_what_waits_and_proposes_what_is_new(record):
    article = make_article(text=TEXT)
    suggest(article=article, at=NOW)
    changed = "Correction.\n" + TEXT + "\nThe ministry will also open a centre in May."
    article.current_snapshot = make_snapshot(article=article, text=changed)
    article.save()

    again = suggest(article=article, at=NOW)

    mention = Mention.objects.get(ministry=record["ministry"])
    assert changed[mention.start : mention.end] == mention.surface
    assert mention.snapshot == article.current_snapshot
    assert (again.new_mentions, again.new_candidates) == (0, 1)


def test_a_mention_whose_name_left_the_record_is_withdrawn_unless_decided(record):
    alias = make_alias("briefing", ministry=record["ministry"])
    article = make_article(text=TEXT)
    suggest(article=article, at=NOW)
    assert Mention.objects.filter(surface="briefing").exists()
    confirm_mentions(mentions=list(Mention.objects.filter(surface="Kwon Young-se")), by=make_user(), at=NOW)

    alias.delete()
    suggest(article=article, at=NOW)

    assert not Mention.objects.filter(surface="briefing").exists()
    assert Mention.objects.confirmed().filter(surface="Kwon Young-se").exists()


def test_an_ambiguous_name_is_offered_with_both_senses(record):
    other = make_ministry(name="Ministry of Reunion")
    for ministry in (record["ministry"], other):
        make_alias("the Bureau", ministry=ministry)

    suggest(article=make_article(text="The Bureau said nothing."), at=NOW)

    offered = Mention.objects.proposed()
    assert {mention.ministry for mention in offered} == {record["ministry"], other}
    assert all(mention.is_ambiguous for mention in offered)


def test_spellings_of_one_name_are_counted_in_one_row(record):
    text = "The Ministry of Unification met. The ministry-of-unification spoke. MINISTRY OF UNIFICATION!"

    suggest(article=make_article(text=text), at=NOW)

    assert [(mention.occurrences, mention.start) for mention in Mention.objects.all()] == [(3, 4)]


def test_a_known_commitment_is_proposed_as_restated(record):
    known = make_commitment(
        statement="Publish the yearly report on human rights in English too.", lead_ministry=record["ministry"]
    )

    suggest(article=make_article(text=TEXT), at=NOW)

    assert Candidate.objects.get(exact__contains="annual report").restates == known


def test_a_sentence_that_is_a_statement_already_is_not_proposed(record):
    article = make_article(text=TEXT)
    quote = "In March, the ministry will publish an annual report on human rights, including in English."
    make_statement(snapshot=article.current_snapshot, quote=quote)

    suggest(article=article, at=NOW)

    assert not Candidate.objects.filter(exact__contains="annual report").exists()


def test_two_tellings_in_one_text_are_one_in_the_queue(record):
    text = (
        "The ministry will publish a report on rights in March.\n"
        "The ministry met on Friday.\nIt will publish a full report on human rights in March, with an English edition."
    )

    suggest(article=make_article(text=text), at=NOW)

    (waiting,) = Candidate.objects.waiting()
    assert "full report" in waiting.exact
    assert waiting.folded.count() == 1


def test_the_same_news_in_another_paper_is_one_in_the_queue(record):
    quote = "The ministry will publish a report on human rights in March."
    suggest(article=make_article(text=quote), at=NOW)

    suggest(article=make_article(text=f"SEOUL – {quote}", published_on=date(2023, 1, 29)), at=NOW)

    assert Candidate.objects.waiting().count() == 1
    assert Candidate.objects.count() == 2


def test_merged_subjects_lend_their_names_to_their_heir(record):
    heir = make_initiative(name="Bold Vision")
    make_initiative(name="Grand Plan for Peace", merged_into=heir)

    mentions = record_gazetteer().find("the Grand Plan for Peace", on=date(2023, 1, 27))

    assert [mention.slug for mention in mentions] == [heir.slug]


def test_an_article_without_text_gives_nothing(record):
    article = make_article(text=TEXT)
    article.current_snapshot = None

    assert not suggest(article=article, at=NOW).is_news


def test_a_text_in_another_language_says_so(record):
    article = make_article(text="Le ministère publiera un rapport sur les droits humains au mois de mars.")

    suggest(article=article, at=NOW)

    reading = MachineReading.objects.get(snapshot=article.current_snapshot)
    assert reading.unread == ["language"]
    assert reading.told_unread == ["text in a language that is not supported"]


def model_that_finds_the_briefing(text, *, on, language):
    return [{"quote": "The Ministry of Unification held a briefing on Friday.", "score": 0.7}]


def model_that_fails(text, *, on, language):
    raise RuntimeError("no answer")


def test_a_language_model_is_off_unless_set(record, settings):
    settings.READING_LANGUAGE_MODEL = f"{__name__}.model_that_finds_the_briefing"

    suggest(article=make_article(text=TEXT), at=NOW)

    assert Candidate.objects.get(exact__startswith="The Ministry of Unification held").method == "language model"


def test_a_language_model_that_fails_leaves_our_own_reading(record, settings):
    settings.READING_LANGUAGE_MODEL = f"{__name__}.model_that_fails"
    article = make_article(text=TEXT)

    found = suggest(article=article, at=NOW)

    assert found.new_candidates == 2
    assert MachineReading.objects.get(snapshot=article.current_snapshot).unread == ["model"]


def test_the_ministry_is_no_presidents_office_that_was_named_later(record):
    make_ministry(slug="president", name="Office of the President", classification="executive")
    text = (
        "The Ministry of Unification briefed the Office of the President on Friday.\n"
        "In March, the ministry will publish an annual report.\n"
    )
    article = make_article(text=text)

    suggest(article=article, at=NOW)

    assert Candidate.objects.get(snapshot__article=article).actor_ministry.slug == "mou"
