"""Kinds of sites the extraction is tuned on."""

import html
import json
import random
from datetime import UTC, datetime

from tests.articles.importing.pages import furniture_en as en
from tests.articles.importing.pages import furniture_ko as ko
from tests.articles.importing.pages.builder import KST, Gold, Page, Story, Template


def _p(story: Story) -> str:
    return "".join(f"<p>{html.escape(text, quote=False)}</p>" for text in story.paragraphs)


def _e(text: str) -> str:
    return html.escape(text, quote=True)


def _iso(when: datetime) -> str:
    return when.isoformat(timespec="seconds")


def blog_theme(story: Story, when: datetime, rng: random.Random) -> Page:
    """A news site on a blog engine: meta, time element, share row, comments, sidebar."""
    author = story.authors[0]
    body = f"""<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>{_e(story.headline)} – The Coast Courier</title>
<meta property="og:title" content="{_e(story.headline)}"><meta property="og:site_name" content="The Coast Courier">
<meta property="article:published_time" content="{_iso(when.astimezone(UTC))}"><meta name="author" content="{author}">
<link rel="canonical" href="https://coastcourier.example/{story.slug}/"></head><body class="single">
{en.COOKIES}<header>{en.menu()}</header><div class="content-area"><main><article class="post"><header class="entry-header">
<h1 class="entry-title">{_e(story.headline)}</h1><div class="entry-meta"><span class="posted-on"><time class="entry-date published"
datetime="{_iso(when)}">{when:%B} {when.day}, {when.year}</time></span> <span class="byline"> by <span class="author vcard"><a class="url fn n"
href="/author/x" rel="author">{author}</a></span></span></div></header><div class="entry-content">{_p(story)}</div>
<footer class="entry-footer">Filed under: {story.section}</footer></article>{en.share()}{en.teasers(rng)}{en.comments(rng)}</main>
<aside class="widget-area">{en.teasers(rng, 4, "Most read", "widget")}{en.NEWSLETTER}</aside></div>{en.FOOTER}</body></html>"""
    gold = Gold(
        story.headline,
        story.paragraphs,
        (author,),
        when.astimezone(UTC).date().isoformat(),
        publisher="The Coast Courier",
    )
    return Page(f"blog-{story.slug}", body.encode(), f"https://coastcourier.example/{story.slug}/?utm_source=x", gold)


def broadcaster(story: Story, when: datetime, rng: random.Random) -> Page:
    """A public broadcaster's foreign service: plain markup, stamps run together, credit, Editor's Pick."""
    later = when.replace(hour=when.hour + 1)
    body = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{_e(story.headline)} l WAVE WORLD</title></head>
<body><div id="skip"><a href="#c">Menu Content</a></div><a href="#top">Go Top</a><div class="gnb">{en.menu("div", "menu")}</div>
<div id="container"><p class="cate">{story.section}</p><h1 class="title_h1">{_e(story.headline)}</h1>
<div class="date"><em>Written: {when:%Y-%m-%d %H:%M:%S}</em><em>Updated: {later:%Y-%m-%d %H:%M:%S}</em></div>
<div class="detail"><h2 class="s_title">{_e(story.headline)}</h2><div class="photo"><img src="a.jpg"><p class="source">Photo : WAVE Pool</p></div>
<div class="body_txt fr-view">{"<br /><br />".join(_e(text) for text in story.paragraphs)}</div></div>
<div class="pick"><h3>Editor's Pick</h3><ul>{"".join(f"<li><a href='#'>{t}</a></li>" for t in rng.sample(en.TEASERS, 3))}</ul></div></div>
<div class="cookie"><button>Close</button><p>This website uses cookies and other technology to enhance quality of service. For further details &gt;</p></div>
</body></html>"""
    gold = Gold(
        story.headline,
        story.paragraphs,
        (),
        f"{when:%Y-%m-%d}",
        _iso(when),
        _iso(later),
        is_labelled=True,
        image_credit="WAVE Pool",
    )
    return Page(
        f"broadcaster-{story.slug}",
        body.encode(),
        f"http://world.wave.kr/news/view.htm?lang=e&Seq={rng.randrange(10**6)}",
        gold,
    )


def agency(story: Story, when: datetime, rng: random.Random) -> Page:
    """A news agency: JSON-LD, an (END) mark, a list of related items inside the article element."""
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": story.headline, "datePublished": _iso(when),
        "dateModified": _iso(when), "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "Organization", "name": "Meridian News Agency"}, "articleSection": story.section,
    }  # fmt: skip
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} | Meridian News Agency</title>
<script type="application/ld+json">{json.dumps(data)}</script></head><body>{en.menu()}<div class="article-wrap"><header><h1 class="tit">{_e(story.headline)}</h1>
<p class="update-time">{story.section} {when:%H:%M %B} {when.day}, {when.year}</p>{en.share("share")}</header><article class="story">
<figure><img src="x.jpg" alt=""><figcaption>A view of the site, taken in spring. (PHOTO NOT FOR SALE) (Meridian)</figcaption></figure>{_p(story)}<p>(END)</p>
<div class="keyword"><h4>Keywords</h4><a href="#">#{story.slug}</a></div></article>{en.teasers(rng, 4, "Related Articles")}{en.teasers(rng, 5, "Most Viewed", "rank")}</div>{en.FOOTER}</body></html>"""
    gold = Gold(
        story.headline,
        story.paragraphs,
        story.authors,
        f"{when:%Y-%m-%d}",
        _iso(when),
        publisher="Meridian News Agency",
        section=story.section,
    )
    return Page(
        f"agency-{story.slug}",
        body.encode(),
        f"https://en.meridian.example/view/AEN{when:%Y%m%d}00{rng.randrange(900) + 100}",
        gold,
    )


