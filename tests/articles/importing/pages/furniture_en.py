"""What English sites put around an article."""

import random

MENU = ["Home", "Politics", "Economy", "World", "Culture", "Sport", "Weather", "Opinion", "Video", "About us"]
TEASERS = [
    "Mayor opens bakery in former police station", "Ten ways to read a tide table", "Why the lake turned pink",
    "Pilot lands on motorway, gets parking ticket", "The last typewriter repairer", "Cabbage prices fall for third week",
    "Bridge named after dog that swam it", "What the new bus map means for you", "Interview: the woman who counts storks",
    "Rowing club finds Roman anchor", "Snow expected on the passes tonight", "Chess hall to stay open until midnight",
]  # fmt: skip
COMMENTS = [
    "I have lived here for forty years and nobody asked me about any of this.",
    "Good article, but the map in the print edition was upside down.",
    "They said the same thing before the last election and look what happened.",
    "My grandmother would have fixed it with string and candle wax.",
]


def menu(tag: str = "nav", cls: str = "main-nav") -> str:
    items = "".join(f'<li><a href="/{name.lower().replace(" ", "-")}/">{name}</a></li>' for name in MENU)
    return f'<{tag} class="{cls}"><ul>{items}</ul></{tag}>'


def teasers(rng: random.Random, count: int = 5, heading: str = "Related stories", cls: str = "related") -> str:
    chosen = rng.sample(TEASERS, count)
    items = "".join(f'<li><a href="/story/{i}">{title}</a></li>' for i, title in enumerate(chosen))
    return f'<div class="{cls}"><h3>{heading}</h3><ul>{items}</ul></div>'


def cards(rng: random.Random, count: int = 4) -> str:
    chosen = rng.sample(TEASERS, count)
    return "".join(
        f'<article class="card"><h2><a href="/c/{i}">{title}</a></h2><p>{title}, and what it says about all of us this week.'
        f'</p><time datetime="2024-11-0{i + 1}">Nov. {i + 1}, 2024</time></article>'
        for i, title in enumerate(chosen)
    )


def comments(rng: random.Random, count: int = 3) -> str:
    chosen = rng.sample(COMMENTS, count)
    items = "".join(
        f'<li class="comment"><b>reader{i}</b> <span>Posted: March {i + 2}, 2025</span><p>{text}</p></li>'
        for i, text in enumerate(chosen)
    )
    return f'<section id="comments" class="comments-area"><h2>{count} comments</h2><ol>{items}</ol></section>'


def share(cls: str = "share-buttons") -> str:
    return (
        f'<div class="{cls}"><span>Share this article</span><a href="#">Facebook</a><a href="#">Twitter</a>'
        '<a href="#">WhatsApp</a><a href="#">Copy link</a></div>'
    )


COOKIES = (
    '<div class="cookie-banner" role="dialog"><p>We use cookies to improve your experience on our site and to show you '
    "relevant advertising. By continuing you accept our cookie policy.</p><button>Accept all</button><button>Reject</button></div>"
)
FOOTER = (
    '<footer class="site-footer"><p>© 2025 All rights reserved. No part of this site may be reproduced without permission.</p>'
    '<ul><li><a href="/terms">Terms of use</a></li><li><a href="/privacy">Privacy policy</a></li><li><a href="/contact">Contact us</a>'
    "</li></ul></footer>"
)
NEWSLETTER = (
    '<div class="newsletter-signup"><h4>Sign up to our newsletter</h4><p>Get the morning briefing delivered to your inbox every weekday.</p>'
    '<form><input type="email"><button>Subscribe</button></form></div>'
)
