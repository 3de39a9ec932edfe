"""The numbered threats to what visitors read, each on every address of the door.

Held elsewhere: 15 in `tests/browser/test_public_pages.py`, 59 in `test_embeds.py`, 64 in `test_kept.py` (what is taken
back leaves our copies at once and those of proxies within a minute, for none may keep a page longer), 82 in
`test_calendars.py`, `test_feeds.py` and `test_twins.py`.

Cannot arise: 65, for there are no links to previews: a draft is read at the desk alone. Of 64 the answer 410, for
nothing published is taken away: a verdict is withdrawn and stays on its page as such. 83 is the edge's: pages carry
`s-maxage`, so that a proxy answers a burst, and whatever is to be taken away whole is asked for in pages of a thousand.
"""

import re
from datetime import date

import pytest
from django.test import Client
from lxml import html

from policytracker.public.views.sitemaps import SITEMAPS
from tests.factories import (
    make_annotation,
    make_article,
    make_assessment,
    make_commitment,
    make_evidence,
    make_initiative,
    make_ministry,
    make_official,
    make_publisher,
    make_statement,
    make_topic,
)

from .door import names, page_names, path_of

pytestmark = pytest.mark.django_db

EVIL = """"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"""
LONG = "x" * 7000


def joined(path: str, query: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{query}"


def dangers_in(page: str) -> list[str]:
    """What of a page could run: scripts that are not our files, handlers, addresses of another scheme than the web's."""
    root = html.fromstring(page)
    scripts = [one for one in root.iter("script") if one.get("type") != "application/ld+json"]
    found = [f"script {one.text}" for one in scripts if not (one.get("src") or "").startswith("/static/")]
    for element in root.iter():
        for name, value in element.attrib.items() if isinstance(element.tag, str) else ():
            is_address = name in ("href", "src", "action", "formaction")
            scheme = re.match(r"\s*([a-z][a-z0-9+.-]*):", value.lower()) if is_address else None
            if name.startswith("on") or (scheme and scheme[1] not in ("http", "https", "mailto")):
                found.append(f"<{element.tag} {name}={value[:40]}>")
    return found


def test_43_70_what_was_stored_is_shown_as_words_on_every_page(client: Client, record):
    ministry = make_ministry(slug="evil", name=EVIL, note=EVIL)
    official = make_official(slug="evil", name=EVIL)
    initiative = make_initiative(slug="evil", name=EVIL, description=EVIL, lead_ministry=ministry)
    topic = make_topic(slug="evil", label=EVIL[:60])
    commitment = make_commitment(slug="evil", statement=EVIL, initiative=initiative, lead_ministry=ministry)
    commitment.topics.add(topic)
    text = f"{EVIL} the ministry will publish an annual report {EVIL}"
    article = make_article(headline=EVIL, text=text, publisher=make_publisher(name=EVIL), section=EVIL, is_summary=True)
    make_statement(commitment=commitment, snapshot=article.current_snapshot)
    evidence = make_evidence(commitment=commitment, snapshot=article.current_snapshot, note=EVIL)
    make_assessment(commitment=commitment, evidence=[evidence], rationale=EVIL, status="stalled")
    make_annotation(snapshot=article.current_snapshot, body=EVIL, visibility="public", recorded_at=evidence.recorded_at)
    subjects = [
        *(f"/{plural}/evil/" for plural in ("ministries", "officials", "initiatives", "topics", "commitments")),
        f"/articles/{article.pk}/",
        "/embed/commitment/evil/",
        "/embed/initiative/evil/",
        "/commitments/evil/cite/",
        "/commitments/evil/embedding/",
    ]

    told = 0
    for path in [*(path_of(name, record) for name in page_names()), *subjects]:
        page = client.get(path).content.decode()
        assert dangers_in(page) == [], path
        told += "&lt;script&gt;alert(1)" in page
    assert told > 12  # they were really shown
    assert official.slug == "evil"


def test_71_what_was_asked_is_shown_as_words_on_every_page(client: Client, record):
    for number, name in enumerate(page_names()):
        for query in ("q", ("kind", "sort", "as_of", "after", "since")[number % 5]):
            page = client.get(path_of(name, record), {query: EVIL}).content.decode()
            assert not page.startswith("<") or dangers_in(page) == [], (name, query)
    for path in (f"/{EVIL}/", f"/commitments/{EVIL}/", f"/ko/topics/{EVIL}/"):
        response = client.get(path)
        assert (response.status_code, dangers_in(response.content.decode())) == (404, [])


def test_every_answer_forbids_scripts_of_others(client: Client, record):
    for path in [*(path_of(name, record) for name in page_names()), "/no-such-page/", "/commitments/?as_of=x"]:
        policy = client.get(path)["Content-Security-Policy"]
        assert "script-src 'self'" in policy, path
        assert "unsafe" not in policy, path


# Forms of some addresses beyond the one that each has by name.
FORMS = (
    "/commitments/?format=csv",
    "/timeline/?format=csv",
    "/deadlines/?format=csv",
    "/commitments/yearly/?format=csv",
    "/commitments/yearly/cite/?format=csl",
    "/embed/initiative/report/",
    "/embed/ministry/mou/",
    "/search/?q=draft",
    "/search/feed.atom?q=draft",
    *(f"/sitemap-{section}.xml" for section in SITEMAPS),
)


def test_63_a_draft_is_on_no_answer_in_any_form_or_language(client: Client, record):
    paths = [path_of(name, record) for name in names()]
    forms = [joined(path, "format=json") for path in paths]
    past = [joined(f"/ko{path}", "as_of=2026-06-01") for path in paths]
    for path in [*paths, *FORMS, *past, *forms]:
        response = client.get(path)
        told = response.content + repr(dict(response.headers)).encode()
        assert b"DRAFT" not in told, path
        assert b"/draft/" not in told, path
        assert response.status_code == 200 or path in forms, path  # not every address has a twin


def test_66_the_address_of_a_draft_answers_like_a_free_one(client: Client, record):
    for plural in ("initiatives", "commitments", "ministries", "officials"):
        for ending in ("", "feed.atom", "deadlines.ics", "picture.png", "cite/", "?format=json"):
            taken, free = (client.get(f"/{plural}/{slug}/{ending}") for slug in ("draft", "fresh"))

            assert taken.status_code == free.status_code == 404
            assert taken.content.replace(b"draft", b"fresh") == free.content, (plural, ending)
            assert {**taken.headers, "X-Request-Id": ""} == {**free.headers, "X-Request-Id": ""}, (plural, ending)


@pytest.mark.parametrize(
    "words",
    [
        "((((",
        "'",
        ":*",
        "a & | b",
        "\\",
        "%",
        "_",
        '"unclosed',
        "-" * 50,
        "- " * 50,
        "-(" * 50,
        '-"' * 50,
        "or -x " * 60,
        "﷽" * 20,
        "NEAR/5",
    ],
)
def test_72_no_search_is_a_fault_of_ours(client: Client, record, words):
    for path in ("/search/", "/search/feed.atom"):
        assert client.get(path, {"q": words}).status_code == 200, path
    for path in ("/articles/", "/commitments/", "/initiatives/", "/officials/"):
        assert client.get(path, {"q": words, "format": "json"}).status_code in (200, 400), path  # 400: too long


def test_72_what_no_filter_is_called_is_not_asked_of_the_database(client: Client, record):
    for query in ("order_by=-pk", "_connector=OR", "pk__in=1", "recorded_at__isnull=1", "status__regex=("):
        assert client.get(f"/commitments/?{query}").status_code == 200, query


@pytest.mark.parametrize("number", ["-1", "0", "1" + "0" * 20, "1e309", "٣", "x", "2147483648", "9223372036854775808"])
def test_73_no_number_is_a_fault_of_ours(client: Client, record, number):
    asked = dict.fromkeys(("page", "after", "page_size", "offset", "p"), number)
    for path in ("/timeline/", "/commitments/", "/initiatives/?format=json", "/corrections/", "/sitemap-pages.xml"):
        assert client.get(path, asked).status_code in (200, 400, 404), path
    assert client.get("/commitments/", {"before": number}).status_code in (400, 404)
    for path in (f"/articles/{number}/", f"/hand-over/{number}/", f"/articles/{number}/picture.png"):
        assert client.get(path).status_code == 404, path


def test_74_long_and_many_parameters_are_answered(client: Client, record):
    many = "&".join(f"p{number}=1" for number in range(1500))
    for query in (f"q={LONG}", many, "status=stalled&" * 200, "a[]=1&a[]=2", "&&&;;;===", "q=%ff%fe"):
        for path in ("/commitments/", "/timeline/", "/search/", "/feed.atom", "/articles/?format=json"):
            assert client.get(joined(path, query)).status_code in (200, 400), (path, query[:20])


def test_75_the_host_that_was_asked_is_in_no_link(client: Client, record, settings):
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
    settings.ALLOWED_HOSTS = ["mirror.example"]
    told = {"Host": "mirror.example", "X-Forwarded-Host": "evil.example", "X-Original-Url": "/evil"}
    for number, name in enumerate(names()):
        response = client.get(("", "/ko")[number % 2] + path_of(name, record), headers=told)
        assert response.status_code == 200, name
        assert b"mirror.example" not in response.content, name
        assert b"evil" not in response.content, name


def test_76_the_next_reader_gets_what_the_address_says(client: Client, record, settings):
    settings.KEPT_SECONDS = 30
    odd = {
        "Accept-Language": "ko",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "evil.example",
        "Range": "bytes=0-5",
    }
    for name in page_names():
        path = path_of(name, record)
        plain = Client().get(path, headers={"Accept-Language": "en"})
        if name == "home":  # the one page that is offered in the reader's own language, and says so to caches
            assert "Accept-Language" in plain["Vary"]
            continue
        Client().head(path, headers=odd)
        chosen = Client()
        chosen.cookies["language"] = "ko"
        chosen.cookies["theme"] = "dark"
        assert "private" in chosen.get(path, headers=odd).get("Cache-Control", "private"), name

        again = Client().get(path, headers=odd)

        assert (again.status_code, again.content) == (200, plain.content), name
        assert not again.cookies, name
    for path in ("/desk/x.css", "/accounts/login/", "/desk/"):
        assert "public" not in client.get(path).get("Cache-Control", ""), path


@pytest.mark.parametrize(
    "path",
    ["/static/../manage.py", "/static/%2e%2e/manage.py", "/.git/config", "/.env", "/dump.sql", "/metrics", "/media/x"],
)
def test_78_no_file_of_ours_is_served(client: Client, path):
    assert client.get(path).status_code == 404
    assert client.get("/sources/", {"file": "../../etc/passwd"}).status_code == 200


def test_60_84_long_headers_change_nothing_and_no_other_site_may_read_as_the_reader(client: Client, record):
    headers = {
        "Accept-Language": ",".join(f"k{number}-x;q=0.{number % 9}" for number in range(700))[:7000],
        "Accept": ";" * 6000,
        "Cookie": "a=" + "b" * 4000,
        "Range": "bytes=0-1,2-3,4-5,6-7,8-9,10-11",
    }
    for number, name in enumerate(names()):
        origin = ("https://evil.example", "null")[number % 2]
        response = client.get(path_of(name, record), headers={**headers, "Origin": origin})
        assert response.status_code == 200, name
        assert [header for header in response.headers if header.lower().startswith("access-control")] == [], name


def test_nothing_here_can_be_written(record):
    client = Client(enforce_csrf_checks=True)
    for name in names():
        for method in (client.post, client.put, client.patch, client.delete):
            response = method(path_of(name, record))

            assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS"), name
            assert not response.cookies, name


def test_a_day_before_the_record_began_is_a_page_like_any_other(client: Client, record):
    for name in page_names():
        status = client.get(joined(path_of(name, record), f"as_of={date(1950, 1, 1)}&known_at=1950-01-01")).status_code
        assert status in (200, 404), name
