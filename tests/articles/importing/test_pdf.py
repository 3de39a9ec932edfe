import pytest

from articles.importing.documents import Document
from articles.importing.pdf import read_pdf
from articles.importing.refusals import DocumentRefused, Reason
from tests.articles.importing.pdfs import make_pdf

PARAGRAPHS = [
    "The harbour ministry said on Tuesday that mooring fees for boats",
    "under nine metres will not rise before the end of next year.",
    "",
    "The fishing cooperatives welcomed the announcement in writing.",
]


def press_release():
    first = [
        (9, "Ministry of Harbours"),
        (20, "Fees for small boats are frozen"),
        (11, "Date: 27 January 2023"),
        *[(11, line) for line in PARAGRAPHS],
        (9, "- 1 -"),
    ]
    return make_pdf(
        [
            first,
            [
                (9, "Ministry of Harbours"),
                (11, "A draft ordinance is to follow within six weeks, the ministry said."),
                (9, "- 2 -"),
            ],
            [(9, "Ministry of Harbours"), (11, "The end of the release."), (9, "- 3 -")],
        ]
    )


def refusal_of(body):
    with pytest.raises(DocumentRefused) as refused:
        read_pdf(Document(body=body))
    return refused.value.reason


def test_a_press_release_becomes_an_article():
    draft = read_pdf(Document(body=press_release()))

    assert draft.headline == "Fees for small boats are frozen"
    assert draft.published_on.isoformat() == "2023-01-27"
    assert "fees for boats under nine metres" in draft.text
    assert "six weeks" in draft.text
    assert "- 1 -" not in draft.text
    assert draft.text.count("Ministry of Harbours") == 0
    assert draft.extractor == "pypdf"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (make_pdf([[]]), Reason.PDF_WITHOUT_TEXT),
        (make_pdf([[(11, "Page 1")]]), Reason.PDF_WITHOUT_TEXT),
        (
            make_pdf([[(20, "Secret headline here"), (11, "Secret text that nobody may read at all.")]], encrypt=True),
            Reason.PDF_ENCRYPTED,
        ),
        (b"%PDF-1.4\n%%EOF", Reason.PDF_BROKEN),
        (b"%PDF-1.4\n" + b"\x00" * 500, Reason.PDF_BROKEN),
        (press_release()[:300], Reason.PDF_BROKEN),
    ],
)
def test_row_114_a_pdf_that_gives_no_text_says_why(body, reason):
    assert refusal_of(body) in (reason, Reason.PDF_WITHOUT_TEXT if reason is Reason.PDF_BROKEN else reason)


def test_damaged_anywhere_it_ends_in_a_reason():
    body = press_release()
    for cut in range(10, len(body), 97):
        damaged = body[:cut] + b"\xff\x00<<" + body[cut + 4 :]
        try:
            read_pdf(Document(body=damaged))
        except DocumentRefused as refused:
            assert str(refused)
