"""We know that no rule of ours takes from an ordinary page what its reader sees: lists, verses of one word, quotations."""

import pytest

from articles.importing.documents import Document
from articles.importing.pages import read_page

NAV = "<nav><ul><li><a href=/>Home</a></li><li><a href=/n>News</a></li><li><a href=/s>Sport</a></li></ul></nav>"
FOOTER = "<footer><p>© 2024 Site Ltd. All rights reserved.</p><ul><li><a href=/i>Imprint</a></li></ul></footer>"


def read(title, body, *, lang="en"):
    html = (
        f"<!doctype html><html lang='{lang}'><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body>{NAV}<article><h1>{title}</h1>{body}</article>{FOOTER}</body></html>"
    )
    return read_page(Document(body=html.encode(), url="https://site.example/a", content_type="text/html"))


def test_a_recipe_keeps_its_ingredients_and_steps():
    lists = "".join(f"<li>{each}</li>" for each in ("1 kg of white fish", "2 onions", "salt"))
    draft = read(
        "Fish soup from Port Calder",
        "<p>This soup is made in every kitchen along the quay, and no two taste alike; mine is the version of the widow "
        f"who ran the ferry.</p><h2>Ingredients</h2><ul>{lists}</ul><h2>Method</h2><ol><li>Cut the onions and let them "
        "soften in oil for ten minutes.</li><li>Turn off the heat.</li></ol><p>Serve with bread that is a day old.</p>",
    )

    assert {"Ingredients", "1 kg of white fish", "2 onions", "salt", "Method"} <= set(draft.text.split("\n"))


def test_an_interview_keeps_an_answer_of_one_word():
    draft = read(
        "Interview with a keeper",
        "<p class=byline>By Ana Lopez</p><p>The keeper of the last lighthouse on the coast talks about storms, silence "
        "and the end of the paraffin age.</p><p><b>Do you miss people?</b></p><p>No.</p><p><b>And the storms?</b></p>"
        "<p>The storms are company. You learn to tell them apart by how the door moves before the wind is there.</p>",
    )

    assert "No." in draft.text.split("\n")
    assert draft.authors == ("Ana Lopez",)


def test_a_quotation_that_is_also_pulled_out_stays_once():
    quote = "This is the best day for cod since 1974, and I have seen them all."
    draft = read(
        "Senate passes fisheries bill",
        "<p>The Senate passed a fisheries bill on Thursday after a debate that lasted until two in the morning.</p>"
        f"<blockquote><p>{quote}</p></blockquote><p>So said Senator Jim Hale of Maine.</p><div class=pull-quote>{quote}"
        "</div><p>The bill sets quotas for eleven species. It now goes to the House, where its chances are uncertain.</p>",
    )

    assert draft.text.split("\n").count(quote) == 1


def test_a_manual_keeps_terms_and_tables_and_loses_the_marks_behind_its_headings():
    draft = read(
        "Configuring the queue¶",
        "<p>The queue keeps jobs until a worker takes them. It is configured with a single file read at start-up.</p>"
        "<h2>Options¶</h2><dl><dt>size</dt><dd><p>How many jobs may wait. A producer that finds the queue full waits."
        "</p></dd><dt>retry</dt><dd><p>How often a failed job is tried again before it is put aside.</p></dd></dl>"
        "<p>Whoever changes the file sends a hang-up signal afterwards, or waits for the next start.</p>",
    )

    assert draft.headline == "Configuring the queue"
    assert {"Options", "size", "retry"} <= set(draft.text.split("\n"))


@pytest.mark.parametrize(
    ("lang", "title", "paragraphs"),
    [
        ("ja", "港の博物館、五月に再開", ["七年にわたる改修工事を終え、港の博物館が五月五日に再び開館する。館長が火曜日の会見で明らかにした。",
         "建物は一八八七年に建てられ、倒壊の恐れがあったため二〇一六年から閉鎖されていた。", "七月末までは入場無料となる。"]),
        ("ru", "Музей открывает новый зал", ["Краеведческий музей открывает в субботу новый зал, посвящённый истории маяков побережья.",
         "«Мы собирали эти предметы двадцать лет», — рассказала директор музея Анна Белова.", "Вход свободный."]),
    ],
)  # fmt: skip
def test_a_text_in_another_script_is_whole_and_an_undated_page_stays_undated(lang, title, paragraphs):
    draft = read(title, "".join(f"<p>{text}</p>" for text in paragraphs), lang=lang)

    assert draft.text.split("\n") == paragraphs
    assert draft.published_on is None  # the footer's "© 2024" dates nothing


@pytest.mark.parametrize(
    ("lang", "byline"), [("de", "Von Jonas Feld | 14. März 2023"), ("fr", "Par Jonas Feld"), ("es", "Por Jonas Feld")]
)
def test_a_byline_is_read_in_other_languages(lang, byline):
    body = f"<p class=meta>{byline}</p><p>{'Das Haus am Hafen stammt aus dem Jahr 1887 und war zuletzt in Gefahr. ' * 4}</p>"

    assert read("Hafenmuseum im Mai wieder offen", body, lang=lang).authors == ("Jonas Feld",)


def test_a_headline_that_begins_like_a_byline_names_nobody():
    body = f"<p>Von der Leyen besucht Kiew</p><p>{'Das Haus am Hafen stammt aus dem Jahr 1887 und war zuletzt in Gefahr. ' * 4}</p>"

    assert read("Hafenmuseum im Mai wieder offen", body, lang="de").authors == ()
