"""More kinds of sites of other countries, which are only measured: a ticker, an agency, a bulletin, two from Korea."""

import json
import random
from datetime import datetime, timedelta

from tests.articles.importing.pages import furniture_en as en
from tests.articles.importing.pages import furniture_ko as ko
from tests.articles.importing.pages.builder import Gold, Page, Story, Template
from tests.articles.importing.pages.templates import _e, _iso, _p


def ticker(story: Story, when: datetime, rng: random.Random) -> Page:
    """A live page: each paragraph an entry under its own time, the oldest at the end."""
    entries = "".join(
        f'<div class="live-entry" id="e{index}"><time datetime="{_iso(when + timedelta(minutes=9 * index))}">{when + timedelta(minutes=9 * index):%H:%M}</time><p>{_e(text)}</p><button>Share</button></div>'
        for index, text in enumerate(story.paragraphs)
    )
    data = {
        "@context": "https://schema.org", "@type": "LiveBlogPosting", "headline": story.headline, "datePublished": _iso(when), "coverageStartTime": _iso(when),
        "author": {"@type": "Person", "name": story.authors[0]}, "publisher": {"@type": "Organization", "name": "Flood Tide"},
    }  # fmt: skip
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} – live | Flood Tide</title><script type="application/ld+json">{json.dumps(data)}</script></head><body>{en.menu()}<main><header><span class="live">Live</span><h1>{_e(story.headline)}</h1><div class="by"><a rel="author" href="#">{story.authors[0]}</a></div>
<p class="stamp">{when:%a} {when.day} {when:%b %Y} {when:%H.%M} KST</p></header><div class="live-feed">{entries}</div><button>Load more entries</button></main>{en.cards(rng, 3)}{en.FOOTER}</body></html>"""
    gold = Gold(
        story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}", _iso(when), publisher="Flood Tide"
    )
    return Page(f"ticker-{story.slug}", body.encode(), f"https://floodtide.example/live/{story.slug}", gold)


def agency(story: Story, when: datetime, rng: random.Random) -> Page:
    """An agency: byline of two, a moment in words, a dateline, who reported at the end."""
    one, two = story.authors[0], "Ines Calloway"
    first, *rest = story.paragraphs
    told = (f"PORT CALDER, {when:%b} {when.day} (Seaboard) - {first}", *rest)
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} | Seaboard</title><meta property="og:title" content="{_e(story.headline)}"><meta property="og:site_name" content="Seaboard"><meta name="article:published_time" content="{_iso(when)}"></head><body>{en.menu()}<article><header><a href="#">Politics</a><h1 data-testid="Heading">{_e(story.headline)}</h1>
<div class="info"><span>By <a href="#">{one}</a> and <a href="#">{two}</a></span><time datetime="{_iso(when)}"><span>{when:%B} {when.day}, {when.year}</span><span>{when:%I:%M %p} GMT+9</span><span>Updated 2 hours ago</span></time></div></header>
<div class="body">{"".join(f'<div data-testid="paragraph-{i}">{_e(text)}</div>' for i, text in enumerate(told))}<p class="sign-off">Reporting by {one} and {two}; Editing by Rowan Pike</p><p>Our Standards: The Seaboard Principles.</p></div></article><section><h3>Read Next</h3>{en.cards(rng, 3)}</section>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, told, (one, two), f"{when:%Y-%m-%d}", _iso(when), publisher="Seaboard")
    return Page(f"seaboard-{story.slug}", body.encode(), f"https://seaboard.example/politics/{story.slug}", gold)


def bulletin(story: Story, when: datetime, rng: random.Random) -> Page:
    """A government's bulletin on an old content system: crumbs, a box of facts, a print version, a contact at the end."""
    body = f"""<!DOCTYPE html><html lang="en"><head><meta charset="iso-8859-1"><title>Government of Marland - Bulletin - {_e(story.headline)}</title><meta name="DC.Title" content="{_e(story.headline)}"><meta name="DC.Creator" content="Government of Marland"></head><body><ul class="breadcrumb"><li><a href="#">Start</a></li><li><a href="#">Bulletin</a></li></ul>
<div id="content"><h1>{_e(story.headline)}</h1><div class="facts"><b>Type:</b> Announcement<br><b>No.:</b> {rng.randrange(300)}/{when.year}<br><b>Date of issue:</b> {when.day} {when:%B} {when.year}</div><a class="print" href="#">Print version</a>{_p(story)}
<div class="contact"><h2>Contact</h2><p>Press office, telephone 555 0100</p><p>press@marland.example</p></div></div><div id="right">{en.teasers(rng)}</div>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", is_labelled=True)
    return Page(
        f"bulletin-{story.slug}",
        body.encode("latin-1", "xmlcharrefreplace"),
        f"https://marland.example/bulletin/{rng.randrange(9999)}",
        gold,
        "text/html",
    )


def korean_diary(story: Story, when: datetime, rng: random.Random) -> Page:
    """Another Korean blog platform: category, title, nickname and moment in one line, tags below."""
    body = f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>{story.headline} — 물때 일기</title><meta property="og:title" content="{story.headline}"><meta property="og:article:author" content="물때지기"><meta property="article:published_time" content="{_iso(when)}"></head><body><div id="head"><h1><a href="/">물때 일기</a></h1></div>
<div class="hgroup"><div class="category">동네 소식</div><h2 class="title-article">{story.headline}</h2><div class="post-meta"><span class="author">물때지기</span> <span class="date">{when.year}. {when.month}. {when.day}. {when:%H:%M}</span></div></div><div class="entry-content"><div class="tt_article_useless_p_margin contents_style">{"".join(f'<p data-ke-size="size16">{text}</p>' for text in story.paragraphs)}</div></div>
<div class="container_postbtn"><button>공감</button><button>구독하기</button></div><div class="another_category"><h4>'동네 소식' 카테고리의 다른 글</h4><table><tr><th><a href="#">{ko.TEASERS[3]}</a></th><td>{when.year - 1}.01.02</td></tr></table></div><div class="comments"><h3>댓글 0</h3></div>{ko.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, ("물때지기",), f"{when:%Y-%m-%d}", _iso(when), language="ko")
    return Page(f"kdiary-{story.slug}", body.encode(), f"https://multtae.co.kr/{rng.randrange(999)}", gold)


def korean_answers(story: Story, when: datetime, rng: random.Random) -> Page:
    """A ministry's explanation as questions and answers, on its board."""
    told = tuple(f"{'문' if index % 2 == 0 else '답'}. {text}" for index, text in enumerate(story.paragraphs))
    body = f"""<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>설명자료 상세 - 해양개척부</title></head><body>{ko.menu()}<main><div class="view_head"><strong class="subject">{story.headline}</strong><dl><dt>담당부서</dt><dd>정책총괄과</dd><dt>등록일</dt><dd>{when:%Y.%m.%d}</dd><dt>조회</dt><dd>{rng.randrange(900)}</dd></dl></div>
<div class="view_body">{"".join(f"<p>{text}</p>" for text in told)}</div><div class="file_list"><a href="#">설명자료.pdf</a></div><div class="satisfaction"><p>이 페이지에서 제공하는 정보에 만족하십니까?</p><label>매우만족</label><label>불만족</label></div></main>{ko.FOOTER}</body></html>"""
    gold = Gold(story.headline, told, (), f"{when:%Y-%m-%d}", is_labelled=True, language="ko")
    return Page(f"kanswers-{story.slug}", body.encode(), f"https://www.sea.go.kr/explain/{rng.randrange(10**6)}", gold)


ENGLISH: list[Template] = [ticker, agency, bulletin]
KOREAN: list[Template] = [korean_diary, korean_answers]
