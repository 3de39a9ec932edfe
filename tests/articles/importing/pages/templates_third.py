"""Kinds of sites that were held out until the extraction had been measured on them once."""

import json
import random
from datetime import datetime

from tests.articles.importing.pages import furniture_en as en
from tests.articles.importing.pages import furniture_ko as ko
from tests.articles.importing.pages.builder import Gold, Page, Story, Template
from tests.articles.importing.pages.templates import _e, _iso, _p


def block_theme(story: Story, when: datetime, rng: random.Random) -> Page:
    """A blog of blocks: categories among the classes, author box, comment form."""
    author = story.authors[0]
    body = f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"><title>{_e(story.headline)} – Lower Tarn Notes</title></head>
<body class="post-template-default single single-post"><div class="wp-site-blocks"><header class="wp-block-template-part">{en.menu("nav", "wp-block-navigation")}</header>
<main class="wp-block-group"><article class="post-{rng.randrange(999)} post type-post category-news tag-social tag-related hentry"><h1 class="wp-block-post-title">{_e(story.headline)}</h1>
<div class="wp-block-group"><div class="wp-block-post-author-name">{author}</div> <div class="wp-block-post-date"><time datetime="{_iso(when)}">{when:%b} {when.day}, {when.year}</time></div></div>
<div class="entry-content wp-block-post-content">{_p(story)}<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">Share this:</h3><ul><li><a href="#">Twitter</a></li>
<li><a href="#">Facebook</a></li></ul></div></div><div class="wp-block-post-terms">Tagged: coast, fees</div><div class="author-box"><p>{author} writes about rivers and what people do to them.</p></div></article>
<div class="wp-block-comments"><h2>Leave a Reply</h2><p>Your email address will not be published. Required fields are marked *</p></div></main></div>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, (author,), f"{when:%Y-%m-%d}")
    return Page(f"block-{story.slug}", body.encode(), f"https://lowertarn.example/{story.slug}/", gold)


def tabloid(story: Story, when: datetime, rng: random.Random) -> Page:
    """A tabloid: points on top, stamps in capitals, captions and offers between paragraphs."""
    later = when.replace(hour=when.hour + 2)
    texts = [f'<p class="mol-para">{_e(text)}</p>' for text in story.paragraphs]
    texts.insert(
        1,
        '<div class="imageWrap"><img src="a.jpg"><p class="imageCaption">The quay on Monday, when nobody was there to see it</p></div>',
    )
    texts.insert(
        3,
        f'<div class="moduleFull"><h3>RELATED ARTICLES</h3><ul><li><a href="#">{en.TEASERS[3]}</a></li><li><a href="#">{en.TEASERS[4]}</a></li></ul></div>',
    )
    body = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} | Evening Lantern</title><meta property="og:title" content="{_e(story.headline)}">
<meta property="og:site_name" content="Evening Lantern"></head><body>{en.menu()}<div id="js-article-text"><h1>{_e(story.headline)}</h1>
<p class="author-section">By <a href="/x" rel="author">{story.authors[0].upper()} FOR THE EVENING LANTERN</a></p><p class="byline-section"><span>PUBLISHED: {when:%H:%M} KST, {when.day} {when:%B} {when.year}</span>
 | <span>UPDATED: {later:%H:%M} KST, {later.day} {later:%B} {later.year}</span></p>{en.share("shareArticles")}<div itemprop="articleBody">{"".join(texts)}</div></div>
