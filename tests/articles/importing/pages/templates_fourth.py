"""Kinds of sites that admins of other countries paste: boards, forums, briefings, tickers, pages in parts."""

import json
import random
from datetime import datetime, timedelta

from tests.articles.importing.pages import furniture_en as en
from tests.articles.importing.pages import furniture_ko as ko
from tests.articles.importing.pages.builder import Gold, Page, Story, Template
from tests.articles.importing.pages.templates import _e, _iso, _p


def dated_blog(story: Story, when: datetime, rng: random.Random) -> Page:
    """An old blog platform: the day as a heading, lines broken by hand, signature and labels below."""
    text = "<br /><br />".join(_e(each) for each in story.paragraphs)
    body = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Slipway: {_e(story.headline)}</title></head><body><div id="header"><h1 class="title"><a href="/">Slipway</a></h1><p class="description">Notes from the quay</p></div>
<div id="main"><h2 class="date-header"><span>{when:%A}, {when.day} {when:%B} {when.year}</span></h2><div class="post hentry"><h3 class="post-title entry-title">{_e(story.headline)}</h3><div class="post-body entry-content">{text}<div style="clear: both;"></div></div>
<div class="post-footer">Posted by <span class="fn">{story.authors[0]}</span> at <a href="#" title="permanent link"><abbr class="published" title="{_iso(when)}">{when:%I:%M %p}</abbr></a> <a href="#">2 comments:</a> Labels: <a href="#">fees</a>, <a href="#">quay</a></div></div>
<div id="comments"><h4>2 comments:</h4><dl><dt>Anonymous said...</dt><dd>{en.COMMENTS[0]}</dd><dt>reader7 said...</dt><dd>{en.COMMENTS[2]}</dd></dl></div><div id="blog-pager"><a href="#">Newer Post</a> <a href="#">Older Post</a></div></div>
<div id="sidebar"><h2>About Me</h2><p>I mend nets and read statutes.</p><h2>Blog Archive</h2><ul><li><a href="#">2024 (31)</a></li><li><a href="#">2021 (8)</a></li></ul></div></body></html>"""
    gold = Gold(story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}", _iso(when))
    return Page(f"slipway-{story.slug}", body.encode(), f"https://slipway.example/{when:%Y/%m}/{story.slug}.html", gold)


def newsletter(story: Story, when: datetime, rng: random.Random) -> Page:
    """A newsletter on the web: subtitle, author, offers to subscribe between the paragraphs."""
    deck = "And why it matters to whoever owns a boat"  # the author's own words: they belong to the text
    texts = [f"<p>{_e(text)}</p>" for text in story.paragraphs]
    offer = '<div class="subscription-widget-wrap"><p class="cta-caption">Ebb &amp; Flow is a reader-supported publication. To receive new posts, consider becoming a free or paid subscriber.</p><form><input type="email" placeholder="Type your email..."><button>Subscribe</button></form></div>'
    texts.insert(2, offer)
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": story.headline, "datePublished": _iso(when), "isAccessibleForFree": True,
        "author": [{"@type": "Person", "name": story.authors[0]}], "publisher": {"@type": "Organization", "name": "Ebb & Flow"},
    }  # fmt: skip
    body = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{_e(story.headline)} - by {story.authors[0]}</title><meta property="og:title" content="{_e(story.headline)}"><script type="application/ld+json">{json.dumps(data)}</script></head><body>
<div class="topbar"><a href="/">Ebb &amp; Flow</a><button>Subscribe</button><button>Sign in</button></div><article class="newsletter-post post"><div class="post-header"><h1 class="post-title published">{_e(story.headline)}</h1><h3 class="subtitle">{deck}</h3>
<div class="byline-wrapper"><a href="#">{story.authors[0]}</a><div>{when:%b} {when.day:02}, {when.year}</div></div><div class="post-ufi"><a>12</a><a>3</a><a>Share</a></div></div><div class="available-content"><div class="body markup">{"".join(texts)}</div></div></article>
<div class="comments-section"><h4>Discussion about this post</h4><p>{en.COMMENTS[1]}</p></div><div class="ready-for-more">Ready for more?</div>{en.FOOTER}</body></html>"""
    gold = Gold(
        story.headline,
        (deck, *story.paragraphs),
        story.authors[:1],
        f"{when:%Y-%m-%d}",
        _iso(when),
        publisher="Ebb & Flow",
    )
    return Page(f"ebb-{story.slug}", body.encode(), f"https://ebbandflow.example/p/{story.slug}", gold)


