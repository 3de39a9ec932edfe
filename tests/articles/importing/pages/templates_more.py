"""More kinds of sites the extraction is tuned on: institutes, local papers, broadcasters, state systems."""

import json
import random
from datetime import UTC, datetime

from tests.articles.importing.pages import furniture_en as en
from tests.articles.importing.pages import furniture_ko as ko
from tests.articles.importing.pages.builder import Gold, Page, Story, Template
from tests.articles.importing.pages.templates import _e, _iso, _p


def microdata(story: Story, when: datetime, rng: random.Random) -> Page:
    """An article described by itemprop attributes."""
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} » Upland Gazette</title></head><body>{en.menu()}
<div itemscope itemtype="http://schema.org/NewsArticle"><h1 itemprop="headline">{_e(story.headline)}</h1><span itemprop="author" itemscope itemtype="http://schema.org/Person">
<span itemprop="name">{story.authors[0]}</span></span><meta itemprop="datePublished" content="{_iso(when)}"><span class="when">{when:%d.%m.%Y}</span><div itemprop="articleBody">{_p(story)}</div></div>
{en.share()}{en.teasers(rng, 6, "Recommended")}{en.comments(rng)}{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}", _iso(when))
    return Page(f"upland-{story.slug}", body.encode(), f"https://upland.example/{rng.randrange(10**6)}", gold)


def nuxt(story: Story, when: datetime, rng: random.Random) -> Page:
    """A script-only page whose data is a state object."""
    state = {
        "data": [{"post": {"title": story.headline, "content": _p(story), "date": _iso(when)}}],
        "serverRendered": False,
    }
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} - Saltmarsh Online</title><meta property="og:title" content="{_e(story.headline)}">
<meta name="date" content="{_iso(when)}"></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="__nuxt"><div class="loading">Loading...</div></div>
<script>window.__NUXT__ = {json.dumps(state)};</script></body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", _iso(when))
    return Page(f"nuxt-{story.slug}", body.encode(), f"https://saltmarsh.example/p/{story.slug}", gold)


def drupal_ministry(story: Story, when: datetime, rng: random.Random) -> Page:
    """A government department on a content management system."""
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} | Department of Public Works</title></head><body class="node-type-press-release">
<div class="region-header">{en.menu("div", "menu-block")}</div><main class="region-content"><h1 class="page-header">{_e(story.headline)}</h1><article class="node node-press-release"><div class="field field-date">
<div class="field-label">Date of publication:</div><div class="field-item">{when.day} {when:%B} {when.year}</div></div><div class="field field-name-body">{_p(story)}</div>
<div class="field field-contact"><div class="field-label">Press contact</div><div class="field-item">press@works.example, telephone 000 0000</div></div></article></main>
<div class="region-sidebar">{en.teasers(rng, 5, "Latest press releases", "view-latest")}</div>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", is_labelled=True)
    return Page(f"drupal-{story.slug}", body.encode(), f"https://works.example/news/{story.slug}", gold)


