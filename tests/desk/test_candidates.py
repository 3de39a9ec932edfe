"""The queue of proposed commitments: people decide, in place, with or without script."""

import unicodedata
from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from policytracker.government.models import Alias, Commitment
from policytracker.tracking.actions.candidates import merge_candidate, reject_candidate
from policytracker.tracking.actions.mentions import reject_mentions
from policytracker.tracking.actions.suggesting import suggest
from policytracker.tracking.models import Candidate, Evidence, MachineReading, Statement
from tests.factories import (
    NOW,
    make_alias,
    make_article,
    make_candidate,
    make_commitment,
    make_initiative,
    make_mention,
    make_ministry,
    make_user,
)

pytestmark = pytest.mark.django_db
QUEUE = "/desk/candidates/"


@pytest.fixture
def analyst(client):
    user = make_user(groups=("analyst",))
    client.force_login(user)
    return user


def decide(client, candidate, do, *, htmx=False, **fields):
    data = {"kind": candidate.kind, "specificity": candidate.specificity, "statement": candidate.exact}
    if candidate.actor_ministry:
        data["actor_ministry"] = f"x [{candidate.actor_ministry.slug}]"
    sent = {f"c{candidate.pk}-{name}": value for name, value in (data | fields).items()}
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse("desk:candidate_decide", args=[candidate.pk]), {"do": do, **sent}, headers=headers)


def test_the_queue_shows_the_sentence_in_its_surroundings_with_reasons(client, analyst):
    make_candidate(reasons=[["promise_words", "will publish"], ["deadline", ""]], actor_ministry=make_ministry())

    page = client.get(QUEUE).content.decode()

    assert "the ministry will publish an annual report</mark>" in page
    assert "The ministry held a briefing on Friday." in page
    assert "promising words: “will publish”" in page
    assert "a time is named" in page


def test_an_empty_queue_says_so(client, analyst):
    page = client.get(QUEUE).content.decode()

    assert "Nothing waits" in page
    assert "Nobody has decided on a proposal yet" in page


def test_only_what_waits_is_in_the_queue(client, analyst):
    waiting, folded, decided = (make_candidate() for _ in range(3))
    Candidate.objects.filter(pk=folded.pk).update(folded_into=waiting)
    reject_candidate(candidate=decided, reason="too_vague", by=analyst, at=NOW)

    page = client.get(QUEUE).content.decode()

    assert page.count("data-candidate ") == 1
    assert "1 other sentence says the same" in page
    assert "Too vague to track" in client.get(QUEUE + "?show=decided").content.decode()


@pytest.mark.parametrize("by", ["article", "initiative", "ministry"])
def test_the_queue_of_one_subject(client, analyst, by):
    initiative, ministry = make_initiative(), make_ministry()
    ours = make_candidate(initiative=initiative, actor_ministry=ministry)
    other = make_candidate()
    asked = {"article": ours.snapshot.article_id, "initiative": initiative.slug, "ministry": ministry.slug}

    page = client.get(QUEUE, {by: asked[by]}).content.decode()

    assert f'id="c{ours.pk}"' in page
    assert f'id="c{other.pk}"' not in page


@pytest.mark.parametrize("query", ["article=0", "article=x", f"article={'9' * 30}", "initiative=no", "ministry=no"])
def test_an_unknown_subject_is_not_found(client, analyst, query):
    assert client.get(f"{QUEUE}?{query}").status_code == 404


def test_accepting_makes_a_draft_of_the_corrected_fields(client, analyst):
    candidate, ministry = make_candidate(), make_ministry()

    answer = decide(
        client,
        candidate,
        "accept",
        statement="Publish the report.",
        actor_ministry=f"x [{ministry.slug}]",
        due="2023-03",
        due_words="In March",
    )

    commitment = Commitment.objects.get()
    assert answer.status_code == 302
    assert (commitment.statement, commitment.lead_ministry) == ("Publish the report.", ministry)
    assert (commitment.due_on, commitment.due_precision) == (date(2023, 3, 31), "month")
    assert not commitment.is_published