def big_paper(story: Story, when: datetime, rng: random.Random) -> Page:
    """A large paper: graph of JSON-LD, a sharper title for search engines, sign-up and teaser within the body."""
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Organization", "@id": "#org", "name": "The Standard Ledger"},
            {"@type": "NewsArticle", "headline": story.headline, "datePublished": _iso(when.astimezone(UTC)).replace("+00:00", "Z"),
             "author": {"@type": "Person", "name": story.authors[0], "jobTitle": "Senior reporter"}, "publisher": {"@id": "#org"},
             "isAccessibleForFree": True},
            {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "name": "Home"}, {"@type": "ListItem", "name": story.section}]},
        ],
    }  # fmt: skip
    half = len(story.paragraphs) // 2
    first, second = Story("", "", (), "", story.paragraphs[:half]), Story("", "", (), "", story.paragraphs[half:])
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} - The Standard Ledger</title>
<meta property="og:title" content="What you need to know: {_e(story.headline)}"><script type="application/ld+json">{json.dumps(graph)}</script></head>
<body>{en.COOKIES}{en.menu()}<main id="main"><div class="kicker">{story.section}</div><h1 data-testid="headline">{_e(story.headline)}</h1>
<div class="byline-block"><span itemprop="author">By <a href="/by/x">{story.authors[0]}</a></span><time datetime="{_iso(when.astimezone(UTC))}">{when:%b}. {when.day}, {when.year}</time></div>
<section name="articleBody">{_p(first)}<div class="inline-promo"><p>Read more: <a href="/x">{rng.choice(en.TEASERS)}</a></p></div>{en.NEWSLETTER}
<div class="ad"><p>Advertisement</p></div>{_p(second)}</section><div class="author-bio"><p>{story.authors[0]} covers public works for The Standard Ledger.</p></div></main>
<section class="more"><h2>More from {story.section}</h2>{en.cards(rng)}</section>{en.FOOTER}</body></html>"""
    gold = Gold(
        story.headline, story.paragraphs, story.authors[:1], f"{when.astimezone(UTC):%Y-%m-%d}", _iso(when.astimezone(UTC)),
        publisher="The Standard Ledger", section=story.section,
    )  # fmt: skip
    return Page(f"paper-{story.slug}", body.encode(), f"https://ledger.example/{when:%Y/%m/%d}/{story.slug}.html", gold)


def next_script(story: Story, when: datetime, rng: random.Random) -> Page:
    """A page whose body is data for a script."""
    props = {
        "props": {"pageProps": {"article": {
            "title": story.headline, "publishedAt": _iso(when), "bodyHtml": _p(story), "tags": [{"text": "x"}],
            "related": [{"title": t, "body": t} for t in en.TEASERS[:4]],
        }}},
        "page": "/a",
    }  # fmt: skip
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} | Tidewater Today</title>
<meta property="og:title" content="{_e(story.headline)}"><meta property="article:published_time" content="{_iso(when)}">
<meta property="article:author" content="{story.authors[0]}"></head><body><div id="__next"><header>{en.menu()}</header><div class="skeleton"></div></div>
<script id="__NEXT_DATA__" type="application/json">{json.dumps(props)}</script></body></html>"""
    gold = Gold(story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}", _iso(when))
    return Page(f"next-{story.slug}", body.encode(), f"https://tidewater.example/a/{story.slug}", gold)