def release_bureau(story: Story, when: datetime, rng: random.Random) -> Page:
    """A state's press bureau: posted on and by the bureau itself, stars and a number at the end."""
    hour = f"{when:%I:%M%p}".lstrip("0")
    body = f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Press Release:Press Bureau of Marland</title></head><body>{en.menu()}<div class="innner-page-main-about-us-content-right-part"><div class="MinistryNameSubhead text-center">Ministry of Harbours</div>
<div class="text-center"><h2>{_e(story.headline)}</h2></div><div class="ReleaseDateSubHeaddateTime text-center">Posted On: {when:%d} {when:%b} {when.year} {hour} by PB Port Calder</div><div class="pt20"></div>
{"".join(f'<p style="text-align:justify"><span style="font-size:14pt">{_e(text)}</span></p>' for text in story.paragraphs)}<p style="text-align:center">***</p><div class="ReleaseId">(Release ID: {rng.randrange(10**7)}) Visitor Counter : {rng.randrange(999)}</div></div>
<div class="log_oo"><span>Read this release in:</span><a href="#">Northern</a>, <a href="#">Southern</a></div>{en.FOOTER}</body></html>""".replace(
        when.strftime("%b"), when.strftime("%b").upper(), 1
    )
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", is_labelled=True)
    return Page(
        f"bureau-{story.slug}",
        body.encode(),
        f"https://bureau.example/PressReleasePage.aspx?PRID={rng.randrange(10**7)}",
        gold,
    )


def table_board(story: Story, when: datetime, rng: random.Random) -> Page:
    """A ministry's board in English: names of fields and values in the cells of a table, the text in another."""
    body = f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd"><html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>Council of Harbours-News</title></head><body>{en.menu()}
<div class="path">Home &gt; News &gt; Press Releases</div><table class="view" summary="news"><tr><th>Title</th><td colspan="3">{_e(story.headline)}</td></tr><tr><th>Date</th><td>{when:%Y/%m/%d}</td><th>Data Source</th><td>Department of Quays</td></tr><tr><th>Hits</th><td>{rng.randrange(5000)}</td><th>File</th><td><a href="#">release.odt</a></td></tr>
<tr><td colspan="4" class="content"><div>{"<br/><br/>".join(_e(text) for text in story.paragraphs)}</div></td></tr></table><div class="btn"><a href="#">Prev</a> <a href="#">List</a> <a href="#">Next</a></div>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}", is_labelled=True)
    return Page(
        f"council-{story.slug}",
        body.encode(),
        f"https://council.example/en/News_Content.aspx?n=1&s={rng.randrange(10**6)}",
        gold,
    )


def forum(story: Story, when: datetime, rng: random.Random) -> Page:
    """A thread of a forum: the first post is the article, the replies are not."""
    name = "tidewatcher"

    def post(who: str, at: datetime, text: str) -> str:
        return f'<div class="post"><div class="postprofile"><a class="username" href="#">{who}</a><dd>Posts: {rng.randrange(900)}</dd><dd>Joined: Tue Mar 03, 2015 8:11 pm</dd></div><div class="postbody"><h3><a href="#">{_e(story.headline)}</a></h3><p class="author">Post by <strong><a class="username" href="#">{who}</a></strong> » {at:%a %b %d, %Y %I:%M %p}</p><div class="content">{text}</div></div></div>'

    replies = "".join(
        post(f"reader{i}", when + timedelta(days=i + 1), f"{text} That is all I have to say on it.")
        for i, text in enumerate(en.COMMENTS[:2])
    )
    body = f"""<!DOCTYPE html><html lang="en-gb"><head><meta charset="utf-8" /><title>{_e(story.headline)} - Boat People Forum</title></head><body id="phpbb" class="section-viewtopic"><div id="page-header"><h1>Boat People Forum</h1><p>Talk among owners</p><a href="#">Skip to content</a></div>
<div id="page-body" role="main"><h2 class="topic-title"><a href="#">{_e(story.headline)}</a></h2><div class="pagination">3 posts • Page 1 of 1</div>{post(name, when, "<br><br>".join(_e(text) for text in story.paragraphs))}{replies}<div class="action-bar">Post Reply</div></div>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, story.paragraphs, (), f"{when:%Y-%m-%d}")
    return Page(
        f"forum-{story.slug}", body.encode(), f"https://forum.example/viewtopic.php?t={rng.randrange(10**5)}", gold
    )


def briefing(story: Story, when: datetime, rng: random.Random) -> Page:
    """A press briefing as it was spoken: questions and answers by turns, speakers in capitals."""
    speakers = ("MS VANE", "QUESTION")
    told = tuple(f"{speakers[index % 2]}: {text}" for index, text in enumerate(story.paragraphs))
    paragraphs = "".join(
        f"<p><strong>{line.split(':')[0]}:</strong>{_e(line[line.index(':') + 1 :])}</p>" for line in told
    )
    body = f"""<!DOCTYPE html><html lang="en-US"><head><meta charset="UTF-8"><title>{_e(story.headline)} - Department of Seas</title><meta property="og:site_name" content="Department of Seas"></head><body>{en.menu()}<main id="content"><header class="featured-content"><span>Department Press Briefing</span><h1 class="featured-content__headline">{_e(story.headline)}</h1>
