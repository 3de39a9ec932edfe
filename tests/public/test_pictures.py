"""The picture beside a link: right text, in Korean where a font has it, never older than the record by a minute."""

import io

import pytest
from django.test import Client
from lxml import html
from PIL import Image, ImageDraw
from trafilatura.metadata import extract_opengraph

from policytracker.public import fonts
from policytracker.public.pictures import ROOM, SIZE, fitted, picture_of, wrapped
from policytracker.public.views import pictures
from tests.factories import make_article, make_assessment, make_commitment, make_publisher

from .door import SLUGS, path_of

KOREAN = "남북 이산가족의 생사를 확인하고 편지를 나누며 상봉을 정례화한다"
needs_hangul = pytest.mark.skipif(not fonts.has_hangul(), reason="no font with Hangul here: pictures are in English")


@pytest.fixture
def drawing():
    return ImageDraw.Draw(Image.new("RGB", SIZE))


@pytest.fixture
def without_korean_font(monkeypatch):
    monkeypatch.setattr(fonts, "KOREAN", ())
    fonts.font_of.cache_clear()
    yield
    fonts.font_of.cache_clear()


def ink_of(picture: bytes) -> int:
    """How many dark pixels the picture has."""
    return sum(Image.open(io.BytesIO(picture)).convert("L").histogram()[:100])


# -- what is drawn


@pytest.mark.parametrize(
    "words", ["Short", "A title of some length that needs two lines", KOREAN * 2, "가" * 300, "x" * 300]
)
def test_every_line_of_a_title_fits(drawing, words):
    size, lines = fitted(drawing, words)

    assert lines
    assert all(drawing.textlength(line, font=fonts.font_of(size)) <= ROOM for line in lines)


def test_a_title_is_broken_between_words_and_loses_none(drawing):
    assert " ".join(wrapped(drawing, KOREAN * 2, 40)) == KOREAN * 2


def test_a_title_too_long_for_the_picture_says_so(drawing):
    _size, lines = fitted(drawing, "word " * 400)

    assert lines[-1].endswith(fonts.drawable("…"))


def test_the_numbers_of_the_scoreboard_stand_in_it():
    with_numbers = picture_of("T", "S", "", {"stalled": 5, "fulfilled": 5})

    assert with_numbers != picture_of("T", "S", "", {"stalled": 6, "fulfilled": 6})


@needs_hangul
def test_hangul_is_drawn_as_itself():
    one, other, unknown = (picture_of(title, "S", "", {}) for title in ("통일부", "외교부", "\U0010ffff" * 3))

    assert len({one, other, unknown}) == 3
    assert ink_of(one) > ink_of(picture_of("", "S", "", {}))


def test_without_a_korean_font_latin_letters_are_left(without_korean_font):
    assert not fonts.has_hangul()
    assert fonts.drawable("통일부 “Unification” – 2023…") == '"Unification" - 2023...'
    assert picture_of("통일부", "S", "", {}) == picture_of("", "S", "", {})


# -- how it is answered


@pytest.mark.django_db
def test_every_subject_has_a_picture_in_every_language(client: Client, record):
    record.ministry.i18n = {"name_ko": "통일부"}
    for prefix in ("", "/ko"):
        for kind in SLUGS:
            response = client.get(prefix + path_of(f"{kind}_picture"))

            picture = Image.open(io.BytesIO(response.content))
            assert (response["Content-Type"], picture.format, picture.size) == ("image/png", "PNG", (1200, 630))
            assert len(response.content) < 100_000


@pytest.mark.django_db
def test_a_picture_without_a_korean_font_is_english(client: Client, record, without_korean_font):
    assert client.get("/ko/ministries/mou/picture.png").content == client.get("/ministries/mou/picture.png").content


@pytest.mark.django_db
def test_a_picture_is_kept_for_a_minute_and_then_asked_after(client: Client, record):
    first = client.get("/commitments/later/picture.png")
    again = client.get("/commitments/later/picture.png", headers={"If-None-Match": first["ETag"]})
    make_assessment(commitment=record.waiting, status="stalled")

    changed = client.get("/commitments/later/picture.png", headers={"If-None-Match": first["ETag"]})

    assert first["Cache-Control"] == "public, max-age=60"
    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert changed.content != first.content


@pytest.mark.django_db
def test_a_page_of_another_day_shows_the_picture_of_that_day(client: Client, record):
    page = html.fromstring(client.get("/commitments/yearly/?as_of=2023-02-01").content.decode())

    (address,) = page.xpath("//meta[@property='og:image']/@content")

    assert address == "http://127.0.0.1:8000/commitments/yearly/picture.png?as_of=2023-02-01"
    then = client.get(address.removeprefix("http://127.0.0.1:8000"))
    assert then.content != client.get("/commitments/yearly/picture.png").content


@pytest.mark.django_db
def test_the_picture_of_an_article_tells_headline_publisher_and_day_and_none_of_its_text(client: Client, monkeypatch):
    article = make_article(headline="한반도 정책", publisher=make_publisher(name="KBS"))
    drawn = []
    monkeypatch.setattr(pictures, "picture_of", lambda *told: drawn.append(told) or picture_of(*told))

    response = client.get(f"/articles/{article.pk}/picture.png")

    assert Image.open(io.BytesIO(response.content)).size == (1200, 630)
    assert drawn == [("한반도 정책", "Policy Tracker", "KBS · 27 January 2023", {})]


@pytest.mark.django_db
def test_the_picture_of_an_article_without_publisher_or_day_has_its_headline(client: Client):
    article = make_article(headline="Nobody knows", publisher=None, published_on=None, published_precision="")

    assert client.get(f"/articles/{article.pk}/picture.png").status_code == 200
    page = html.fromstring(client.get(f"/articles/{article.pk}/").content.decode())
    assert page.xpath("//meta[@property='og:image:alt']/@content") == ["Nobody knows"]


@pytest.mark.django_db
def test_an_article_that_is_not_in_the_record_has_no_picture(client: Client):
    hidden = make_article(recorded_at=None)

    for number in (hidden.pk, 0, 99999999999999999999):
        assert client.get(f"/articles/{number}/picture.png").status_code == 404


@pytest.mark.django_db
def test_a_draft_has_no_picture(client: Client, record):
    make_commitment(slug="hidden", recorded_at=None)

    assert client.get("/commitments/hidden/picture.png").status_code == 404
    assert client.get("/commitments/draft/picture.png").status_code == 404


@pytest.mark.django_db
def test_a_page_says_to_other_sites_what_it_is(client: Client, record):
    for kind in (*SLUGS, "article"):
        path = "/ko" + path_of(f"{kind}_detail", record)
        page = html.fromstring(client.get(path).content.decode())
        told = {
            meta.get("property"): meta.get("content") for meta in page.xpath("//meta[starts-with(@property, 'og:')]")
        }
        read = extract_opengraph(page)

        assert told["og:url"] == f"http://127.0.0.1:8000{path}"
        assert told["og:image"] == f"http://127.0.0.1:8000{path}picture.png"
        assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
        assert told["og:locale"] == "ko_KR"
        assert told["og:title"]
        assert told["og:description"]
        assert told["og:image:alt"]
        assert (read["url"], read["image"]) == (told["og:url"], told["og:image"])
        assert read["sitename"] == "Policy Tracker"
        assert read["pagetype"] == ("article" if kind == "article" else "website")
        assert read["title"] == told["og:title"] != read["sitename"]
