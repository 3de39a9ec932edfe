"""We know that words can be annotated by mouse, by keyboard, by touch and without script, and that the right words are."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect

from policytracker.tracking.models import Annotation

from .desk import PROMISE, TEXT, article, at_desk, drag_over, place_of, tab_to, wait_until_kept

pytestmark = pytest.mark.browser

WORDS = "annual report"


def open_article(chromium: Browser, site: str, name: str = "analyst", **options) -> Page:
    page = at_desk(chromium, site, name, **options)
    page.goto(f"{site}/desk/articles/{article().pk}/")
    return page


def test_words_selected_with_the_mouse_become_a_note(chromium: Browser, desk_site: str) -> None:
    page = open_article(chromium, desk_site)

    drag_over(page, WORDS)
    page.locator(".picker button").click()
    expect(page.locator("[data-quote]")).to_have_text(WORDS)
    page.locator("label:has(input[name=motivation][value=commenting])").click()
    page.locator("#id_body").fill("By mouse.")
    page.get_by_role("button", name="Save annotation", exact=True).click()

    note = Annotation.objects.get(body="By mouse.")
    expect(page.locator(f"mark#q{note.pk}")).to_have_text(WORDS)
    start = TEXT.index(WORDS)
    assert (note.start, note.end, note.exact) == (start, start + len(WORDS), WORDS), (
        "an emoji before it is one character"
    )
    page.context.close()


def test_sentences_are_picked_and_annotated_with_the_keyboard_alone(chromium: Browser, desk_site: str) -> None:
    page = open_article(chromium, desk_site)

    tab_to(page, "[data-pick]")
    page.keyboard.press("Enter")
    expect(page.locator(".s-pick input").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    tab_to(page, "[data-pick-actions] button")
    page.keyboard.press("Enter")
    expect(page.locator("#af-h")).to_be_focused()
    tab_to(page, "input[name=motivation]")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tab_to(page, "#id_body")
    page.keyboard.type("By keyboard.")
    tab_to(page, "[data-anno-form] button[type=submit]")
    page.keyboard.press("Enter")

    expect(page.locator("[data-notes]")).to_contain_text("By keyboard.")
    note = Annotation.objects.get(body="By keyboard.")
    assert note.exact == f"{PROMISE} It gave no further details of the programme."
    assert note.motivation == "commenting"
    page.context.close()


def test_ctrl_enter_annotates_a_selection_and_escape_closes(chromium: Browser, desk_site: str) -> None:
    page = open_article(chromium, desk_site)

    drag_over(page, WORDS)
    page.keyboard.press("Control+Enter")
    expect(page.locator("[data-anno-form]")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.locator("[data-anno-form]")).to_be_hidden()
    page.context.close()


def test_sentences_are_picked_without_script(chromium: Browser, desk_site: str) -> None:
    page = open_article(chromium, desk_site, java_script_enabled=False)

    page.get_by_role("button", name="Pick sentences").click()
    page.locator('label:has-text("재단도 출범한다.") input').check()
    page.get_by_role("button", name="Annotate the picked sentences").click()
    page.locator("label:has(input[name=motivation][value=questioning])").click()
    page.locator("#id_body").fill("Without script.")
    page.get_by_role("button", name="Save annotation", exact=True).click()

    note = Annotation.objects.get(body="Without script.")
    assert note.exact == "재단도 출범한다."
    expect(page.locator(f"#q{note.pk}")).to_have_text("재단도 출범한다.")
    page.context.close()


PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def test_sentences_are_picked_by_touch(chromium: Browser, desk_site: str) -> None:
    page = open_article(chromium, desk_site, **PHONE)

    page.locator("[data-pick]").tap()
    page.locator('label:has-text("It was short.")').tap()
    page.locator("[data-pick-actions] button").tap()
    page.locator("label:has(input[name=motivation][value=commenting])").tap()
    page.locator("#id_body").fill("By touch.")
    page.get_by_role("button", name="Save annotation", exact=True).tap()

    expect(page.locator("[data-notes]")).to_contain_text("By touch.")
    assert Annotation.objects.get(body="By touch.").exact == "It was short."
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()


def test_words_selected_by_touch_are_offered_a_button(chromium: Browser, desk_site: str) -> None:
    page = open_article(chromium, desk_site, **PHONE)
    place = place_of(page, "briefing")

    # A long press selects a word; the handles are the system's, so what they do is done here.
    page.touchscreen.tap(place["left"] + 5, place["y"])
    page.evaluate(
        """() => {
          const walk = document.createTreeWalker(document.querySelector('[data-annotatable]'), NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const at = walk.currentNode.data.indexOf('briefing');
            if (at >= 0) return document.getSelection().setBaseAndExtent(walk.currentNode, at, walk.currentNode, at + 8);
          }
        }"""
    )
    button = page.locator(".picker button")
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert box is not None
    assert box["height"] >= 44, "a finger hits it"
    button.tap()

    expect(page.locator("[data-quote]")).to_have_text("briefing")
    page.context.close()


def test_a_session_that_ended_mid_form_loses_nothing(chromium: Browser, desk_site: str) -> None:
    page = open_article(chromium, desk_site)
    drag_over(page, WORDS)
    page.locator(".picker button").click()
    page.locator("label:has(input[name=motivation][value=commenting])").click()
    page.locator("#id_body").fill("An hour of work.")
    Session.objects.all().delete()

    page.get_by_role("button", name="Save annotation", exact=True).click()
    page.locator("#id_login").fill("analyst")
    page.locator("#id_password").fill("correct horse")
    page.locator("main button[type=submit]").click()
    expect(page.locator("main")).to_contain_text("An hour of work.")
    page.get_by_role("button", name="Save it now").click()

    expect(page.locator("[data-notes]")).to_contain_text("An hour of work.")
    assert Annotation.objects.filter(body="An hour of work.").count() == 1
    page.context.close()


def test_a_dropped_connection_loses_nothing_and_doubles_nothing(chromium: Browser, desk_site: str) -> None:
    page = open_article(chromium, desk_site)
    drag_over(page, WORDS)
    page.locator(".picker button").click()
    page.locator("label:has(input[name=motivation][value=commenting])").click()
    page.locator("#id_body").press_sequentially("Written in a tunnel.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Save annotation", exact=True).click()
    page.wait_for_url("chrome-error://**")
    page.context.set_offline(False)

    page.goto(f"{desk_site}/desk/articles/{article().pk}/")
    expect(page.locator("[data-anno-form]")).to_contain_text("What you had typed here is back.")
    expect(page.locator("[data-quote]")).to_have_text(WORDS)
    expect(page.locator("#id_body")).to_have_value("Written in a tunnel.")
    page.get_by_role("button", name="Save annotation", exact=True).click()
    expect(page.locator("[data-notes]")).to_contain_text("Written in a tunnel.")
    page.goto(f"{desk_site}/desk/articles/{article().pk}/")

    expect(page.locator("[data-anno-form]")).to_be_hidden()
    assert Annotation.objects.filter(body="Written in a tunnel.").count() == 1
    page.context.close()


def test_a_window_that_was_closed_mid_form_loses_nothing(chromium: Browser, desk_site: str) -> None:
    page = at_desk(chromium, desk_site, "analyst")
    page.goto(f"{desk_site}/desk/commitments/new/")
    page.locator("#id_statement").press_sequentially("Publish the")
    wait_until_kept(page)
    again = page.context.new_page()
    page.close()

    again.goto(f"{desk_site}/desk/commitments/new/")
    expect(again.locator("#id_statement")).to_have_value("Publish the")
    again.get_by_role("button", name="Drop it").click()

    expect(again.locator("#id_statement")).to_have_value("")
    again.context.close()


def test_what_was_typed_is_given_to_nobody_else_and_cleared_by_signing_out(chromium: Browser, desk_site: str) -> None:
    page = at_desk(chromium, desk_site, "analyst")
    page.goto(f"{desk_site}/desk/commitments/new/")
    page.locator("#id_statement").press_sequentially("A secret plan")
    wait_until_kept(page)

    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "/desk/" not in url)

    page.wait_for_function("Object.keys(localStorage).length === 0")
    page.context.close()
