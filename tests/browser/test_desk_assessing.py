"""We know that an assessment goes from a draft to the public in a real browser, in few steps, and that nothing is lost."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from policytracker.tracking.actions.invitations import invite, token_of
from policytracker.tracking.models import Assessment, BlindRating
from tests.factories import NOW, make_annotation, make_assessment, make_commitment, make_evidence

from .axe import WIDE, faults_of
from .desk import article, at_desk, propose, tab_to

pytestmark = pytest.mark.browser

MOST_INTERACTIONS = 12


class Counted:
    """A page on which each thing a person does is counted: opening, pressing, choosing, filling in."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.count = 0

    def open(self, url: str) -> None:
        self.count += 1
        self.page.goto(url)

    def press(self, name: str, **options: Any) -> None:
        self.count += 1
        self.page.get_by_role("button", name=name, **options).click()

    def follow(self, name: str) -> None:
        self.count += 1
        self.page.get_by_role("link", name=name).first.click()

    def choose(self, field: str, value: str) -> None:
        self.count += 1
        self.page.locator(f"label:has(input[name={field}][value={value}])").first.click()

    def fill(self, selector: str, words: str) -> None:
        self.count += 1
        self.page.locator(selector).fill(words)


def test_from_a_proposal_to_a_submitted_assessment_takes_few_steps(chromium: Browser, desk_site: str) -> None:
    me = Counted(at_desk(chromium, desk_site, "analyst"))

    me.open(f"{desk_site}/desk/articles/{article().pk}/")
    me.follow("Make a commitment")
    me.choose("verifiability", "verifiable")
    me.press("Save, put these words on file, and assess")
    me.choose("status", "in_progress")
    me.fill("#id_rationale", "The ministry has said when; the work has begun.")
    me.press("Submit for review")
    me.page.wait_for_url("**/desk/reviews/*/")

    assessment = Assessment.objects.get(commitment__statement="Publish a yearly report on human rights.")
    assert assessment.stage == "submitted"
    assert assessment.links.count() == 1
    assert me.count <= MOST_INTERACTIONS
    assert me.count == 7, "say so here when it takes more or fewer"
    me.page.context.close()


def test_so_does_evidence_for_a_commitment_that_is_known(chromium: Browser, desk_site: str) -> None:
    propose("재단도 출범한다.")
    me = Counted(at_desk(chromium, desk_site, "analyst"))

    me.open(f"{desk_site}/desk/articles/{article().pk}/")
    me.follow("Decide otherwise")
    card = me.page.locator("[data-candidate]")
    me.fill("input[name$=-commitment]", "Open an office. [open-an-office]")
    me.press("Attach as evidence")
    expect(card).to_contain_text("Attached as evidence")
    me.follow("Open the commitment")
    me.follow("Assess")
    me.choose("status", "in_progress")
    me.fill("#id_rationale", "It is being set up.")
    me.press("Submit for review")
    me.page.wait_for_url("**/desk/reviews/*/")

    assert Assessment.objects.get(commitment__slug="open-an-office").links.count() == 1
    assert me.count <= MOST_INTERACTIONS
    me.page.context.close()


def drafting(chromium: Browser, site: str, slug: str) -> Page:
    page = at_desk(chromium, site, "analyst")
    page.goto(f"{site}/desk/commitments/{slug}/assess/")
    return page


def test_a_draft_saves_itself_survives_a_dropped_connection_and_is_published(chromium: Browser, desk_site: str) -> None:
    commitment = make_commitment(slug="a-draft", statement="Publish a plan.")
    make_evidence(commitment=commitment)
    page = drafting(chromium, desk_site, "a-draft")

    # As one types it is saved; without a connection the words stay, and go when it is back.
    page.locator("#id_rationale").press_sequentially("The plan")
    expect(page.locator("#draft-state")).to_contain_text("Draft saved at")
    assert Assessment.objects.get(commitment=commitment).rationale == "The plan"
    page.context.set_offline(True)
    page.locator("#id_rationale").press_sequentially(" is out.")
    expect(page.locator("#draft-state")).to_contain_text("No connection")
    page.context.set_offline(False)
    expect(page.locator("#draft-state")).to_contain_text("Draft saved at", timeout=10_000)
    assert Assessment.objects.get(commitment=commitment).rationale == "The plan is out."

    # In a second window the same draft is changed; the first is shown both, and loses nothing.
    second = page.context.new_page()
    second.goto(page.url)
    second.locator("#id_rationale").fill("The plan was delayed.")
    second.get_by_role("button", name="Save draft").click()
    expect(second.locator("main")).to_contain_text("Draft saved")
    page.locator("#id_rationale").fill("The plan is out, in full.")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("main")).to_contain_text("As it was saved elsewhere")
    expect(page.locator("main")).to_contain_text("The plan was delayed.")
    expect(page.locator("#id_rationale")).to_have_value("The plan is out, in full.")
    page.locator("label:has(input[name=status][value=in_progress])").click()
    page.get_by_role("button", name="Submit for review").click()
    page.wait_for_url("**/desk/reviews/*/")

    # A second person publishes, with the keyboard alone; a visitor reads it.
    reviewer = at_desk(chromium, desk_site, "reviewer")
    reviewer.goto(page.url)
    tab_to(reviewer, "button[name=do][value=publish]")
    reviewer.keyboard.press("Enter")
    expect(reviewer.locator("main")).to_contain_text("checked by")
    visitor = chromium.new_context().new_page()
    visitor.goto(f"{desk_site}/commitments/a-draft/")
    expect(visitor.locator("main")).to_contain_text("The plan is out, in full.")
    for one in (page, reviewer, visitor):
        one.context.close()


