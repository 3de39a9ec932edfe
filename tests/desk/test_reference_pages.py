"""Reference data at the desk: made in the flow of work, with a warning of namesakes, and nothing typed is lost."""

from datetime import date

import pytest
from django.urls import reverse

from policytracker.government.models import Initiative, Membership, Ministry, Official, Post, Topic
from policytracker.tracking.models import Mention
from tests.factories import (
    make_alias,
    make_article,
    make_candidate,
    make_initiative,
    make_membership,
    make_ministry,
    make_official,
    make_post,
    make_topic,
)

pytestmark = pytest.mark.django_db
KINDS = ("initiatives", "officials", "posts", "memberships", "ministries", "topics")


def new(kind: str) -> str:
    return reverse("desk:reference_new", args=[kind])


def one_of(kind: str):
    make = {
        "initiatives": make_initiative,
        "officials": make_official,
        "posts": make_post,
        "memberships": make_membership,
        "ministries": make_ministry,
        "topics": make_topic,
    }
    return make[kind]


def key_of(row) -> str:
    return getattr(row, "slug", row.pk)


def filled(kind: str) -> dict[str, str]:
    """The least that the form of a kind needs."""
    if kind == "posts":
        return {"label": "Minister of Sport", "ministry": f"[{make_ministry().slug}]", "is_single_holder": "on"}
    if kind == "memberships":
        held = {"official": f"[{make_official().slug}]", "post": f"[{make_post().slug}]"}
        return held | {"started_on": "2024-03"}
    return {
        "initiatives": {"name": "Sport for Everyone"},
        "officials": {"name": "Kwon Young-se"},
        "ministries": {"name": "Ministry of Sport", "country": "KR", "classification": "ministry"},
        "topics": {"label": "Sport", "scheme": "own", "code": "sport"},
    }[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_listed_shown_made_and_edited(reviewer, kind):
    response = reviewer.post(new(kind), filled(kind))

    assert response.status_code == 302, response.content.decode()
    row = one_of_model(kind)
    assert response["Location"] in (page_of(kind, row),)
    assert reviewer.get(response["Location"]).status_code == 200
    assert str(row) in reviewer.get(f"/desk/reference/{kind}/").content.decode()
    edit = reviewer.get(f"/desk/{kind}/{key_of(row)}/edit/")
    assert edit.status_code == (403 if kind == "topics" else 200)


def one_of_model(kind: str):
    models = dict(zip(KINDS, (Initiative, Official, Post, Membership, Ministry, Topic), strict=True))
    return models[kind].objects.order_by("-pk").first()


def page_of(kind: str, row) -> str:
    return f"/desk/initiatives/{row.slug}/" if kind == "initiatives" else f"/desk/reference/{kind}/{key_of(row)}/"


def test_what_an_analyst_makes_is_a_draft_that_a_reviewer_publishes(analyst, reviewer, client):
    analyst.post(new("officials"), {"name": "Kwon Young-se", "name_ko": "권영세", "aliases": "Minister Kwon"})
    official = Official.objects.get()

    assert (official.slug, official.name_ko, official.recorded_at) == ("kwon-young-se", "권영세", None)
    assert [alias.name for alias in official.aliases.all()] == ["Minister Kwon"]
    assert client.get("/officials/kwon-young-se/").status_code == 404
    assert analyst.post("/desk/officials/kwon-young-se/publish/").status_code == 403

    reviewer.post("/desk/officials/kwon-young-se/publish/")

    assert client.get("/officials/kwon-young-se/").status_code == 200


def test_a_viewer_makes_nothing_and_an_analyst_no_topic(viewer, analyst):
    assert viewer.get(new("officials")).status_code == 403
    assert viewer.post(new("officials"), {"name": "Kim"}).status_code == 403
    assert analyst.post(new("topics"), filled("topics")).status_code == 403
    assert not Official.objects.exists()


@pytest.mark.parametrize(
    ("known", "typed"),
    [
        ({"name": "Kwon Young-se"}, {"name": "Kwon Youngse"}),
        ({"name": "Kwon Young-se"}, {"name": "Young-se Kwon"}),
        ({"name": "Kwon Young-se"}, {"name": "Kwon Yeong-se"}),
        ({"name": "Kwon", "name_ko": "권영세"}, {"name": "Gweon", "name_ko": "권영세"}),
        ({"name": "Somebody", "alias": "Minister Kwon"}, {"name": "Minister Kwon"}),
        ({"name": "Somebody", "recorded_at": None}, {"name": "somebody"}),
    ],
)
def test_a_namesake_is_named_and_one_may_go_on_knowingly(analyst, known, typed):
    alias = known.pop("alias", "")
    held = make_official(**known)
    if alias:
        make_alias(alias, official=held)

    warned = analyst.post(new("officials"), typed)

    html = warned.content.decode()
    assert warned.status_code == 422
    assert f'href="/desk/reference/officials/{held.slug}/"' in html
    assert f'value="{typed["name"]}"' in html
    assert Official.objects.count() == 1

    knowing = {"is_another": "on", "warned_of": f"official:{held.pk}"}
    assert analyst.post(new("officials"), typed | knowing).status_code == 302
    assert Official.objects.count() == 2


def test_who_came_meanwhile_is_warned_of_again(analyst):
    first = make_official(name="Kwon Young-se")
    make_official(name="Kwon Youngse")

    response = analyst.post(
        new("officials"), {"name": "Kwon Young-se", "is_another": "on", "warned_of": f"official:{first.pk}"}
    )

    assert response.status_code == 422
    assert "Kwon Youngse" in response.content.decode()


def test_strangers_are_not_warned_of(analyst):
    make_official(name="Chung Dong-young", name_ko="정동영")
    make_ministry(name="Kwon Young-se")

    assert analyst.post(new("officials"), {"name": "Kwon Young-se", "name_ko": "권영세"}).status_code == 302


def test_editing_a_draft_is_not_warned_of_itself(analyst):
    official = make_official(name="Kwon Young-se", recorded_at=None)

    response = analyst.post(
        f"/desk/officials/{official.slug}/edit/", {"name": "Kwon Young-se", "note": "Born in Seoul."}
    )

    official.refresh_from_db()
    assert response.status_code == 302
    assert official.note == "Born in Seoul."


def test_the_same_membership_twice_is_warned_of(analyst):
    held = make_membership(is_acting=True)

    response = analyst.post(
        new("memberships"),
        {
            "official": f"[{held.official.slug}]",
            "post": f"[{held.post.slug}]",
            "started_on": "2022-05-13",
            "is_acting": "on",
        },
    )

    assert response.status_code == 422
    assert f"/desk/reference/memberships/{held.pk}/" in response.content.decode()


def test_two_holders_at_a_time_are_refused_with_the_sentence(analyst):
    held = make_membership()

    response = analyst.post(
        new("memberships"),
        {
            "official": f"[{make_official().slug}]",
            "post": f"[{held.post.slug}]",
            "started_on": "2023-01-02",
            "note": "N1",
        },
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert "Somebody else holds this post on some of these days." in html
    assert 'value="2023-01-02"' in html
    assert "N1" in html
    assert Membership.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "wrong", "sentence"),
    [
        ("officials", {"name": ""}, "This field is required."),
        ("officials", {"name": "Kim", "party": "no such party"}, "Nothing is called"),
        ("officials", {"name": "Kim", "born": "yesterday"}, "Enter a valid value."),
        ("officials", {"name": "Kim", "source_urls": "javascript:alert(1)"}, "Enter a valid URL."),
        ("officials", {"name": "x" * 201}, "at most 200 characters"),
        ("officials", {"name": "a\x00b"}, "Null characters are not allowed."),
        ("officials", {"name": "Kim", "aliases": "\n".join(map(str, range(41)))}, "At most 40 other names"),
        ("memberships", {"started_on": "someday"}, "is not a date"),
        ("memberships", {"started_on": "", "ended_on": ""}, "Say from when, until when"),
        ("memberships", {"started_on": "2024-02", "ended_on": "2023-01"}, "A membership ends after it starts."),
        ("ministries", {"country": ""}, "This field is required."),
        ("posts", {"ministry": ""}, "This field is required."),
    ],
)
def test_bad_input_gets_a_sentence_and_is_still_there(analyst, kind, wrong, sentence):
    response = analyst.post(new(kind), filled(kind) | {"note": "Typed at length."} | wrong)

    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    if kind in ("officials", "ministries", "memberships"):
        assert "Typed at length." in html