def fusion_script(story: Story, when: datetime, rng: random.Random) -> Page:
    """A page whose body is a list of elements assigned to a global in a script."""
    content = {
        "type": "story", "headlines": {"basic": story.headline}, "display_date": _iso(when),
        "content_elements": [{"type": "text", "content": text} for text in story.paragraphs]
        + [{"type": "image", "caption": "A caption that is not text of the story at all."}],
    }  # fmt: skip
    body = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)}</title>
<meta property="og:site_name" content="Harbour Post"><meta property="og:title" content="{_e(story.headline)}"></head><body><div id="fusion-app"></div>
<script>window.Fusion=window.Fusion||{{}};Fusion.arcSite="post";Fusion.globalContent={json.dumps(content)};Fusion.tree={{"a":1}};</script></body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", publisher="Harbour Post")
    return Page(
        f"fusion-{story.slug}", body.encode(), f"https://harbourpost.example/{when:%Y/%m/%d}/{story.slug}/", gold
    )


def ministry_board(story: Story, when: datetime, rng: random.Random) -> Page:
    """A ministry's press release board: a table of labels above, attachments and neighbours below."""
    body = f"""<html lang="en"><head><meta charset="utf-8"><title>Press Releases | Ministry of Harbours</title></head><body>{en.menu("div", "gnb")}
<div class="breadcrumb">Home &gt; News &gt; Press Releases</div><div id="contents"><h2>Press Releases</h2><table class="board_view"><tr><th>Title</th>
<td class="subject">{_e(story.headline)}</td></tr><tr><th>Date</th><td>{when:%Y-%m-%d}</td></tr><tr><th>Department</th><td>Public Relations Division</td></tr>
<tr><th>Views</th><td>{rng.randrange(9000)}</td></tr><tr><th>Attachment</th><td><a href="#">release_{when:%y%m%d}.hwp</a></td></tr></table>
<div class="board_cont">{_p(story)}</div><ul class="prev_next"><li>Previous: <a href="#">{en.TEASERS[0]}</a></li><li>Next: <a href="#">{en.TEASERS[1]}</a></li></ul>
<a href="#" class="btn">List</a></div>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", is_labelled=True)
    return Page(
        f"ministry-{story.slug}",
        body.encode(),
        f"https://harbours.example/eng/board/view.do?bbsId=7&amp;nttId={rng.randrange(10**5)}",
        gold,
    )


def old_tables(story: Story, when: datetime, rng: random.Random) -> Page:
    """A site of the late nineties: tables, fonts, double breaks, Latin-1."""
    text = "<br><br>\n".join(_e(paragraph) for paragraph in story.paragraphs)
    body = f"""<HTML><HEAD><TITLE>The Valley Echo: {_e(story.headline)}</TITLE></HEAD><BODY BGCOLOR=white><TABLE WIDTH=760><TR><TD WIDTH=140 VALIGN=top>
<FONT SIZE=2>{"<BR>".join(f'<A HREF="#">{name}</A>' for name in en.MENU)}</FONT></TD><TD VALIGN=top><FONT SIZE=5><B>{_e(story.headline)}</B></FONT><BR>
<FONT SIZE=2>By {story.authors[0]}<BR>Published {when:%d %B %Y}, {when:%H:%M} KST</FONT><HR><FONT SIZE=3>{text}</FONT><P><FONT SIZE=1>© 2004 The Valley Echo. All rights reserved.</FONT>
</TD></TR></TABLE></BODY></HTML>"""
    gold = Gold(
        story.headline,
        story.paragraphs,
        story.authors[:1],
        f"{when:%Y-%m-%d}",
        _iso(when.replace(second=0)),
        is_labelled=True,
    )
    return Page(
        f"echo-{story.slug}",
        body.encode("cp1252", "xmlcharrefreplace"),
        f"http://www.valley-echo.example/{story.slug}.htm",
        gold,
        "text/html",
    )


def amp_page(story: Story, when: datetime, rng: random.Random) -> Page:
    """An AMP page with a canonical elsewhere."""
    body = f"""<!doctype html><html ⚡ lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)}</title><link rel="canonical" href="https://quay.example/{story.slug}">
<meta name="article:published_time" content="{_iso(when)}"></head><body><header><amp-img src="l.png"></amp-img><a href="/">Quay Weekly</a></header><article>
<h1>{_e(story.headline)}</h1><p class="byline">By {story.authors[0]} | Published: {when.day} {when:%B} {when.year}</p><amp-img src="p.jpg"></amp-img>
<p class="caption">Nets drying in the sun. Photo: Quay Weekly / Archive</p>{_p(story)}<amp-ad></amp-ad><div class="tags">Tags: coast, news</div></article>
{en.teasers(rng, 4, "You may also like", "recirc")}{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}", is_labelled=True)
    return Page(f"amp-{story.slug}", body.encode(), f"https://quay.example/amp/{story.slug}", gold)