def test_accepting_without_a_ministry_shows_the_form_again_with_what_was_typed(client, analyst):
    candidate = make_candidate()

    answer = decide(client, candidate, "accept", statement="Publish it.")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Say which ministry leads." in page
    assert "Publish it." in page
    assert Candidate.objects.waiting().exists()


def test_fields_are_saved_in_place(client, analyst):
    candidate, ministry = make_candidate(), make_ministry()

    decide(client, candidate, "save", actor_ministry=ministry.slug and f"x [{ministry.slug}]", condition="if it rains")

    candidate.refresh_from_db()
    assert (candidate.actor_ministry, candidate.condition, candidate.state) == (ministry, "if it rains", "proposed")


@pytest.mark.parametrize(
    ("do", "state", "made"),
    [("restatement", "restatement", Statement), ("evidence", "evidence", Evidence), ("merge", "merged", None)],
)
def test_attaching_to_a_known_commitment(client, analyst, do, state, made):
    candidate, commitment = make_candidate(), make_commitment()

    decide(client, candidate, do, commitment=f"x [{commitment.slug}]", stance="supports")

    candidate.refresh_from_db()
    assert (candidate.state, candidate.commitment) == (state, commitment)
    assert made is None or made.objects.filter(commitment=commitment).exists()


def test_attaching_to_nothing_is_refused(client, analyst):
    answer = decide(client, make_candidate(), "restatement")

    assert answer.status_code == 422
    assert "Say which commitment it belongs to." in answer.content.decode()


def test_known_commitments_are_found_as_one_types(client, analyst):
    commitment = make_commitment(statement="Publish the yearly report.")

    options = client.get("/desk/options/commitments/", {"field": "c1-commitment", "c1-commitment": "yearly"})

    assert commitment.slug in options.content.decode()


def test_rejecting_needs_a_reason_from_the_list(client, analyst):
    candidate = make_candidate()

    refused = decide(client, candidate, "reject")
    made_up = decide(client, candidate, "reject", reason="because")
    done = decide(client, candidate, "reject", reason="not_a_promise", reason_note="only a hope")

    candidate.refresh_from_db()
    assert (refused.status_code, made_up.status_code, done.status_code) == (422, 422, 302)
    assert (candidate.state, candidate.reason_note, candidate.decided_by) == ("rejected", "only a hope", analyst)


def test_a_rejection_can_be_taken_back(client, analyst):
    candidate = make_candidate()
    reject_candidate(candidate=candidate, reason="duplicate", by=analyst, at=NOW)

    decide(client, candidate, "reopen")

    assert Candidate.objects.waiting().get() == candidate


def fold(client, *candidates, **fields):
    return client.post(f"{QUEUE}fold/", {"candidate": [row.pk for row in candidates]} | fields)


def test_ticked_proposals_become_one_and_can_be_parted_again(client, analyst):
    first, second, third = (make_candidate() for _ in range(3))

    answer = fold(client, second, third, back=QUEUE)
    page = client.get(QUEUE).content.decode()
    decide(client, third, "unfold")

    assert answer["Location"] == f"{QUEUE}#c{second.pk}"
    assert "one proposal stands for 2 sentences" in page
    assert page.count("data-candidate ") == 2
    assert set(Candidate.objects.waiting()) == {first, second, third}


def test_ticking_fewer_than_two_that_wait_folds_nothing(client, analyst):
    waiting, decided = make_candidate(), make_candidate()
    reject_candidate(candidate=decided, reason="too_vague", by=analyst, at=NOW)

    for rows in ([], [waiting], [waiting, waiting], [waiting, decided]):
        fold(client, *rows)
    client.post(f"{QUEUE}fold/", {"candidate": ["x", "9" * 30]})

    assert not Candidate.objects.exclude(folded_into=None).exists()
    assert "Tick at least two" in client.get(QUEUE).content.decode()