def test_a_second_head_of_a_ministry_is_refused(analyst):
    head = make_post(is_head=True)

    response = analyst.post(new("posts"), {"label": "Other", "ministry": f"[{head.ministry.slug}]", "is_head": "on"})

    assert response.status_code == 422
    assert "head" in response.content.decode()
    assert Post.objects.count() == 1


def test_a_code_of_a_topic_that_is_taken_is_refused(reviewer):
    make_topic(code="sport")

    response = reviewer.post(new("topics"), filled("topics"))

    assert response.status_code == 422
    assert Topic.objects.count() == 1


def test_a_row_is_no_part_of_itself(analyst):
    initiative = make_initiative(recorded_at=None)

    response = analyst.post(
        f"/desk/initiatives/{initiative.slug}/edit/", {"name": initiative.name, "parent": f"[{initiative.slug}]"}
    )

    assert response.status_code == 422
    assert "cannot be part of itself" in response.content.decode()


def test_two_at_once_the_second_is_told(analyst, reviewer):
    official = make_official(name="Kwon", recorded_at=None)
    address = f"/desk/officials/{official.slug}/edit/"
    seen = analyst.get(address).context["form"]["fingerprint"].value()
    reviewer.post(address, {"name": "Kwon", "note": "First.", "fingerprint": seen})

    second = analyst.post(address, {"name": "Kwon", "note": "Second.", "fingerprint": seen})

    official.refresh_from_db()
    html = second.content.decode()
    assert (second.status_code, official.note) == (422, "First.")
    assert "Somebody else saved this meanwhile" in html
    assert "Second." in html
    fresh = second.context["form"]["fingerprint"].value()
    assert analyst.post(address, {"name": "Kwon", "note": "Second.", "fingerprint": fresh}).status_code == 302