@pytest.fixture(scope="module")
def desk_pages(desk_site: str) -> dict[str, str]:
    """Pages of the desk and of accounts by name, with something on each."""
    commitment = make_commitment(slug="on-pages", statement="Print a map.")
    make_evidence(commitment=commitment)
    note = make_annotation(snapshot=article().current_snapshot, quote="annual report", body="See https://example.org/.")
    make_annotation(snapshot=article().current_snapshot, quote="publish an annual", body="Overlaps.")
    make_annotation(snapshot=article().current_snapshot, quote="annual report", parent=note, body="I agree.")
    waiting = make_assessment(
        commitment=commitment, evidence=list(commitment.evidence.all()), published=False, stage="submitted"
    )
    judged = make_assessment(commitment=make_commitment(statement="Draw a map."))
    rater = User.objects.get(username="admin")
    rating = BlindRating.objects.create(assessment=judged, rater=rater, invited_by=judged.reviewer, invited_at=NOW)
    here = f"/desk/articles/{article().pk}/"
    return {
        "article": here,
        "article, picking": f"{here}?pick=1",
        "article, form open": f"{here}?s=1",
        "annotation": f"/desk/annotations/{note.uuid}/",
        "annotations": "/desk/annotations/",
        "commitment": "/desk/commitments/on-pages/",
        "commitment, new": "/desk/commitments/new/",
        "assess": "/desk/commitments/on-pages/assess/",
        "reviews": "/desk/reviews/",
        "review": f"/desk/reviews/{waiting.pk}/",
        "blind rating": f"/desk/ratings/{rating.pk}/",
        "preferences": "/desk/preferences/",
        "password": "/accounts/password/change/",
        "e-mail": "/accounts/email/",
        "second factor": "/accounts/2fa/",
        "sessions": "/accounts/sessions/",
        "sign out": "/accounts/logout/",
    }


@pytest.fixture(scope="module")
def doors(desk_site: str) -> dict[str, str]:
    """Pages on the way in by name."""
    group, by = Group.objects.get(name="analyst"), User.objects.get(username="admin")
    invitation = invite(email="new@example.org", groups=[group], language="en", by=by, at=timezone.now())
    return {
        "sign in": "/accounts/login/",
        "password reset": "/accounts/password/reset/",
        "sign up": "/accounts/signup/",
        "invitation": f"/desk/invitation/{token_of(invitation)}/",
        "invitation, over": "/desk/invitation/x/",
    }


def test_no_page_of_the_desk_or_of_accounts_has_an_accessibility_fault(
    chromium: Browser, desk_site: str, desk_pages: dict[str, str], doors: dict[str, str]
) -> None:
    admin = at_desk(chromium, desk_site, "admin", reduced_motion="reduce")
    stranger = chromium.new_context(reduced_motion="reduce").new_page()
    faults: list[Any] = []

    for page, pages in ((admin, desk_pages), (stranger, doors)):
        for name, path in pages.items():
            page.set_viewport_size({"width": WIDE, "height": 900})
            page.goto(desk_site + path)
            faults += faults_of(page, name)

    admin.context.close()
    stranger.context.close()
    assert faults == []


REACHABLE = """() => {
  const seen = new Set();
  const groups = new Set();
  for (const one of document.querySelectorAll('main :is(a[href], button, input:not([type=hidden]), select, textarea, summary)')) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.disabled || one.tabIndex < 0) continue;
    if (one.type === 'radio') {
      const group = one.form ? `${[...document.forms].indexOf(one.form)}:${one.name}` : one.name;
      if (groups.has(group)) continue;
      groups.add(group);
    }
    seen.add(one.type === 'radio' ? `radio ${one.name}` : one.outerHTML.slice(0, 120));
  }
  return [...seen];
}"""
WATCH = """() => {
  window.reached = [];
  document.addEventListener('focusin', event => {
    const one = event.target;
    window.reached.push(one.type === 'radio' ? `radio ${one.name}` : one.outerHTML.slice(0, 120));
  });
}"""


def test_everything_that_can_be_done_is_reached_with_the_keyboard(
    chromium: Browser, desk_site: str, desk_pages: dict[str, str]
) -> None:
    page = at_desk(chromium, desk_site, "reviewer")
    missed = {}

    for name in (
        "article",
        "article, picking",
        "article, form open",
        "annotation",
        "assess",
        "review",
        "preferences",
        "commitment",
    ):
        page.goto(desk_site + desk_pages[name])
        wanted = set(page.evaluate(REACHABLE))
        page.evaluate(WATCH)
        page.locator("main").focus()
        for _ in range(len(wanted) + 5):
            page.keyboard.press("Tab")
        if unreached := wanted - set(page.evaluate("window.reached")):
            missed[name] = sorted(unreached)[:5]

    page.context.close()
    assert missed == {}
