"""The desk's pages of the record in a real browser: inbox, lists, reference forms, mergers, tags, follows."""

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import resolve
from playwright.sync_api import Browser, Page, expect

from policytracker.desk.urls import urlpatterns
from policytracker.government.models import Commitment, Government, Initiative, Milestone, Ministry, Official
from policytracker.tracking.actions.follows import follow
from policytracker.tracking.models import Follow, Notification, ProblemReport, Subscriber
from tests.factories import (
    NOW,
    make_annotation,
    make_article,
    make_candidate,
    make_commitment,
    make_membership,
    make_mention,
    make_milestone,
    make_official,
    make_tag,
    make_user,
)

from .axe import faults_of
from .test_public_pages import watched

pytestmark = pytest.mark.browser
# Addresses that only take forms, lead on, or give data.
NO_PAGE = {
    *("inbox_done", "annotation_create", "mention_decide", "article_annotations", "annotation_import"),
    *("annotation_reply", "annotation_resolve", "annotation_delete", "annotation_release", "tag_create", "tag_rename"),
    *("tag_merge", "evidence_remove", "candidate_decide", "candidate_fold", "apart_take", "alias_remove"),
    *("commitment_publish", "drift_confirm", "closing_open", "closing_close", "subject_note", "subject_tags"),
    *("reference_add", "subject_discard", "subject_publish", "import_start", "import_cancel", "import_retry"),
    *("import_report", "token_revoke", "feed_change", "report_answer", "follow_add", "notifications_read"),
    *("follow_change", "invitation_change", "lookup_options", "form_token", "kept_form"),
}
ELSEWHERE = {
    "test_desk_assessing": (
        "article_detail",
        "annotation_detail",
        "commitment_assess",
        "review_list",
        "review_detail",
        "rating_detail",
        "preferences",
        "invitation_accept",
    ),
    "test_imports": ("import_list", "import_new", "import_detail", "import_difference", "token_list", "feed_list"),
    "test_candidates_queue": ("candidate_list", "candidate_detail"),
}
LOGIN = "sessionid"


@pytest.fixture(scope="module")
def editor(demo_site: str) -> Client:
    """An admin with work in the inbox, as the client that is signed in."""
    client = Client()
    client.user = make_user("editor-of-pages", groups=("admin",))  # type: ignore[attr-defined]
    client.force_login(client.user)  # type: ignore[attr-defined]
    article = make_article(headline="An article to read")
    make_mention(article=article, ministry=Ministry.objects.get(slug="mou"))
    make_candidate(snapshot=article.current_snapshot)
    note = make_annotation(author=client.user, visibility="public", body="For everyone.")  # type: ignore[attr-defined]
    note.tags.add(make_tag("a tag of ours"))
    make_commitment(statement="A draft on a page.", recorded_at=None, created_by=client.user)  # type: ignore[attr-defined]
    make_milestone(commitment=Commitment.objects.published().first(), label="A step on a page")
    Subscriber.objects.create(email="reader@example.org", asked_at=NOW)
    ProblemReport.objects.create(path="/commitments/", body="The day is wrong.", sender_key="k", reported_at=NOW)
    make_official(slug="a-draft", name="A Draft", recorded_at=None)
    make_membership(official=make_official(slug="held", name="Somebody Held"))
    mine, _new = follow(subject=Initiative.objects.first(), by=client.user, at=NOW, note="Why.")  # type: ignore[attr-defined]
    follow(subject="yearly report", by=client.user, at=NOW)  # type: ignore[attr-defined]
    for key, read_at in (("one", None), ("two", NOW)):
        Notification.objects.create(
            follow=mine,
            key=key,
            kind="status",
            source_id=1,
            title=f"News {key}",
            old_status="in_progress",
            new_status="stalled",
            created_at=NOW,
            read_at=read_at,
        )
    return client


