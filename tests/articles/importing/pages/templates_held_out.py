"""Kinds of sites written last, and measured before they were looked at."""

import json
import random
from datetime import datetime

from tests.articles.importing.pages import furniture_en as en
from tests.articles.importing.pages import furniture_ko as ko
from tests.articles.importing.pages.builder import Gold, Page, Story, Template
from tests.articles.importing.pages.templates import _e, _iso, _p


def quality_paper(story: Story, when: datetime, rng: random.Random) -> Page:
    """A quality paper: standfirst, date with a stop in the time, an aside with a rich link, topics."""
    texts = [f"<p>{_e(text)}</p>" for text in story.paragraphs]
    texts.insert(2, f'<aside data-component="rich-link"><div>{en.TEASERS[0]}</div><a href="#">Read more</a></aside>')
    body = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} | Harbours | The Watchman</title><meta property="og:title" content="{_e(story.headline)}">
<meta property="og:site_name" content="the Watchman"><meta property="article:author" content="https://www.watchman.example/profile/x"><meta property="article:published_time" content="{_iso(when)}"></head><body>
{en.menu()}<main><div data-gu-name="headline"><h1>{_e(story.headline)}</h1></div><div data-gu-name="meta"><address aria-label="Contributor info"><a rel="author" href="/profile/x">{story.authors[0]}</a></address>
<details><summary>{when:%a} {when.day} {when:%b} {when.year} {when:%H.%M} KST</summary>Last modified on {when:%a} {when.day} {when:%b} {when.year} {when:%H.%M} KST</details></div>
<figure><img src="a.jpg"><figcaption>Boats on the sand. Photograph: Lil Osei/Agency</figcaption></figure><div id="maincontent"><div class="article-body-viewer-selector">{"".join(texts)}</div></div>
<div><h2>Explore more on these topics</h2><ul><li><a href="#">Harbours</a></li><li><a href="#">news</a></li></ul><button>Share</button><a href="#">Reuse this content</a></div></main><div>{en.cards(rng, 4)}</div>{en.FOOTER}</body></html>"""
    gold = Gold(
        story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}", _iso(when), publisher="the Watchman"
    )
    return Page(
        f"watchman-{story.slug}",
        body.encode(),
        f"https://www.watchman.example/{when:%Y/%b/%d}/{story.slug}".lower(),
        gold,
    )


def wire(story: Story, when: datetime, rng: random.Random) -> Page:
    """A wire service: paragraphs that are divs, a place and date before the first, credits after the last."""
    first, *rest = story.paragraphs
    texts = [f"PORT CALDER, {when:%b} {when.day} (Isthmus) - {first}", *rest]
    blocks = "".join(
        f'<div class="text__text__1FZLe article-body__paragraph" data-testid="paragraph-{n}">{_e(text)}</div>'
        for n, text in enumerate(texts)
    )
    data = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.headline, "datePublished": _iso(when), "dateModified": _iso(when),
            "author": {"@type": "Person", "name": story.authors[0]}, "publisher": {"@type": "NewsMediaOrganization", "name": "Isthmus"}}  # fmt: skip
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} | Isthmus</title><script type="application/ld+json">{json.dumps(data)}</script></head><body>{en.menu()}<div id="fusion-app"><main>
<article><header><h1 data-testid="Heading">{_e(story.headline)}</h1><div class="info">By <a rel="author" href="#">{story.authors[0]}</a></div><time>{when:%B} {when.day}, {when.year}{when:%I:%M %p} GMT+9</time><button>Text</button><button>Small Text</button></header>
<div class="article-body">{blocks}<p class="sign-off">Our Standards: The Isthmus Principles.</p></div></article><div class="read-next"><h2>Read Next</h2>{en.cards(rng, 4)}</div></main></div>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, tuple(texts), story.authors[:1], f"{when:%Y-%m-%d}", _iso(when), publisher="Isthmus")
    return Page(
        f"wire-{story.slug}", body.encode(), f"https://www.isthmus.example/world/{story.slug}-{when:%Y-%m-%d}/", gold
    )


def old_blog(story: Story, when: datetime, rng: random.Random) -> Page:
    """A blog of the noughties: the day above the title, breaks, posted by below."""
    body = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>Tide Tables: {_e(story.headline)}</title></head><body><div id="header-wrapper"><h1 class="title">Tide Tables</h1></div><div id="main-wrapper">
<h2 class="date-header"><span>{when:%A, %B} {when.day}, {when.year}</span></h2><div class="post hentry"><h3 class="post-title entry-title">{_e(story.headline)}</h3><div class="post-body entry-content">{"<br /><br />".join(_e(text) for text in story.paragraphs)}</div>
<div class="post-footer">Posted by <span class="fn">{story.authors[0]}</span> at <a href="#"><abbr class="published" title="{_iso(when)}">{when:%I:%M %p}</abbr></a> <a href="#">Email This</a> Labels: <a href="#">tides</a></div></div>
<h4>2 comments:</h4><dl id="comments-block"><dt>reader said...</dt><dd>{en.COMMENTS[0]}</dd><dd class="comment-footer">March 2, 2025 at 4:10 PM</dd></dl></div><div id="sidebar-wrapper"><h2>Blog Archive</h2><ul><li>2024 (12)</li><li>2023 (40)</li></ul></div></body></html>"""
    gold = Gold(story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}")
    return Page(f"tides-{story.slug}", body.encode(), f"http://tidetables.example/{when:%Y/%m}/{story.slug}.html", gold)