def staff_report(story: Story, when: datetime, rng: random.Random) -> Page:
    """A page without a person's name, whose headline is an h2 below a logo h1."""
    body = f"""<html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} :: Fjord Times</title><meta name="author" content="Fjord Times Staff"></head>
<body><h1 class="logo"><a href="/">Fjord Times</a></h1>{en.menu()}<div class="wrapper"><div class="main-col"><h2 class="article-headline">{_e(story.headline)}</h2>
<div class="info"><span>Staff report</span> <span>Last updated: {when:%d/%m/%Y}</span> <span>First published: {when.day} {when:%b %Y}, {when:%I:%M %p} KST</span></div>{en.share("tools")}
<div class="article-text">{_p(story)}<p><em>Follow us on Twitter @fjordtimes</em></p></div></div><div class="side">{en.cards(rng, 3)}</div></div>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", is_labelled=True)
    return Page(f"fjord-{story.slug}", body.encode(), f"https://fjordtimes.example/news/{rng.randrange(10**6)}", gold)


def korean_daily(story: Story, when: datetime, rng: random.Random) -> Page:
    """A daily in EUC-KR declared by the header: 입력, 수정, reporter below, copyright line."""
    later = when.replace(hour=when.hour + 1)
    body = f"""<html><head><title>{story.headline} : 새벽일보</title><meta property="og:title" content="{story.headline}"><meta property="og:site_name" content="새벽일보"></head>
<body>{ko.menu()}<div id="wrap"><div class="art_head"><p class="loc">홈 &gt; {story.section}</p><h1 id="article_title">{story.headline}</h1><div class="byline"><span>입력 {when:%Y.%m.%d %H:%M}</span>
<span>수정 {later:%Y.%m.%d %H:%M}</span></div>{ko.SHARE}</div><div class="art_body" id="articleBody">{_p(story)}<p>{story.authors[0]} 기자 dawn@saebyeok.example</p></div>
<p class="copy">저작권자 ⓒ 새벽일보, 무단 전재 및 재배포 금지</p>{ko.teasers(rng)}{ko.COMMENTS}</div>{ko.FOOTER}</body></html>"""
    gold = Gold(
        story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}", _iso(when.replace(second=0)), _iso(later.replace(second=0)),
        is_labelled=True, publisher="새벽일보", language="ko",
    )  # fmt: skip
    return Page(
        f"daily-{story.slug}",
        body.encode("cp949"),
        f"http://www.saebyeok.co.kr/news/{rng.randrange(10**7)}.html",
        gold,
        "text/html; charset=euc-kr",
    )


def korean_agency(story: Story, when: datetime, rng: random.Random) -> Page:
    """An agency: 송고시간, dateline with the reporter, 무단전재, EUC-KR in a meta element."""
    first, *rest = story.paragraphs
    lead = f"(새별=마루뉴스) {' '.join(story.authors)} 기자 = {first}"
    body = f"""<!DOCTYPE html><html lang="ko"><head><meta charset="euc-kr"><title>{story.headline} | 마루뉴스</title></head><body>{ko.menu("nav")}
<div class="container"><header class="title-article01"><h1 class="tit">{story.headline}</h1><p class="update-time">송고시간{when:%Y-%m-%d %H:%M}</p>{ko.SHARE}</header>
<article class="story-news article"><div class="comp-box photo-group"><figure><img src="a.jpg"><figcaption>철마골 전경 [사진=마루뉴스]</figcaption></figure></div><p>{lead}</p>
{"".join(f"<p>{text}</p>" for text in rest)}<p>maru@maru.example</p><p class="txt-copyright">&lt;저작권자(c) 마루뉴스, 무단 전재-재배포 금지&gt;</p></article>
{ko.teasers(rng, "많이 본 뉴스", "rank_news")}</div>{ko.FOOTER}</body></html>"""
    gold = Gold(
        story.headline, (lead, *rest), story.authors, f"{when:%Y-%m-%d}", _iso(when.replace(second=0)), is_labelled=True,
        image_credit="마루뉴스", language="ko",
    )  # fmt: skip
    return Page(
        f"kagency-{story.slug}",
        body.encode("cp949"),
        f"https://www.maru.kr/view/AKR{when:%Y%m%d}{rng.randrange(10**6)}",
        gold,
        "text/html",
    )


def korean_ministry(story: Story, when: datetime, rng: random.Random) -> Page:
    """A ministry's board in cp949, declared by http-equiv: 등록일, 담당부서, attachments, 공공누리."""
    body = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=ks_c_5601-1987"><title>보도자료 | 해양개척부</title></head><body>