def test_the_page_of_a_proposal_tells_what_happened_to_it(client, analyst):
    candidate = make_candidate()
    decide(client, candidate, "save", condition="if it rains")
    decide(client, candidate, "reject", reason="too_vague")

    decided = client.get(f"{QUEUE}{candidate.pk}/").content.decode()
    decide(client, candidate, "reopen")
    page = client.get(f"{QUEUE}{candidate.pk}/").content.decode()

    assert "Take the decision back" in decided
    told = ["proposed by the machine", "corrected its fields", "rejected it", "took the decision back"]
    places = [page.index(words, page.index("What happened to it")) for words in told]
    assert places == sorted(places)
    assert analyst.username in page


@pytest.mark.parametrize("address", ["/desk/articles/{}/", QUEUE + "?article={}"])
def test_what_was_set_apart_is_listed_with_its_article_and_can_be_queued(client, analyst, address):
    article = make_article(text="The ministry met.\nThe ministry has no plans to close the office by March.")
    suggest(article=article, at=NOW)

    page = client.get(address.format(article.pk)).content.decode()
    apart = {"snapshot": article.current_snapshot.pk, "start": 18, "end": 73}
    answer = client.post(f"{QUEUE}set-apart/", apart)

    assert "1 sentence set apart, and why" in page
    assert "denied, or left open" in page
    candidate = Candidate.objects.waiting().get()
    assert candidate.exact == "The ministry has no plans to close the office by March."
    assert answer["Location"] == f"{QUEUE}{candidate.pk}/"
    assert "set apart, and why" not in client.get(address.format(article.pk)).content.decode()


@pytest.mark.parametrize("place", [{}, {"snapshot": "x", "start": "0", "end": "1"}, {"snapshot": "9" * 30}])
def test_nonsense_takes_nothing_into_the_queue(client, analyst, place):
    assert client.post(f"{QUEUE}set-apart/", place).status_code == 404
    assert not Candidate.objects.exists()


def test_a_viewer_neither_folds_nor_takes(client):
    client.force_login(make_user(groups=("viewer",)))

    assert fold(client, make_candidate(), make_candidate()).status_code == 403
    assert client.post(f"{QUEUE}set-apart/", {}).status_code == 403
    assert "data-tick" not in client.get(QUEUE).content.decode()


ODD = {
    "capitals": "THE MINISTRY WILL PUBLISH THE REPORT IN MARCH.",
    "mixed scripts": "통일부는 the report를 3월까지 Опубликовать 할 계획이다.",
    "emoji": "👩‍👩‍👧 The ministry will publish 🇰🇷 the report in March 🎉.",
    "right to left": "וזארת ההסברה \u202eThe ministry will publish the report in March.\u202c",
    "decomposed": unicodedata.normalize("NFD", "통일부는 3월까지 보고서를 발간할 계획이다."),
    "markup": "<script>alert(1)</script> The ministry will publish the report in March.",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_sentences_are_shown_and_decided_like_others(client, analyst, text):
    article = make_article(text=text)
    suggest(article=article, at=NOW)
    candidate = Candidate.objects.waiting().get()

    page = client.get(f"{QUEUE}?article={article.pk}").content.decode()
    decide(client, candidate, "reject", reason="too_vague")

    assert f'<mark id="c{candidate.pk}-q">{escape(candidate.exact)}</mark>' in page
    assert "<script>alert" not in page
    assert Candidate.objects.get().state == "rejected"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("…", ""),
        ("The ministry will " + "publish " * 250_000, "long_sentence"),
        ("Das Ministerium wird das tun.", "language"),
    ],
    ids=["no word", "a line of 2 MB", "unsupported language"],
)
def test_a_text_that_gives_nothing_leaves_the_queue_empty_and_says_why(client, analyst, text, said):
    article = make_article(text=text)
    suggest(article=article, at=NOW)

    page = client.get(f"{QUEUE}?article={article.pk}").content.decode()

    assert "Nothing waits" in page
    assert MachineReading.objects.get().unread == ([said] if said else [])
    assert ("Not read:" in page) is bool(said)


def test_what_somebody_decided_meanwhile_is_said(client, analyst):
    candidate = make_candidate()
    merge_candidate(candidate=candidate, commitment=make_commitment(), by=analyst, at=NOW)

    answer = decide(client, candidate, "reject", reason="too_vague")

    assert answer.status_code == 422
    candidate.refresh_from_db()
    assert candidate.state == "merged"


