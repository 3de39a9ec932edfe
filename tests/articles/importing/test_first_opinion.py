"""We know that the short way to the text leads where the long one does, or is not gone."""

from itertools import pairwise

import pytest

from articles.importing import bodies, first_opinion
from articles.importing.decoding import decode
from articles.importing.headlines import choose_headline
from articles.importing.outline import outline_of
from articles.importing.pages import parse_html
from articles.importing.structured import read_claims
from tests.articles.importing.pages.builder import tuned

STORY = [
    f"The {one} was opened on Monday by the mayor, who had promised it in spring, and by the {other} next to it."
    for one, other in pairwise(["harbour", "library", "bridge", "school", "market", "museum", "river", "station"])
]


def page_of(*, around="", below=""):
    told = "".join(f"<p>{sentence}</p>" for sentence in STORY)
    return f"<html><head><title>Opened</title></head><body>{around}<article><h1>Opened</h1>{told}</article>{below}</body></html>"


def by_short_way(html):
    tree = parse_html(html)
    return first_opinion._by_short_way(tree, html, outline_of(tree))


def bodies_of(html):
    """Return the paragraphs of a page by the short way, where it is gone, and by the long one."""
    tree = parse_html(html)
    outline = outline_of(tree)
    headline = choose_headline(tree, read_claims(tree).headlines, [])
    ours = bodies.extract_body(tree, html, headline=headline, outline=outline)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(first_opinion, "_by_short_way", lambda *_: "")
        return ours, bodies.extract_body(tree, html, headline=headline, outline=outline)


def test_menus_columns_and_footers_make_no_difference():
    links = "".join(f"<li><a href=/{number}>Section {number}</a></li>" for number in range(40))
    menu, column = f"<nav><ul>{links}</ul></nav>", f"<aside><h2>More</h2><ul>{links}</ul><p>{STORY[0]}</p></aside>"
    html = page_of(around=menu, below=f"{column}<footer><ul>{links}</ul></footer><script>var a = 1;</script>")
    tree = parse_html(html)

    text = by_short_way(html)

    assert text.split("\n")[-len(STORY) :] == STORY
    assert text == first_opinion._as_a_whole(tree)


def test_the_short_way_leaves_the_page_as_it_is():
    html = page_of(around="<nav>Menu</nav>")
    tree = parse_html(html)

    first_opinion.first_opinion(tree, html, outline_of(tree))

    assert tree.find(".//nav") is not None


@pytest.mark.parametrize(
    "html",
    [
        page_of(below='<script type="application/ld+json">{"@type": "DiscussionForumPosting"}</script>'),
        page_of(below="".join(f"<div><p>{sentence} Again.</p></div>" for sentence in STORY * 2)),
        page_of(below=f"<div>{'Words of a list that is no link. ' * 150}</div>"),
        "<html><body><article><p>Hardly anything.</p></article></body></html>",
    ],
    ids=["a forum", "more text elsewhere", "a page much longer than the text", "a short text"],
)
def test_where_others_could_find_more_the_long_way_is_gone(html):
    assert by_short_way(html) == ""


def test_pages_of_many_outlets_read_the_same_by_either_way():
    texts = [(page.name, decode(page.body, content_type=page.content_type).text) for page in tuned()[::2]]

    read = {name: bodies_of(html) for name, html in texts}

    assert [name for name, (short, long) in read.items() if short != long] == []
    assert sum(by_short_way(html) != "" for _, html in texts) > len(texts) / 2