<a href="#content">본문 바로가기</a>{ko.menu()}<div id="content"><h3 class="page_tit">보도자료</h3><div class="view_head"><h4 class="view_tit">{story.headline}</h4>
<dl><dt>등록일</dt><dd>{when:%Y-%m-%d}</dd><dt>담당부서</dt><dd>대변인실</dd><dt>조회수</dt><dd>{rng.randrange(5000)}</dd></dl></div>
<div class="view_cont">{"".join(f"<p>&nbsp;○ {text}</p>" for text in story.paragraphs)}</div><div class="file"><strong>첨부파일</strong><a href="#">보도자료_{when:%m%d}.hwp</a></div>
<div class="nuri">공공누리 제1유형: 출처표시</div><div class="satis">이 페이지의 내용에 만족하십니까?</div><ul class="pn"><li>이전글 {ko.TEASERS[0]}</li><li>다음글 {ko.TEASERS[1]}</li></ul></div>{ko.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", is_labelled=True, language="ko")
    return Page(
        f"kministry-{story.slug}",
        body.encode("cp949"),
        f"https://www.haeyang.go.kr/board/view.do?seq={rng.randrange(10**5)}",
        gold,
        "text/html",
    )


def korean_json_ld(story: Story, when: datetime, rng: random.Random) -> Page:
    """A daily in UTF-8 with JSON-LD, 승인 beside 입력, and paragraphs as breaks."""
    data = {
        "@context": "http://schema.org", "@type": "NewsArticle", "headline": story.headline, "datePublished": _iso(when),
        "author": {"@type": "Person", "name": f"{story.authors[0]} 기자"}, "publisher": {"@type": "Organization", "name": "너른들신문"},
    }  # fmt: skip
    body = f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>{story.headline} - 너른들신문</title><script type="application/ld+json">{json.dumps(data)}</script></head>
<body>{ko.menu()}<section id="user-container"><header class="article-view-header"><h3 class="heading">{story.headline}</h3><ul class="infomation"><li>기자명 {story.authors[0]} 기자</li>
<li>입력 {when:%Y.%m.%d %H:%M}</li><li>승인 {when:%Y.%m.%d %H:%M}</li><li>댓글 0</li></ul></header><article id="article-view-content-div">{"<br><br>".join(story.paragraphs)}</article>
<div class="copyright">저작권자 © 너른들신문 무단전재 및 재배포 금지</div>{ko.teasers(rng, "인기기사", "aside-rank")}</section>{ko.FOOTER}</body></html>"""
    gold = Gold(
        story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}", _iso(when.replace(second=0)), is_labelled=True,
        publisher="너른들신문", language="ko",
    )  # fmt: skip
    return Page(
        f"kld-{story.slug}",
        body.encode(),
        f"https://www.nereun.co.kr/news/articleView.html?idxno={rng.randrange(10**6)}",
        gold,
    )


def korean_lying(story: Story, when: datetime, rng: random.Random) -> Page:
    """A page that declares UTF-8 and sends cp949; dates in words."""
    half = "오후" if when.hour >= 12 else "오전"
    body = f"""<html lang="ko"><head><meta charset="utf-8"><title>{story.headline}</title></head><body>{ko.menu()}<div class="view"><h2 class="view_title">{story.headline}</h2>
<p class="date">기사입력 {when.year}년 {when.month}월 {when.day}일 {half} {(when.hour - 1) % 12 + 1}시 {when.minute:02}분</p><div class="view_con">{_p(story)}<p>[{story.authors[0]} 기자]</p></div>{ko.teasers(rng)}</div>{ko.FOOTER}</body></html>"""
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
        f"klie-{story.slug}", body.encode("cp949"), f"http://news.sotdae.kr/read?no={rng.randrange(10**6)}", gold
    )


ENGLISH: list[Template] = [
    blog_theme, broadcaster, agency, big_paper, next_script, fusion_script, ministry_board, old_tables, amp_page, staff_report,
]  # fmt: skip
KOREAN: list[Template] = [korean_daily, korean_agency, korean_ministry, korean_json_ld, korean_lying]

__all__ = ["ENGLISH", "KOREAN", "KST"]