def json_ld_body(story: Story, when: datetime, rng: random.Random) -> Page:
    """A page that shows nothing without script but has its text in JSON-LD."""
    data = {
        "@context": "https://schema.org", "@type": ["NewsArticle"], "headline": story.headline, "articleBody": "\n\n".join(story.paragraphs),
        "datePublished": _iso(when.astimezone(UTC)), "author": [{"@type": "Person", "name": name} for name in story.authors],
    }  # fmt: skip
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)}</title><script type="application/ld+json">{json.dumps(data)}</script></head>
<body><div id="root"></div><script src="app.js"></script></body></html>"""
    gold = Gold(
        story.headline, story.paragraphs, story.authors, f"{when.astimezone(UTC):%Y-%m-%d}", _iso(when.astimezone(UTC))
    )
    return Page(f"ld-{story.slug}", body.encode(), f"https://headland.example/{story.slug}", gold)


def think_tank(story: Story, when: datetime, rng: random.Random) -> Page:
    """An institute's commentary: two authors in a list, a subheading, notes at the end."""
    authors = " and ".join(f'<a href="/people/{i}">{name}</a>' for i, name in enumerate(story.authors))
    half = len(story.paragraphs) // 2
    first, second = Story("", "", (), "", story.paragraphs[:half]), Story("", "", (), "", story.paragraphs[half:])
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} | Institute for Small States</title><meta property="og:title" content="{_e(story.headline)}">
<meta property="og:site_name" content="Institute for Small States"></head><body>{en.menu()}<div class="hero"><p class="type">Commentary</p><h1>{_e(story.headline)}</h1><div class="meta">
<div class="contributors">By {authors}</div><div class="posted">Published {when:%B} {when.day}, {when.year}</div></div></div><div class="wysiwyg">{_p(first)}<h2>What comes next</h2>{_p(second)}</div>
<div class="download"><a href="#">Download the PDF</a></div>{en.NEWSLETTER}{en.teasers(rng, 3, "Related content")}{en.FOOTER}</body></html>"""
    gold = Gold(
        story.headline,
        (*first.paragraphs, "What comes next", *second.paragraphs),
        story.authors,
        f"{when:%Y-%m-%d}",
        is_labelled=True,
    )
    return Page(f"tank-{story.slug}", body.encode(), f"https://iss.example/commentary/{story.slug}", gold)


def local_paper(story: Story, when: datetime, rng: random.Random) -> Page:
    """A local paper: byline and stamp in one line, sponsored block between paragraphs."""
    middle = (
        '<div class="sponsored"><p>Sponsored</p><p>Are your gutters ready for autumn? Ask the gutter people.</p></div>'
    )
    paragraphs = [f"<p>{_e(text)}</p>" for text in story.paragraphs]
    paragraphs.insert(2, middle)
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} - Millrace Observer</title></head><body>{en.COOKIES}{en.menu()}
<div id="story"><h1>{_e(story.headline)}</h1><div class="story-info">By {story.authors[0]}, Millrace Observer | Posted: {when:%b} {when.day}, {when.year} | {rng.randrange(30)} comments</div>
<div class="photo"><img src="p.jpg"><span class="photo-caption">The mill pond on Friday. (Photo by {rng.choice(["Ned Farrow", "Lil Osei"])})</span></div>{"".join(paragraphs)}</div>
<div id="rail">{en.cards(rng, 4)}</div>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}", is_labelled=True)
    return Page(f"mill-{story.slug}", body.encode(), f"https://millrace.example/local/{rng.randrange(10**6)}", gold)


def korean_broadcaster(story: Story, when: datetime, rng: random.Random) -> Page:
    """A broadcaster: text as breaks, 입력 and 수정 with brackets, a rating row below."""
    body = f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>{story.headline} | 온누리방송 뉴스</title><meta property="og:site_name" content="온누리방송"></head><body>{ko.menu()}
<div class="view-news"><h4 class="headline-title">{story.headline}</h4><div class="dates"><em class="input-date">입력 {when:%Y.%m.%d} ({when:%H:%M})</em><em>수정 {when:%Y.%m.%d} ({when:%H:%M})</em></div>
<div class="detail-body" id="cont_newstext">{"<br><br>".join(story.paragraphs)}</div><div class="rating"><button>좋아요 3</button><button>슬퍼요 1</button><button>후속기사 원해요 2</button></div>
<div class="jebo">■ 제보하기 ▷ 전화 : 000-000-0000, 0000</div><ul class="reporter"><li>{story.authors[0]} 기자 구독</li></ul>{ko.teasers(rng, "이 시각 주요뉴스", "now")}</div>{ko.FOOTER}</body></html>"""
    gold = Gold(
        story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}", _iso(when.replace(second=0)), _iso(when.replace(second=0)),
        is_labelled=True, publisher="온누리방송", language="ko",
    )  # fmt: skip
    return Page(
        f"kbroad-{story.slug}", body.encode(), f"https://news.onnuri.co.kr/view.do?ncd={rng.randrange(10**7)}", gold
    )


def korean_undeclared(story: Story, when: datetime, rng: random.Random) -> Page:
    """An EUC-KR page that declares nothing, advertisement lines between paragraphs."""
    lines = []
    for text in story.paragraphs:
        lines += [f"<p>{text}</p>", "<p>광고</p>"]
    body = f"""<html><head><title>{story.headline}</title></head><body>{ko.menu()}<div class="news_view"><h1>{story.headline}</h1><div class="info">{story.authors[0]} 기자 | 등록 : {when:%Y-%m-%d %H:%M:%S}</div>
<div class="news_txt">{"".join(lines)}</div>{ko.SHARE}{ko.teasers(rng)}</div>{ko.FOOTER}</body></html>"""
    gold = Gold(
        story.headline,
        story.paragraphs,
        story.authors[:1],
        f"{when:%Y-%m-%d}",
        _iso(when),
        is_labelled=True,
        language="ko",
    )
    return Page(
        f"kbare-{story.slug}",
        body.encode("cp949"),
        f"http://www.hanbada.kr/n/{rng.randrange(10**6)}",
        gold,
        "text/html",
    )


def korean_briefing(story: Story, when: datetime, rng: random.Random) -> Page:
    """A government's news portal: XML declaration with EUC-KR, 게시일, headings of departments."""
    body = f"""<?xml version="1.0" encoding="euc-kr"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "x.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>{story.headline} - 정책누리</title></head>
<body>{ko.menu()}<div class="article_head"><h1>{story.headline}</h1><div class="info"><span>게시일 {when:%Y.%m.%d.}</span><span>해양개척부</span></div></div><div class="article_body">{_p(story)}
<p>문의 : 해양개척부 정책과(000-000-0000)</p></div><div class="nuri">공공누리 공공저작물 자유이용허락</div>{ko.teasers(rng, "많이 본 기사", "rank")}</div>{ko.FOOTER}</body></html>"""
    gold = Gold(
        story.headline,
        (*story.paragraphs, "문의 : 해양개척부 정책과(000-000-0000)"),
        (),
        f"{when:%Y-%m-%d}",
        is_labelled=True,
        language="ko",
    )
    return Page(
        f"kbrief-{story.slug}",
        body.encode("cp949"),
        f"https://www.jeongchaek.go.kr/view?newsId={rng.randrange(10**8)}",
        gold,
        "text/html",
    )


ENGLISH: list[Template] = [microdata, nuxt, drupal_ministry, json_ld_body, think_tank, local_paper]
KOREAN: list[Template] = [korean_broadcaster, korean_undeclared, korean_briefing]