<div class="puff">{en.cards(rng, 5)}</div>{en.comments(rng)}{en.FOOTER}</body></html>"""
    gold = Gold(
        story.headline,
        story.paragraphs,
        story.authors[:1],
        f"{when:%Y-%m-%d}",
        _iso(when.replace(second=0)),
        is_labelled=True,
        publisher="Evening Lantern",
    )
    return Page(
        f"lantern-{story.slug}",
        body.encode(),
        f"https://lantern.example/news/article-{rng.randrange(10**7)}/{story.slug}.html",
        gold,
    )


def block_components(story: Story, when: datetime, rng: random.Random) -> Page:
    """A broadcaster built of components with meaningless class names."""
    blocks = "".join(
        f'<div data-component="text-block" class="ssrc-7uxr49"><p class="ssrc-eqt5">{_e(text)}</p></div>'
        for text in story.paragraphs
    )
    data = {
        "@context": "http://schema.org",
        "@type": "ReportageNewsArticle",
        "headline": story.headline,
        "datePublished": _iso(when),
        "author": {"@type": "NewsMediaOrganization", "name": "Isle News"},
    }
    body = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{_e(story.headline)} - Isle News</title><script type="application/ld+json">{json.dumps(data)}</script></head>
<body><header role="banner">{en.menu()}</header><main id="main-content"><article class="ssrc-pv1"><header class="ssrc-hd"><h1 id="main-heading" class="ssrc-15x">{_e(story.headline)}</h1></header>
<div data-component="byline-block"><div>By {story.authors[0]}</div><div>Isle News, Port Calder</div></div>{blocks}<section data-component="topic-list"><h2>Related Topics</h2><ul><li><a href="#">Fees</a></li><li><a href="#">Harbours</a></li></ul></section>
<section data-component="links-block"><h2>More on this story</h2><ul><li><a href="#">{en.TEASERS[6]}</a><p>Published 3 May 2019</p></li></ul></section></article></main><div aria-label="Top stories">{en.cards(rng, 3)}</div>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}", _iso(when))
    return Page(f"isle-{story.slug}", body.encode(), f"https://isle.example/news/uk-{rng.randrange(10**8)}", gold)


def state_portal(story: Story, when: datetime, rng: random.Random) -> Page:
    """A state's portal: a press release with sender, dates and an offer of a print version."""
    body = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} - STATE.EX</title></head><body>{en.COOKIES}<header>{en.menu()}</header><div class="grid"><main role="main">
<span class="context">Press release</span><h1 class="heading-xl">{_e(story.headline)}</h1><dl class="metadata"><dt>From:</dt><dd><a href="#">Ministry of Harbours</a></dd><dt>Published</dt><dd>{when.day} {when:%B} {when.year}</dd></dl>
<div class="govspeak">{_p(story)}</div><div class="share"><h2>Share this page</h2><a href="#">Share on Facebook</a><a href="#">Share on Twitter</a></div><div class="pubdate"><h2>Published {when.day} {when:%B} {when.year}</h2></div></main>
<aside><h2>Related content</h2><ul><li><a href="#">{en.TEASERS[8]}</a></li></ul></aside></div><div class="feedback"><h2>Is this page useful?</h2><button>Yes</button><button>No</button></div>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", is_labelled=True)
    return Page(f"state-{story.slug}", body.encode(), f"https://www.state.example/news/{story.slug}", gold)


def essay_site(story: Story, when: datetime, rng: random.Random) -> Page:
    """A site of essays: hashed classes, reading time beside the date."""
    body = f"""<!doctype html><html lang="en"><head><title>{_e(story.headline)} | by {story.authors[0]} | Longshore</title><meta name="author" content="{story.authors[0]}"><meta property="og:site_name" content="Longshore">
<meta property="og:title" content="{_e(story.headline)}"><meta property="article:published_time" content="{_iso(when)}"></head><body><div id="root"><div class="a b c"><nav><a href="/">Open in app</a><a href="/">Sign up</a><a href="/">Sign in</a></nav>
<article><section><h1 class="pw-post-title eh">{_e(story.headline)}</h1><div class="ab q"><a href="/@x">{story.authors[0]}</a> · <button>Follow</button><span>4 min read · {when:%b} {when.day}, {when.year}</span></div><div class="claps">211</div>
{"".join(f'<p class="pw-post-body-paragraph ne">{_e(text)}</p>' for text in story.paragraphs)}</section></article><div class="em"><h2>More from {story.authors[0]}</h2>{en.cards(rng, 4)}</div></div></div></body></html>"""
    gold = Gold(story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}", _iso(when))
    return Page(f"essay-{story.slug}", body.encode(), f"https://longshore.example/@x/{story.slug}", gold)


def apollo_state(story: Story, when: datetime, rng: random.Random) -> Page:
    """A script-only page whose state is a flat cache with paragraphs as objects."""
    state = {
        "Article:7": {"__typename": "Article", "headline": story.headline, "publishedAt": _iso(when),
                      "body": [{"__typename": "ParagraphBlock", "text": text} for text in story.paragraphs]},
        "Teaser:1": {"__typename": "Teaser", "text": en.TEASERS[0]},
    }  # fmt: skip
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} | Estuary</title><meta property="og:title" content="{_e(story.headline)}"><meta property="og:article:published_time" content="{_iso(when)}">
</head><body><noscript>Please turn on JavaScript.</noscript><div id="app"></div><script>window.__APOLLO_STATE__ = {json.dumps(state)}; window.x = 1;</script></body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", _iso(when))
    return Page(f"estuary-{story.slug}", body.encode(), f"https://estuary.example/{story.slug}", gold)


