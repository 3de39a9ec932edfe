"""Pages as heavy as those of real news sites: menus, scripts, teasers and comments outweigh the article forty times.

Each number gives another article, of its own words, so that no two are one story.
"""

import json
import random

from tests.articles.importing.pages import furniture_en as en

_WORDS = [
    "harbour",
    "council",
    "budget",
    "school",
    "railway",
    "river",
    "market",
    "museum",
    "weather",
    "culture",
    "sport",
    "opinion",
    "region",
    "winter",
]
SECTIONS = ["Politics", "Economy", "World", "Culture", "Environment"]


def weighty_page(number: int) -> str:
    """Return a page of about 100 kB and 1,500 elements."""
    rng = random.Random(number)
    headline = f"Report {number}: {' '.join(rng.sample(_WORDS, 5))} plan announced"
    when = f"2023-{rng.randrange(1, 13):02d}-{rng.randrange(1, 28):02d}T16:14:18+09:00"
    return f"""<!doctype html><html lang="en"><head>{_head(headline, when, rng)}</head><body class="single">
<div class="skip"><a href="#main">Skip to content</a></div>{_scripts(rng, 6)}<header class="site-header">{_menu(rng)}</header>
<div class="wrap"><main id="main">{_article(number, headline, when, rng)}{_comments(rng)}</main>{_aside(rng)}</div>
{_footer(rng)}{_scripts(rng, 10)}</body></html>"""


def _head(headline: str, when: str, rng: random.Random) -> str:
    data = {
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": headline, "datePublished": when,
        "author": {"@type": "Person", "name": "Marta Ellwood"}, "publisher": {"@type": "Organization", "name": "The Coast Courier"},
        "articleSection": rng.choice(SECTIONS),
    }  # fmt: skip
    links = "".join(
        f'<link rel="preload" as="script" href="/static/chunk-{rng.randrange(10**8)}.js">' for _ in range(20)
    )
    style = "".join(f".c{rng.randrange(10**6)}{{display:flex;margin:0 {n}px;color:#333}}" for n in range(120))
    return f"""<meta charset="utf-8"><title>{headline} – The Coast Courier</title><meta property="og:title" content="{headline}">
<meta property="og:site_name" content="The Coast Courier"><meta property="article:published_time" content="{when}">
<meta name="author" content="Marta Ellwood"><meta name="viewport" content="width=device-width">{links}<style>{style}</style>
<script type="application/ld+json">{json.dumps(data)}</script>"""


def _menu(rng: random.Random) -> str:
    groups = (
        f'<li class="menu-item has-children"><a href="/s/{rng.randrange(999)}"><span>{rng.choice(_WORDS).title()}</span></a>'
        f'<ul class="sub-menu">{_links(rng, 14)}</ul></li>'
        for _ in range(12)
    )
    return f'<nav class="main-nav" aria-label="Main"><ul>{"".join(groups)}</ul></nav>'


def _links(rng: random.Random, count: int) -> str:
    return "".join(
        f'<li><a href="/{rng.randrange(10**6)}">{" ".join(rng.sample(_WORDS, 2)).title()}</a></li>'
        for _ in range(count)
    )


def _article(number: int, headline: str, when: str, rng: random.Random) -> str:
    from tests.articles.site import sentences  # its module needs Django to be set up

    told = sentences(number, 36)
    paragraphs = [" ".join(told[start : start + 3]) for start in range(0, len(told), 3)]
    linked = [text.replace(" near ", f' <a href="/t/{rng.randrange(999)}">near</a> ', 1) for text in paragraphs]
    middle = f'<div class="related-inline"><h3>Related stories</h3><ul>{_links(rng, 3)}</ul></div><div class="ad-slot" id="ad-{number}"></div>'
    return f"""<article class="post"><header class="entry-header"><h1 class="entry-title">{headline}</h1>
<div class="entry-meta"><time datetime="{when}">{when[:10]}</time> <span class="byline">by <a rel="author" href="/a/1">Marta Ellwood</a></span></div>
{en.share()}</header><figure><picture><source srcset="/a.webp"><img src="/a.jpg" alt=""></picture><figcaption>The harbour in spring. Photo: Jonas Feld</figcaption></figure>
<div class="entry-content"><p>{"</p><p>".join(linked[:6])}</p>{middle}<h2>What comes next</h2><p>{"</p><p>".join(linked[6:])}</p></div>
<footer class="entry-footer"><ul class="tags">{_links(rng, 6)}</ul></footer></article>"""


def _comments(rng: random.Random) -> str:
    each = (
        f'<li class="comment"><div class="comment-author vcard"><img src="/i.png" alt=""><b class="fn">Reader {rng.randrange(99)}</b></div>'
        f'<div class="comment-content"><p>{rng.choice(en.COMMENTS)}</p></div><div class="reply"><a href="#r">Reply</a></div></li>'
        for _ in range(12)
    )
    return f'<section id="comments" class="comments-area"><h2>Comments</h2><ol class="comment-list">{"".join(each)}</ol></section>'


def _aside(rng: random.Random) -> str:
    cards = (
        f'<article class="card card--small"><a class="card__link" href="/c/{rng.randrange(10**6)}"><div class="card__media"><img src="/t.jpg" alt="" '
        f'loading="lazy" width="320" height="180"></div><h3 class="card__title">{rng.choice(en.TEASERS)}</h3></a><p class="card__summary">'
        f'{" ".join(rng.sample(_WORDS, 9)).capitalize()} this week.</p><time datetime="2024-11-05">Nov. 5, 2024</time></article>'
        for _ in range(48)
    )
    return f'<aside class="sidebar widget-area"><h2>Latest news</h2><div class="card-grid">{"".join(cards)}</div>{en.NEWSLETTER}</aside>'


def _footer(rng: random.Random) -> str:
    columns = "".join(
        f'<div class="footer-col"><h4>{rng.choice(_WORDS).title()}</h4><ul>{_links(rng, 10)}</ul></div>'
        for _ in range(6)
    )
    return f'<footer class="site-footer">{columns}{en.FOOTER}</footer>'


def _scripts(rng: random.Random, count: int) -> str:
    """Return what sites put into scripts: settings and experiments, no prose."""
    return "".join(
        f"<script>window.__s{n}={json.dumps({f'k{rng.randrange(10**9)}': rng.randrange(10**12) for _ in range(90)})};</script>"
        for n in range(count)
    )