<p class="article-meta__author-bureau">Anna Vane, Department Spokesperson</p><p class="article-meta__publish-date">{when:%B} {when.day}, {when.year}</p></header><div class="entry-content">{paragraphs}</div><div class="tags"><h2>Tags</h2><a href="#">Office of the Spokesperson</a></div></main>{en.FOOTER}</body></html>"""
    gold = Gold(story.headline, told, ("Anna Vane",), f"{when:%Y-%m-%d}")
    return Page(f"briefing-{story.slug}", body.encode(), f"https://seas.example/briefings/{story.slug}/", gold)


def in_parts(story: Story, when: datetime, rng: random.Random) -> Page:
    """The first of three pages of one article, in tables, with its byline in the last line."""
    text = "".join(f"<P>&nbsp;&nbsp;{_e(each)}" for each in story.paragraphs)
    body = f"""<HTML><HEAD><TITLE>The Weekly Anchor -- {_e(story.headline)}</TITLE></HEAD><BODY BGCOLOR="#FFFFFF"><TABLE WIDTH="760"><TR><TD COLSPAN="2"><IMG SRC="logo.gif" ALT="The Weekly Anchor"></TD></TR><TR><TD WIDTH="120" VALIGN="TOP"><FONT SIZE="1"><A HREF="/">Home</A><BR><A HREF="/p">Politics</A><BR><A HREF="/w">World</A><BR><A HREF="/s">Subscribe</A></FONT></TD>
<TD><FONT FACE="Arial" SIZE="5"><B>{_e(story.headline)}</B></FONT><BR><FONT SIZE="2"><I>{when:%B} {when.day}, {when.year}</I></FONT><FONT FACE="Times" SIZE="3">{text}<P ALIGN="RIGHT"><I>By {story.authors[0]}</I></FONT><CENTER><FONT SIZE="2">Page 1 of 3 | <A HREF="?page=2">2</A> | <A HREF="?page=3">3</A> | <A HREF="?page=2">Next page &gt;&gt;</A></FONT></CENTER>
</TD></TR><TR><TD COLSPAN="2"><FONT SIZE="1">Copyright 1999 The Weekly Anchor. All rights reserved.</FONT></TD></TR></TABLE></BODY></HTML>"""
    gold = Gold(story.headline, story.paragraphs, story.authors[:1], f"{when:%Y-%m-%d}")
    return Page(f"anchor-{story.slug}", body.encode(), f"https://anchor.example/a/{rng.randrange(9999)}.html", gold)


def korean_blog(story: Story, when: datetime, rng: random.Random) -> Page:
    """A Korean blog platform: category and title, nickname and moment, components of text."""
    parts = "".join(
        f'<div class="se-component se-text"><p class="se-text-paragraph"><span class="se-fs-">{text}</span></p></div>'
        for text in story.paragraphs
    )
    body = f"""<!DOCTYPE html><html lang="ko"><head><meta charset="utf-8"><title>{story.headline} : 먼 블로그</title><meta property="og:title" content="{story.headline}"></head><body><div id="whole-body"><div class="blog_category">바다 이야기</div><div class="se-title-text"><span>{story.headline}</span></div><div class="blog2_container"><span class="nick"><a href="#">파도소리</a></span><span class="se_publishDate pcol2">{when.year}. {when.month}. {when.day}. {when:%H:%M}</span><a href="#">URL 복사</a><a href="#">이웃추가</a></div>
