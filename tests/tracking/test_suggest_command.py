"""`manage.py suggest` prints what was found with offsets that hold in the file, and says what it cannot read."""

import json
import unicodedata
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from policytracker.tracking.models import Candidate, MachineReading, Mention
from tests.factories import make_alias, make_article, make_government, make_ministry

pytestmark = pytest.mark.django_db

TEXT = (
    "The Ministry of Unification held a briefing.\n"
    "In March, the ministry will publish an annual report.\n"
    "If dialogue resumes, the ministry plans to reopen the line.\n"
)


@pytest.fixture
def ministry():
    make_government(country="KR")
    return make_ministry(slug="mou", name="Ministry of Unification", name_ko="통일부")


def run(*args):
    out, err = StringIO(), StringIO()
    call_command("suggest", *args, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def run_on(tmp_path, text, *args, encoding="utf-8"):
    path = tmp_path / "text.txt"
    path.write_bytes(text.encode(encoding))
    return run("--text", str(path), "--date", "2023-01-27", *args)


def test_a_text_file_is_told_as_json(tmp_path, ministry):
    out, _err = run_on(tmp_path, TEXT, "--json")

    told = json.loads(out)
    assert told["mentions"] == [
        {"start": 4, "end": 27, "surface": "Ministry of Unification", "kind": "ministry", "slug": "mou"}
    ]
    report, line = told["candidates"]
    assert TEXT[report["start"] : report["end"]] == report["quote"]
    assert report["deadline"] == {"date": "2023-03-31", "precision": "month", "surface": "In March"}
    assert (report["actor"], report["kind"], report["specificity"]) == ("the ministry", "action", "specific")
    assert (report["condition"], report["recurrence"]) == (None, "annual")
    assert line["condition"] == "If dialogue resumes"
    assert list(report) == [
        "start", "end", "quote", "actor", "kind", "specificity", "deadline", "condition", "recurrence", "score", "reasons",
    ]  # fmt: skip
    assert "promising words: will publish" in report["reasons"]


def test_a_text_file_changes_nothing(tmp_path, ministry):
    run_on(tmp_path, TEXT)

    assert not Mention.objects.exists()
    assert not Candidate.objects.exists()


def test_an_ambiguous_name_has_no_slug(tmp_path, ministry):
    for body in (ministry, make_ministry(name="Ministry of Reunion")):
        make_alias("the Bureau", ministry=body)

    out, _err = run_on(tmp_path, "The Bureau said so.", "--json")

    assert [mention["slug"] for mention in json.loads(out)["mentions"]] == [None]


def test_offsets_hold_in_decomposed_korean_and_in_windows_files(tmp_path, ministry):
    text = unicodedata.normalize("NFD", "통일부는 3월까지 보고서를 발간할 계획이다.")

    told = json.loads(run_on(tmp_path, text, "--json")[0])
    windows = json.loads(run_on(tmp_path, TEXT.replace("\n", "\r\n"), "--json")[0])

    for found, source in ((told, text), (windows, TEXT)):
        assert found["candidates"]
        for each in found["candidates"]:
            assert source[each["start"] : each["end"]] == each["quote"]
        for each in found["mentions"]:
            assert source[each["start"] : each["end"]] == each["surface"]


def test_an_old_korean_file_is_read(tmp_path, ministry):
    out, _err = run_on(tmp_path, "통일부는 3월까지 보고서를 발간할 계획이다.", "--json", encoding="cp949")

    assert [mention["surface"] for mention in json.loads(out)["mentions"]] == ["통일부"]


def test_whose_government_is_tracked_can_be_said(tmp_path, ministry):
    text = "Japan will raise its defence budget next year."

    assert not json.loads(run_on(tmp_path, text, "--json")[0])["candidates"]
    assert json.loads(run_on(tmp_path, text, "--json", "--country", "jp")[0])["candidates"]


def test_a_language_that_is_not_supported_is_said(tmp_path, ministry):
    out, err = run_on(tmp_path, "Das Ministerium wird im März einen Bericht über die Lage veröffentlichen.", "--json")

    assert json.loads(out) == {"mentions": [], "candidates": []}
    assert "not supported" in err


ODD = {
    "capitals": ("THE MINISTRY WILL PUBLISH THE REPORT IN MARCH.", 1),
    "mixed scripts": ("통일부는 the report를 3월까지 Опубликовать 할 계획이다.", 1),
    "emoji": ("👩‍👩‍👧 The ministry will publish 🇰🇷 the report in March 🎉.", 1),
    "right to left": ("\u202eThe ministry will publish the report in March.\u202c تنشر الوزارة التقرير.", 1),
    "one line of 2 MB": ("The ministry will publish the report in March. " + "It rained. " * 190_000, 1),
    "one word of 2 MB": ("a" * 2_000_000, 0),
    "one sentence of 2 MB": ("The ministry will " + "publish " * 250_000, 0),
    "only right to left": ("ستنشر الوزارة التقرير في مارس.", 0),
}


@pytest.mark.parametrize(("text", "count"), ODD.values(), ids=ODD)
def test_odd_texts_give_a_valid_answer_with_offsets_that_hold(tmp_path, ministry, text, count):
    told = json.loads(run_on(tmp_path, text, "--json")[0])

    assert len(told["candidates"]) == count
    for each in told["candidates"]:
        assert text[each["start"] : each["end"]] == each["quote"]


@pytest.mark.parametrize("text", ["", "\n\n", "👍", "\x00", "\ufeff"])
def test_odd_files_give_a_valid_answer(tmp_path, ministry, text):
    assert json.loads(run_on(tmp_path, text, "--json")[0]) == {"mentions": [], "candidates": []}


def test_a_stored_article_is_read_and_told(ministry):
    article = make_article(text=TEXT)

    out, _err = run("--article", str(article.pk), "--json")

    assert len(json.loads(out)["candidates"]) == 2
    assert Candidate.objects.waiting().count() == 2


def test_without_arguments_new_articles_are_read(ministry):
    make_article(text=TEXT)
    make_article(text="The Ministry of Unification declined to comment.")

    first, _err = run()
    second, _err = run()

    assert first == "read 2 articles; new: 2 mentions, 2 candidates\n"
    assert second == "read 0 articles; new: 0 mentions, 0 candidates\n"
    assert MachineReading.objects.count() == 2


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["--article", "999999999"], "There is no article"),
        (["--text", "/nowhere/at/all.txt", "--date", "2023-01-27"], "Cannot read"),
        (["--text", "/", "--date", "2023-01-27"], "Cannot read"),
        (["--text", "x.txt"], "--date"),
        (["--text", "x.txt", "--date", "27.1.2023"], "is no day"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(ministry, args, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*args)