def korean_portal(story: Story, when: datetime, rng: random.Random) -> Page:
    """A portal that carries others' articles: text as breaks, caption, card of the reporter."""
    half = "오후" if when.hour >= 12 else "오전"
    body = f"""<!doctype html><html lang="ko"><head><meta charset="utf-8"><meta property="og:title" content="{story.headline}"><title>{story.headline}</title></head><body>{ko.menu("Ntool")}<div id="ct">
<h2 id="title_area" class="media_end_head_headline"><span>{story.headline}</span></h2><div class="media_end_head_info"><div>기사입력 {when:%Y.%m.%d}. {half} {(when.hour - 1) % 12 + 1}:{when.minute:02}</div><em class="media_end_head_journalist_name">{story.authors[0]} 기자</em></div>
<div id="newsct_article"><article id="dic_area"><span class="end_photo_org"><img src="a.jpg"><em class="img_desc">새별항 전경. 온새미로 제공</em></span><br>{"<br><br>".join(story.paragraphs)}</article></div>
<div class="byline"><p>{story.authors[0]} 기자(x@onsae.example)</p></div><p class="c_text">Copyright ⓒ 온새미로. All rights reserved. 무단 전재 및 재배포 금지.</p><div class="media_end_categorize"><em>이 기사는 언론사에서 {story.section} 섹션으로 분류했습니다.</em></div>
{ko.teasers(rng, "이 기사를 본 이용자들이 함께 많이 본 기사", "cluster")}{ko.COMMENTS}</div>{ko.FOOTER}</body></html>"""
    gold = Gold(
        story.headline,
        story.paragraphs,
        story.authors[:1],
        f"{when:%Y-%m-%d}",
        _iso(when.replace(second=0)),
        is_labelled=True,
        language="ko",
    )
    return Page(
        f"kportal-{story.slug}", body.encode(), f"https://news.nuri.kr/article/001/{rng.randrange(10**9)}", gold
    )


def korean_table_board(story: Story, when: datetime, rng: random.Random) -> Page:
    """An office's board as one table, EUC-KR by header."""
    body = f"""<html><head><title>알림마당 - 물관리청</title></head><body>{ko.menu()}<div class="board"><table summary="게시판 보기"><tr><th>제목</th><td colspan="3">{story.headline}</td></tr><tr><th>작성자</th><td>홍보담당관</td>
<th>작성일</th><td>{when:%Y/%m/%d}</td></tr><tr><th>첨부</th><td colspan="3">붙임.pdf</td></tr><tr><td colspan="4" class="cont">{"<br/>".join(story.paragraphs)}</td></tr></table><div class="btn"><a href="#">목록</a></div>
<table class="near"><tr><th>이전글</th><td><a href="#">{ko.TEASERS[2]}</a></td></tr><tr><th>다음글</th><td><a href="#">{ko.TEASERS[3]}</a></td></tr></table></div>{ko.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", is_labelled=True, language="ko")
    return Page(
        f"kboard-{story.slug}",
        body.encode("cp949"),
        f"https://www.mulgwanri.go.kr/bbs/view?no={rng.randrange(10**5)}",
        gold,
        "text/html; charset=EUC-KR",
    )


def korean_video_news(story: Story, when: datetime, rng: random.Random) -> Page:
    """A video news site: stamps with slashes, a row of moods, a list of programmes."""
    body = f"""<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>{story.headline} / 누리TV</title><script type="application/ld+json">{json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": story.headline, "datePublished": _iso(when)})}</script></head>
<body>{ko.menu()}<section class="news_player"><h1 class="tit">{story.headline}</h1><div class="reg"><span>등록 {when:%Y/%m/%d %H:%M}</span> <span>수정 {when:%Y/%m/%d %H:%M}</span></div></section><section class="news_cont"><div class="txt">{_p(story)}</div>
<p class="rpt">누리TV {story.authors[0]}입니다.</p></section><section class="prog"><h2>다시보기</h2><ul><li>아침 누리</li><li>누리 9</li></ul></section>{ko.teasers(rng, "가장 많이 본 뉴스", "best")}{ko.FOOTER}</body></html>"""
    gold = Gold(
        story.headline,
        (*story.paragraphs, f"누리TV {story.authors[0]}입니다."),
        (),
        f"{when:%Y-%m-%d}",
        _iso(when.replace(second=0)),
        is_labelled=True,
        language="ko",
    )
    return Page(f"kvideo-{story.slug}", body.encode(), f"https://www.nuritv.co.kr/news/{rng.randrange(10**6)}", gold)


ENGLISH: list[Template] = [block_theme, tabloid, block_components, state_portal, essay_site, apollo_state]
KOREAN: list[Template] = [korean_portal, korean_table_board, korean_video_news]
