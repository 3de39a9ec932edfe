"""We know that the main job can be done in a real browser: from a sentence in an article to a public status."""

from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from articles.models import Article
from policytracker.government.models import Commitment
from policytracker.tracking.models import Evidence

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "kbs-world-2023-01-27.txt"
STATEMENT = "Publish a yearly report on human rights in the North, in both languages."
RATIONALE = "Korean in time, English 26 days late."
NEWS = """Ministry Releases English Edition of Rights Report

Written: 2023-04-26 10:00:00

The ministry released the English edition of its report on human rights in the North on Wednesday.

The Korean edition had come out at the end of March, as had been promised at the January briefing.
"""

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(chromium: Browser, site: str, name: str) -> Page:
    """Somebody at their own browser."""
    page = chromium.new_context(viewport={"width": 1280, "height": 900}).new_page()
    page.goto(f"{site}/accounts/login/")
    page.locator("#id_login").fill(name)
    page.locator("#id_password").fill(f"{name}-demo")
    page.locator("main button[type=submit]").click()
    page.wait_for_url("**/desk/**")
    return page


def choose(page: Page, field: str, value: str) -> None:
    """Press the toggle of a radio button."""
    page.locator(f"label:has(input[name={field}][value={value}])").first.click()


def annotate(page: Page, site: str, article: Article, sentence: str) -> None:
    """Pick one sentence with the keyboard and open the form on it."""
    page.goto(f"{site}/desk/articles/{article.pk}/?pick=1")
    box = page.locator(f'label:has-text("{sentence}") input[name=s]').first
    box.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Annotate the picked sentences").click()
    expect(page.locator("[data-anno-form]")).to_be_visible()


def test_from_a_sentence_to_a_public_status(chromium: Browser, live_server: Any, settings: Any, tmp_path: Path) -> None:
    if not SEED.is_file():
        pytest.skip(f"{SEED} is not here: the main job was not tried in the browser")
    site = settings.SITE_URL = live_server.url
    rubric = import_module("policytracker.tracking.migrations.0002_makes_the_first_rubric")
    rubric.make_rubric(apps, None)  # an earlier test that committed may have emptied the tables
    settings.DEBUG = True  # only then may the demo's users sign in
    call_command("load_demo", verbosity=0)
    settings.DEBUG = False
    second = tmp_path / "second.txt"
    second.write_text(NEWS, encoding="utf-8")
    call_command("import_articles", str(SEED), str(second))
    article = Article.objects.get(is_summary=False, headline__startswith="Unification Ministry to Seek")
    news = Article.objects.get(headline__startswith="Ministry Releases English Edition")

    # The analyst picks the promise and makes a commitment of it.
    analyst = sign_in(chromium, site, "analyst")
    annotate(analyst, site, article, "In March, the ministry will publish")
    choose(analyst, "visibility", "public")
    analyst.get_by_role("button", name="Save and make a commitment of it").click()
    analyst.wait_for_url("**/commitments/new/**")
    analyst.locator("#id_statement").fill(STATEMENT)
    analyst.locator("#id_lead_ministry").fill("Ministry of Unification [mou]")
    analyst.locator("#id_initiative").fill("Report on North Korean Human Rights [nk-human-rights-report]")
    analyst.locator("#id_due").fill("March 2023")
    analyst.locator("#id_recurrence").select_option("yearly")
    choose(analyst, "verifiability", "verifiable")
    analyst.get_by_role("button", name="Save commitment").click()
    expect(analyst.get_by_role("heading", level=1)).to_have_text(STATEMENT)
    commitment = Commitment.objects.get(statement=STATEMENT)
    assert (str(commitment.due_on), commitment.due_precision) == ("2023-03-31", "month")

    # A sentence of the second article becomes evidence; she concludes, and hands it over.
    annotate(analyst, site, news, "The ministry released the English edition")
    choose(analyst, "motivation", "assessing")
    analyst.locator("#id_commitment").fill(f"[{commitment.slug}]")
    choose(analyst, "stance", "supports")
    analyst.get_by_role("button", name="Save annotation", exact=True).click()
    expect(analyst.locator(".note").first).to_be_visible()
    evidence = Evidence.objects.get(commitment=commitment)
    analyst.goto(f"{site}/desk/commitments/{commitment.slug}/assess/")
    choose(analyst, "status", "partly_fulfilled")
    analyst.locator("#id_reason_code").select_option("later_than_said")
    analyst.locator("#id_effective_from").fill("2023-04-26")
    analyst.locator("#id_rationale").fill(RATIONALE)
    analyst.locator(f"#id_evidence_{evidence.pk}").check()
    analyst.get_by_role("button", name="Submit for review").click()
    analyst.wait_for_url("**/desk/reviews/*/")
    review = analyst.url

    # A visitor sees nothing of it until a second person has published.
    visitor = chromium.new_context().new_page()
    assert visitor.goto(f"{site}/commitments/{commitment.slug}/").status == 404  # type: ignore[union-attr]
    reviewer = sign_in(chromium, site, "reviewer")
    reviewer.goto(review)
    reviewer.get_by_role("button", name="Publish", exact=True).click()
    expect(reviewer.locator("main")).to_contain_text("checked by")

    visitor.goto(f"{site}/commitments/{commitment.slug}/")
    expect(visitor.locator("main")).to_contain_text(RATIONALE)
    expect(visitor.locator("main")).to_contain_text("In March, the ministry will publish an annual report")
    visitor.goto(f"{site}/initiatives/nk-human-rights-report/")
    expect(visitor.locator("main")).to_contain_text(RATIONALE)