@pytest.fixture
def page(chromium: Browser, demo_site: str, editor: Client) -> Any:
    """A browser in which the editor is signed in."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    context.add_cookies([{"name": LOGIN, "value": editor.cookies[LOGIN].value, "url": demo_site}])
    yield context.new_page()
    context.close()


def visits() -> dict[str, str]:
    """The pages by name."""
    initiative, commitment = Initiative.objects.order_by("pk").first(), Commitment.objects.published().first()
    government = Government.objects.published().first().slug
    membership = Official.objects.get(slug="held").memberships.get()
    return {
        "inbox": "/desk/?all=1",
        "reference": "/desk/reference/",
        "list": "/desk/reference/officials/",
        "official": "/desk/reference/officials/held/",
        "ministry": "/desk/reference/ministries/mou/",
        "new official": "/desk/reference/officials/new/?name=Somebody",
        "new initiative": "/desk/reference/initiatives/new/",
        "merge": f"/desk/initiatives/{initiative.slug}/merge/",
        "ministry succeeds": "/desk/ministries/mou/succeed/",
        "membership ends": f"/desk/memberships/{membership.pk}/end/",
        "initiative": f"/desk/initiatives/{initiative.slug}/",
        "commitments": "/desk/commitments/",
        "new commitment": "/desk/commitments/new/",
        "commitment": f"/desk/commitments/{commitment.slug}/",
        "what changed since": f"/desk/commitments/{commitment.slug}/terms/",
        **_parts(commitment),
        "edit": f"/desk/commitments/{drafts().slug}/edit/",
        "correct": f"/desk/commitments/{commitment.slug}/correct/",
        "edit official": "/desk/officials/a-draft/edit/",
        "closing rounds": "/desk/closing/",
        "government": f"/desk/reference/governments/{government}/",
        "closing round": f"/desk/closing/{government}/",
        "another government": f"/desk/governments/{government}/succeed/",
        "articles": "/desk/articles/",
        "names that mislead": "/desk/names/doubtful/",
        "reports": "/desk/reports/",
        "report a problem": "/desk/problems/report/?path=/commitments/",
        "people": "/desk/people/",
        "person": f"/desk/people/{User.objects.get(username='editor-of-pages').pk}/",
        "confirm": f"/desk/follows/confirm/{Subscriber.objects.get().token}/",
        "unsubscribe": f"/desk/follows/end/{Follow.objects.first().token}/",
        "tags": "/desk/tags/",
        "tag": "/desk/tags/a-tag-of-ours/",
        "notes": "/desk/annotations/",
        "follows": "/desk/follows/",
        "follow": f"/desk/follows/by-mail/?kind=initiative&slug={initiative.slug}",
    }


def _parts(commitment: Commitment) -> dict[str, str]:
    """What belongs to a commitment: forms of each, and a step that is reached."""
    new = {kind: f"/desk/reference/{kind}/new/?commitment=[{commitment.slug}]" for kind in ("periods", "statements")}
    step = Milestone.objects.get(label="A step on a page")
    return new | {
        "milestone": f"/desk/reference/milestones/{step.pk}/",
        "milestone, reached": f"/desk/milestones/{step.pk}/reach/",
    }


def drafts() -> Commitment:
    return Commitment.objects.drafts().get(statement="A draft on a page.")


def test_no_page_of_the_record_has_an_accessibility_fault(page: Page, demo_site: str) -> None:
    wrong, faults = watched(page, demo_site), []

    for name, path in visits().items():
        response = page.goto(demo_site + path)
        assert response is not None and response.status == 200, name
        faults += faults_of(page, name)

    assert (faults, wrong) == ([], [])


def test_every_page_of_the_desk_is_looked_at_somewhere(demo_site: str, editor: Client) -> None:
    pages = {pattern.name for pattern in urlpatterns} - NO_PAGE  # type: ignore[union-attr]
    here = {resolve(path.partition("?")[0]).url_name for path in visits().values()}
    elsewhere = {name for names in ELSEWHERE.values() for name in names}

    assert pages == here | elsewhere


def test_a_namesake_is_warned_of_and_gone_past_by_keyboard(page: Page, demo_site: str) -> None:
    page.goto(f"{demo_site}/desk/reference/officials/new/")
    page.locator("#id_name").fill("Somebody Held")
    page.locator("#id_note").fill("Typed at length.")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Save draft").focus()
    page.keyboard.press("Enter")

    warning = page.get_by_role("alert").filter(has_text="This may be in the record already.")
    expect(warning).to_be_visible()
    expect(warning.get_by_role("link", name="Somebody Held")).to_be_visible()
    expect(page.locator("#id_note")).to_have_value("Typed at length.")
    assert faults_of(page, "warning") == []
    page.get_by_label("It is none of these").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save draft").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Somebody Held")
    expect(page.locator("main")).to_contain_text("Typed at length.")


def test_a_merger_is_looked_at_before_it_is_made(page: Page, demo_site: str) -> None:
    twice = make_official(slug="twice", name="Twice Told")
    make_membership(official=twice)
    page.goto(f"{demo_site}/desk/officials/twice/merge/")
    page.locator("#id_into").fill("[held]")
    page.locator("#id_note").fill("One person, two rows.")
    page.get_by_role("button", name="Check before merging").press("Enter")

    expect(page.get_by_role("heading", name="What moves to “Somebody Held”")).to_be_visible()
    assert faults_of(page, "preview") == []
    page.get_by_role("button", name="Merge into “Somebody Held”").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Somebody Held")
    page.goto(f"{demo_site}/officials/twice/")
    assert page.url == f"{demo_site}/officials/held/"


def test_a_line_of_the_inbox_is_put_aside_by_keyboard(page: Page, demo_site: str) -> None:
    page.goto(f"{demo_site}/desk/")
    line = page.locator("li", has_text="An article to read")
    expect(line).to_be_visible()

    line.get_by_role("button").focus()
    page.keyboard.press("Enter")

    expect(page.locator("main")).to_contain_text("Done. It waits here again once it changes.")
    expect(page.locator("li", has_text="An article to read")).to_have_count(0)