def test_sending_twice_makes_one(analyst):
    key = "7f0b6a52-8a4e-4e6c-9c8e-0d0a4e3f2b11"

    for _ in range(2):
        analyst.post(new("officials"), {"name": "Kwon", "submission_key": key, "is_another": "on", "warned_of": ""})

    assert Official.objects.count() == 1


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "topics"])
def test_what_is_public_is_not_edited(analyst, kind):
    row = one_of(kind)()

    response = analyst.get(f"/desk/{kind}/{key_of(row)}/edit/", follow=True)

    assert "corrected with a note" in response.content.decode()


def test_published_meanwhile_keeps_what_was_typed(analyst):
    official = make_official(name="Kwon")

    response = analyst.post(f"/desk/officials/{official.slug}/edit/", {"name": "Kwon", "note": "Mine, later."})

    official.refresh_from_db()
    assert (response.status_code, official.note) == (422, "")
    assert "This was published meanwhile. Correct it with a note." in response.content.decode()
    assert "Mine, later." in response.content.decode()


def test_dates_keep_their_precision_through_the_form(analyst):
    held = make_membership(
        started_on=date(2022, 5, 1),
        started_precision="month",
        ended_on=date(2023, 6, 30),
        ended_precision="approximate",
        recorded_at=None,
    )
    address = f"/desk/memberships/{held.pk}/edit/"
    form = analyst.get(address).context["form"]
    typed = {field.name: field.value() or "" for field in form.shown if field.name not in ("official", "post")}

    analyst.post(
        address,
        {name: value for name, value in typed.items() if isinstance(value, str)}
        | {"official": f"[{held.official.slug}]", "post": f"[{held.post.slug}]"},
    )

    held.refresh_from_db()
    assert (held.started_on, held.started_precision) == (date(2022, 5, 1), "month")
    assert (held.ended_on, held.ended_precision) == (date(2023, 6, 30), "approximate")