<div class="se-main-container">{parts}</div><div class="post_tag"><a href="#">#바다</a><a href="#">#사용료</a></div><div class="wrap_postcomment"><a>공감 12</a><a>댓글 3</a></div><div class="blog2_post_list"><strong>이 블로그 바다 이야기 카테고리 글</strong><ul><li><a href="#">{ko.TEASERS[2]}</a></li><li><a href="#">{ko.TEASERS[5]}</a></li></ul></div></div></body></html>"""
    gold = Gold(
        story.headline,
        story.paragraphs,
        (),
        f"{when:%Y-%m-%d}",
        _iso(when.replace(second=0)),
        language="ko",
    )
    return Page(f"kblog-{story.slug}", body.encode(), f"https://blog.meon.co.kr/sea/{rng.randrange(10**9)}", gold)


def korean_board(story: Story, when: datetime, rng: random.Random) -> Page:
    """A ministry's board: title, department, day and hits as a list, attachments, the text broken by hand."""
    body = f"""<!doctype html><html lang="ko"><head><meta charset="utf-8"><title>보도자료 | 해양개척부</title></head><body>{ko.menu()}<div id="contents"><h2>보도자료</h2><div class="board_view"><h3 class="tit">{story.headline}</h3><ul class="info"><li><b>작성자</b> 홍보담당관</li><li><b>작성일</b> {when:%Y-%m-%d}</li><li><b>조회수</b> {rng.randrange(5000)}</li></ul>
<dl class="file"><dt>첨부파일</dt><dd><a href="#">{when:%y%m%d} 보도자료.hwp</a> <a href="#">바로보기</a></dd></dl><div class="board_con">{"<br><br>".join(f"□ {text}" for text in story.paragraphs)}</div></div>
<ul class="prev_next"><li><b>이전글</b> <a href="#">{ko.TEASERS[4]}</a></li><li><b>다음글</b> <a href="#">{ko.TEASERS[6]}</a></li></ul><a class="btn" href="#">목록</a></div>{ko.FOOTER}</body></html>"""
    gold = Gold(
        story.headline,
        tuple(f"□ {text}" for text in story.paragraphs),
        (),
        f"{when:%Y-%m-%d}",
        is_labelled=True,
        language="ko",
    )
    return Page(
        f"kboard-{story.slug}", body.encode(), f"https://www.sea.go.kr/bbs/view.do?nttId={rng.randrange(10**6)}", gold
    )


def korean_amp(story: Story, when: datetime, rng: random.Random) -> Page:
    """The AMP form of a Korean paper's article."""
    data = {
        "@context": "http://schema.org", "@type": "NewsArticle", "headline": story.headline, "datePublished": _iso(when), "author": {"@type": "Person", "name": f"{story.authors[0]} 기자"},
        "publisher": {"@type": "Organization", "name": "갯벌일보"},
    }  # fmt: skip
    body = f"""<!doctype html><html ⚡ lang="ko"><head><meta charset="utf-8"><title>{story.headline} - 갯벌일보</title><link rel="canonical" href="https://www.gaetbeol.co.kr/news/{story.slug}"><script async src="https://cdn.example/v0.js"></script><script type="application/ld+json">{json.dumps(data)}</script></head><body><amp-sidebar id="menu" layout="nodisplay">{ko.menu()}</amp-sidebar>
<header><a href="/">갯벌일보</a></header><article><h1>{story.headline}</h1><div class="info"><span>{story.authors[0]} 기자</span><span>입력 {when:%Y-%m-%d %H:%M}</span></div><amp-img src="a.jpg" width="600" height="400"></amp-img><div class="body">{_p(story)}</div><amp-ad type="adsense">광고</amp-ad></article><amp-list><template><a>{ko.TEASERS[1]}</a></template></amp-list>{ko.FOOTER}</body></html>"""
    gold = Gold(
        story.headline,
        story.paragraphs,
        story.authors[:1],
        f"{when:%Y-%m-%d}",
        _iso(when),
        is_labelled=True,
        publisher="갯벌일보",
        language="ko",
    )
    return Page(f"kamp-{story.slug}", body.encode(), f"https://m.gaetbeol.co.kr/amp/news/{story.slug}", gold)


ENGLISH: list[Template] = [dated_blog, newsletter, release_bureau, table_board, forum, briefing, in_parts]
KOREAN: list[Template] = [korean_blog, korean_board, korean_amp]
