"""We know that a note reads as it was typed: paragraphs and links, and never markup."""

import pytest

from policytracker.desk.note_text import note_html


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("One line.", "<p>One line.</p>"),
        ("One.\nTwo.", "<p>One.<br>Two.</p>"),
        ("One.\r\n\r\nTwo.", "<p>One.</p>\n\n<p>Two.</p>"),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[x](javascript:alert(1))", "<p>[x](javascript:alert(1))</p>"),
        (
            "See https://a.example/b.",
            '<p>See <a href="https://a.example/b" rel="nofollow">https://a.example/b</a>.</p>',
        ),
        ("www.a.example", '<p><a href="https://www.a.example" rel="nofollow">www.a.example</a></p>'),
        (
            "(https://a.example/x_(y))",
            '<p>(<a href="https://a.example/x_(y)" rel="nofollow">https://a.example/x_(y)</a>)</p>',
        ),
        (
            'https://a.example/?q="><script>',
            '<p><a href="https://a.example/?q=" rel="nofollow">https://a.example/?q=</a>&quot;&gt;&lt;script&gt;</p>',
        ),
        (
            "https://a.example/?a=1&b='2'x",
            '<p><a href="https://a.example/?a=1&amp;b=&#x27;2&#x27;x" rel="nofollow">'
            "https://a.example/?a=1&amp;b=&#x27;2&#x27;x</a></p>",
        ),
        ("HTTPS://", "<p>HTTPS://</p>"),
    ],
)
def test_a_note_reads_as_typed(typed: str, html: str) -> None:
    assert note_html(typed) == html