def test_a_name_met_in_an_article_is_added_and_found_there(analyst):
    article = make_article(text="Kwon Young-se met reporters on Friday.")
    desk = analyst.get(f"/desk/articles/{article.pk}/").content.decode()
    assert "A name is not known yet?" in desk

    chosen = analyst.get("/desk/reference/add/", {"kind": "officials", "name": "Kwon Young-se", "article": article.pk})
    form = analyst.get(chosen["Location"])
    assert 'value="Kwon Young-se"' in form.content.decode()
    saved = analyst.post(chosen["Location"], {"name": "Kwon Young-se"})

    assert saved["Location"] == f"/desk/articles/{article.pk}/"
    assert Mention.objects.get(article=article).official == Official.objects.get()


def test_an_unknown_name_in_another_form_leads_to_a_new_one(analyst):
    response = analyst.post(
        "/desk/commitments/new/", {"statement": "Build it.", "lead_ministry": "Ministry of <Sport>"}
    )

    html = response.content.decode()
    assert 'href="/desk/reference/ministries/new/?name=Ministry+of+%3CSport%3E" target="_blank"' in html
    assert "Ministry of &lt;Sport&gt;" in html
    assert "Build it." in html


def test_a_membership_starts_from_its_official(analyst):
    official = make_official()

    html = analyst.get(f"{new('memberships')}?official=[{official.slug}]").content.decode()

    assert f'value="{official} [{official.slug}]"' in html


@pytest.mark.parametrize(
    "path",
    [
        "/desk/reference/users/",
        "/desk/reference/users/new/",
        "/desk/reference/officials/nobody/",
        "/desk/reference/memberships/x/",
        "/desk/reference/memberships/99999999999999999999/",
        "/desk/officials/nobody/edit/",
        "/desk/users/admin/edit/",
    ],
)
def test_what_is_not_there_is_404(analyst, path):
    assert analyst.get(path).status_code == 404


def test_the_list_finds_names_in_either_language(analyst):
    make_official(name="Kwon Young-se", name_ko="권영세")
    make_official(name="Somebody Else")

    for words in ("kwon", "권영세"):
        html = analyst.get("/desk/reference/officials/", {"q": words}).content.decode()
        assert "Kwon Young-se" in html
        assert "Somebody Else" not in html


@pytest.mark.parametrize(
    ("path", "queries"),
    [("/desk/reference/", 16), ("/desk/reference/officials/", 4), ("/desk/reference/ministries/known/", 9)],
)
def test_the_pages_take_a_fixed_number_of_queries(analyst, django_assert_num_queries, path, queries):
    known = make_ministry(slug="known")
    for _ in range(4):
        make_membership(post=make_post(ministry=known))
    analyst.get(path)

    with django_assert_num_queries(queries):
        analyst.get(path)


def test_an_actor_the_record_does_not_know_is_added_from_the_queue(analyst):
    make_candidate(actor_text="Ministry of Sport & Play")
    make_candidate(actor_text="Ministry of Sport", actor_ministry=make_ministry())

    html = analyst.get("/desk/candidates/").content.decode()

    assert html.count('href="/desk/reference/add/?kind=ministries') == 1
    assert "name=Ministry%20of%20Sport%20%26%20Play" in html