def test_with_script_the_card_is_swapped(client, analyst):
    candidate = make_candidate()

    done = decide(client, candidate, "reject", htmx=True, reason="too_vague")
    refused = decide(client, make_candidate(), "reject", htmx=True)

    assert done.status_code == 200
    assert done.content.decode().strip().startswith("<article")
    assert "Decided: rejected" in done.content.decode()
    assert refused.status_code == 422
    assert "Say why it is rejected." in refused.content.decode()


def test_how_right_the_machine_was_is_said_honestly(client, analyst):
    for _ in range(3):
        merge_candidate(candidate=make_candidate(), commitment=make_commitment(), by=analyst, at=NOW)
    reject_candidate(candidate=make_candidate(), reason="not_a_promise", by=analyst, at=NOW)

    page = client.get(QUEUE).content.decode()

    assert "Of the last 4 decisions, 3 made use of the proposal." in page
    assert "1 Not a promise" in page


def test_a_viewer_reads_the_queue_and_decides_nothing(client):
    client.force_login(make_user(groups=("viewer",)))
    candidate = make_candidate()

    page = client.get(QUEUE)
    answer = decide(client, candidate, "reject", reason="too_vague")

    assert page.status_code == 200
    assert '<button type="submit" class="btn btn--primary"' not in page.content.decode()
    assert answer.status_code == 403
    assert Candidate.objects.waiting().exists()


def test_a_visitor_signs_in_first(client):
    candidate = make_candidate()

    assert client.get(QUEUE).status_code == 302
    assert client.get(f"{QUEUE}{candidate.pk}/").status_code == 302


def test_where_to_go_after_is_never_another_site(client, analyst):
    candidate = make_candidate()
    sent = {f"c{candidate.pk}-{name}": value for name, value in {"kind": "action", "specificity": "vague"}.items()}

    answer = client.post(f"{QUEUE}{candidate.pk}/decide/", {"do": "save", "back": "https://evil.example/", **sent})

    assert answer["Location"] == QUEUE


def test_an_unknown_decision_is_not_found(client, analyst):
    assert decide(client, make_candidate(), "explode").status_code == 404


@pytest.mark.parametrize("value", ["\x00", "x" * 5_000, "<script>", "99999999999999999999 [1]"])
def test_odd_input_gets_an_answer(client, analyst, value):
    candidate = make_candidate()

    for field in ("statement", "actor_ministry", "due", "condition", "commitment", "kind"):
        assert decide(client, candidate, "save", **{field: value}).status_code in (302, 422)


def test_the_queue_asks_few_queries_however_long_it_is(client, analyst, django_assert_max_num_queries):
    for _ in range(12):
        make_candidate(actor_ministry=make_ministry(), initiative=make_initiative(), restates=make_commitment())

    client.get(QUEUE)
    with django_assert_max_num_queries(9):
        client.get(QUEUE)


def test_a_name_that_misleads_is_listed_for_the_editor_and_removed(client):
    editor = make_user(groups=("editor",))
    client.force_login(editor)
    ministry = make_ministry()
    alias = make_alias("the Bureau", ministry=ministry)
    fine = make_alias("the Office", ministry=ministry)
    for _ in range(3):
        article = make_article()
        reject_mentions(
            mentions=[make_mention(article=article, ministry=ministry, surface="The Bureau")], by=editor, at=NOW
        )

    page = client.get("/desk/names/doubtful/").content.decode()
    client.post(f"/desk/names/{alias.pk}/remove/")

    assert "the Bureau" in page
    assert "rejected 3 times" in page
    assert "the Office" not in page
    assert list(Alias.objects.all()) == [fine]


def test_an_analyst_removes_no_name(client, analyst):
    alias = make_alias("the Bureau", ministry=make_ministry())

    assert client.post(f"/desk/names/{alias.pk}/remove/").status_code == 403
    assert Alias.objects.filter(pk=alias.pk).exists()