def broadsheet(story: Story, when: datetime, rng: random.Random) -> Page:
    """A broadsheet: companion columns, skips for advertisements, a note on the print edition."""
    columns = "".join(
        f'<div class="StoryBodyCompanionColumn"><div><p class="css-at9mc1">{_e(text)}</p></div></div><div id="story-ad-{n}-wrapper"><div>Advertisement</div><a href="#after">SKIP ADVERTISEMENT</a></div>'
        for n, text in enumerate(story.paragraphs)
    )
    names = " and ".join(f'<span itemprop="name">{name}</span>' for name in story.authors)
    body = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title data-rh="true">{_e(story.headline)} - The New Calder Times</title><meta property="og:title" content="{_e(story.headline)}"><meta name="byl" content="By {" and ".join(story.authors)}">
<meta property="article:published_time" content="{_iso(when)}"></head><body><div id="app">{en.menu("div", "css-nav")}<main id="site-content"><article id="story"><header><h1 data-testid="headline">{_e(story.headline)}</h1><div><p class="css-byl">By {names}</p><time>{when:%b}. {when.day}, {when.year}</time></div></header>
<section name="articleBody">{columns}</section><div class="bottom-of-article"><p>A version of this article appears in print on {when:%B} {when.day}, {when.year}, Section A, Page 4 of the New Calder edition.</p></div></article></main></div>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, story.authors, f"{when:%Y-%m-%d}", _iso(when))
    return Page(
        f"calder-{story.slug}",
        body.encode(),
        f"https://www.calder.example/{when:%Y/%m/%d}/world/{story.slug}.html",
        gold,
    )


def foreign_ministry(story: Story, when: datetime, rng: random.Random) -> Page:
    """A foreign ministry's page in English: one table cell of breaks, the date alone below the title."""
    body = f"""<html lang="en"><head><meta charset="utf-8"><title>View | Press Releases | Ministry of Outer Affairs</title></head><body>{en.menu("div", "lnb")}<div class="board_detail"><div class="bo_head"><h2>{_e(story.headline)}</h2>
<dl><dt>Date</dt><dd>{when:%Y-%m-%d %H:%M:%S}</dd><dt>hit</dt><dd>{rng.randrange(9999)}</dd></dl></div><div class="bo_con"><p></p>{"".join(f"<div>{_e(text)}</div><div><br></div>" for text in story.paragraphs)}<p># # #</p></div></div><div class="bo_btn"><a href="#">List</a></div>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", _iso(when), is_labelled=True)
    return Page(
        f"outer-{story.slug}",
        body.encode(),
        f"https://www.outer.go.kr/eng/brd/m_1/view.do?seq={rng.randrange(10**6)}",
        gold,
    )


def korean_asp(story: Story, when: datetime, rng: random.Random) -> Page:
    """A weekly of the noughties: tables, the text in one cell, EUC-KR in a meta element."""
    body = f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=euc-kr"><title>::: 들불주간 :::</title></head><body><table width=900><tr><td>{" | ".join(ko.MENU)}</td></tr></table><table><tr><td class=subject><b>{story.headline}</b></td></tr>
<tr><td class=info>{story.authors[0]} 기자 &nbsp; 기사등록 {when:%Y-%m-%d %H:%M:%S}</td></tr><tr><td id=articleBody style="line-height:180%">{"<br><br>".join(story.paragraphs)}<br><br>[저작권자ⓒ 들불주간 무단전재 금지]</td></tr></table>
<table><tr><td>관련기사</td></tr><tr><td><a href=#>{ko.TEASERS[5]}</a></td></tr><tr><td><a href=#>{ko.TEASERS[6]}</a></td></tr></table>{ko.FOOTER}</body></html>"""
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
        f"kasp-{story.slug}",
        body.encode("cp949"),
        f"http://www.deulbul.co.kr/view.asp?idx={rng.randrange(10**5)}",
        gold,
        "text/html",
    )


def korean_modern(story: Story, when: datetime, rng: random.Random) -> Page:
    """A daily in modern markup: summary on top, reporter's card, numbers of reactions."""
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.headline,
        "datePublished": _iso(when),
        "dateModified": _iso(when),
        "author": [{"@type": "Person", "name": story.authors[0]}],
        "publisher": {"@type": "Organization", "name": "먼동신문"},
    }
    body = f"""<!DOCTYPE html><html lang="ko-KR"><head><meta charset="utf-8"><title>{story.headline} - 먼동신문</title><script type="application/ld+json">{json.dumps(data)}</script></head><body><header>{ko.menu("menu")}</header><main id="main"><article class="article-view"><header>
<a class="section">{story.section}</a><h1 class="headline">{story.headline}</h1><div class="byline"><a href="/r/1">{story.authors[0]} 기자</a> <button>구독</button></div><div class="datetime"><p>입력 {when:%Y.%m.%d %H:%M}</p><p>업데이트 {when:%Y.%m.%d %H:%M}</p></div></header>
<div class="utils"><button>댓글 3</button><button>글자 크기</button><button>공유</button></div><div id="article_body">{_p(story)}</div><div class="reporter_card"><strong>{story.authors[0]}</strong><em>먼동신문 기자</em><a href="#">구독</a></div></article><div class="reaction"><button>공감 12</button></div>
{ko.teasers(rng, "추천기사", "recommend_box")}</main>{ko.FOOTER}</body></html>"""
    gold = Gold(
        story.headline,
        story.paragraphs,
        story.authors[:1],
        f"{when:%Y-%m-%d}",
        _iso(when.replace(second=0)),
        is_labelled=True,
        publisher="먼동신문",
        language="ko",
    )
    return Page(
        f"kmodern-{story.slug}", body.encode(), f"https://www.meondong.co.kr/article/{rng.randrange(10**8)}", gold
    )


def korean_press_portal(story: Story, when: datetime, rng: random.Random) -> Page:
    """A portal of press releases: spans of information, attachments before the text, a licence below."""
    body = f"""<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{story.headline} - 보도자료 | 브리핑룸 | 뉴스 | 나라브리핑</title></head><body>{ko.menu()}<div id="container"><div class="article_head"><h1>{story.headline}</h1><div class="info"><span>{when:%Y.%m.%d}</span><span>해양개척부</span></div></div>
<div class="filedown"><p>첨부파일</p><a href="#">보도자료({when:%m%d}).hwpx</a><a href="#">내려받기</a></div><div class="view_cont">{_p(story)}</div><div class="kogl">“이 자료는 해양개척부의 보도자료를 전재하여 제공함을 알려드립니다.”</div><div class="pn"><dl><dt>이전다음기사</dt><dd>{ko.TEASERS[7]}</dd></dl></div></div>{ko.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", language="ko")
    return Page(
        f"knara-{story.slug}",
        body.encode(),
        f"https://www.narabriefing.kr/briefing/pressReleaseView.do?newsId={rng.randrange(10**9)}",
        gold,
    )


ENGLISH: list[Template] = [quality_paper, wire, old_blog, broadsheet, foreign_ministry]
KOREAN: list[Template] = [korean_asp, korean_modern, korean_press_portal]
