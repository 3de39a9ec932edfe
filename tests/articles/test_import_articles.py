"""We know that `manage.py import_articles` says what became of everything it was given."""

import io
import json
import os
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from articles.management.commands import import_articles
from articles.models import Article, ImportBatch, ImportItem, Snapshot
from tests.articles.drafts import TEXT
from tests.articles.site import page_of

pytestmark = pytest.mark.django_db
SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "kbs-world-2023-01-27.txt"
PLAIN = f"Ministry to seek contact\n\nWritten: 2023-01-27 16:14:18\n\n{TEXT}\n"


@pytest.fixture(autouse=True)
def tools(site, monkeypatch):
    """Reach the local site instead of the internet; one fault of a site is final, as for the real command."""
    monkeypatch.setattr(import_articles, "make_tools", lambda is_patient: site.tools(is_patient=is_patient))


def run(*arguments):
    """Run the command; return its standard output, its standard error and whether it failed."""
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_articles", *[str(each) for each in arguments], stdout=out, stderr=err)
    except CommandError:
        return out.getvalue(), err.getvalue(), True
    return out.getvalue(), err.getvalue(), False


def records(*arguments):
    out, _, _ = run(*arguments, "--json")
    return [json.loads(line) for line in out.splitlines()]


@pytest.fixture
def text_file(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(PLAIN)
    return path


def test_the_seed_becomes_one_article():
    if not SEED.exists():
        pytest.skip(f"{SEED} is not here")

    [record] = records(SEED)
    out, _, failed = run(SEED)

    assert record["outcome"] == "created"
    assert record["section"] == "Politics"
    assert record["publisher"] == "KBS World"
    assert record["published_at"] == "2023-01-27T16:14:18+09:00"
    assert record["updated_at"] == "2023-01-27T19:30:21+09:00"
    assert "Editor's Pick" not in record["text"]
    assert "cookies" not in record["text"]
    assert record["headline"] not in record["text"]
    assert Article.objects.get().image_credit == "YONHAP News"
    assert (out.strip(), failed) == ("created 0 updated 0 unchanged 1 duplicate 0 failed 0", False)


def test_counts_are_one_line_and_progress_goes_to_standard_error(text_file):
    out, err, failed = run(text_file)

    assert out == "created 1 updated 0 unchanged 0 duplicate 0 failed 0\n"
    assert "Ministry to seek contact" in err
    assert not failed
    assert ImportBatch.objects.get().state == "done"


def test_each_item_is_one_line_of_json(text_file, site):
    site.page("/1", page_of(1))

    [first, second] = records(text_file, "http://a.example.org/1")

    wanted = "source outcome reason article url headline byline publisher section language published_at updated_at text"
    assert list(first) == list(second) == wanted.split()
    assert first["source"] == str(text_file)
    assert second["url"] == "http://a.example.org/1"


def test_a_dry_run_says_the_same_and_writes_nothing(text_file, site, tmp_path):
    site.page("/1", page_of(1))
    rows = tmp_path / "rows.csv"
    rows.write_text(f'headline,text,date\nOne,"{TEXT}",2023-01-27\nTwo,x,2023-02-30\nOne,"{TEXT}",2023-01-27\n')
    sources = (text_file, "http://a.example.org/1", rows, "http://a.example.org/missing")

    dry = records(*sources, "--dry-run")
    assert not any(model.objects.exists() for model in (Article, Snapshot, ImportBatch, ImportItem))
    wet = records(*sources)

    assert {r["source"]: r["outcome"] for r in dry} == {r["source"]: r["outcome"] for r in wet}
    assert {r["source"]: r["reason"] for r in dry if r["outcome"] == "failed"} == {
        r["source"]: r["reason"] for r in wet if r["outcome"] == "failed"
    }
    assert {r["headline"] for r in dry if r["outcome"] == "created"} == {
        r["headline"] for r in wet if r["outcome"] == "created"
    }


def test_a_folder_is_read_with_all_below_it(tmp_path, text_file):
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "page.html").write_text(page_of(1))
    (tmp_path / ".hidden").write_text("x")

    out, _, failed = run(tmp_path)

    assert (out.strip(), failed) == ("created 2 updated 0 unchanged 0 duplicate 0 failed 0", False)


def test_standard_input_is_a_source(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PLAIN.encode())))

    out, _, _ = run("-")

    assert out.startswith("created 1 ")


def test_a_pipe_is_read_though_it_cannot_go_back(monkeypatch):
    outlet, inlet = os.pipe()
    os.write(inlet, PLAIN.encode())
    os.close(inlet)
    with os.fdopen(outlet) as pipe:
        monkeypatch.setattr(sys, "stdin", pipe)

        out, _, _ = run("-")

    assert out.startswith("created 1 ")


def test_a_text_in_an_old_korean_encoding_loses_no_character(tmp_path):
    text = "통일부 업무보고\n\n입력: 2023-01-27 16:14\n\n통일부는 올해 북한인권보고서를 처음으로 발간할 계획이라고 밝혔다. 뷁 똠방각하."
    path = tmp_path / "korean.txt"
    path.write_bytes(text.encode("cp949"))

    [record] = records(path)

    assert (record["outcome"], record["headline"]) == ("created", "통일부 업무보고")
    assert "뷁 똠방각하" in record["text"]


@pytest.mark.parametrize(
    ("name", "body", "words"),
    [
        ("missing.txt", None, "no file or folder"),
        ("empty.txt", b"", "nothing in it"),
        ("binary.txt", b"\x7fELF" + bytes(range(256)) * 20, "a program"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(200), "a PNG image"),
        ("undated.txt", f"Ministry to seek contact\n\n{TEXT}".encode(), "No date was found"),
        ("huge.txt", b"words and more words. " * 2_800_000, "limit of 20 MB"),
        ("nul.txt", PLAIN.replace("plans", "pl\x00ans").encode(), "NUL"),
    ],
)
def test_bad_files_end_with_their_own_sentence_and_nothing_half_written(tmp_path, name, body, words):
    path = tmp_path / name
    if body is not None:
        path.write_bytes(body)

    out, err, failed = run(path)

    assert failed
    assert words in err
    assert out.strip() == "created 0 updated 0 unchanged 0 duplicate 0 failed 1"
    assert not Article.objects.exists()
    assert not Snapshot.objects.exists()


def test_an_unreadable_file_is_told_and_the_others_go_on(tmp_path, text_file, monkeypatch):
    locked = tmp_path / "a-locked.txt"
    locked.write_text("x")
    opened = Path.open

    def refuse(self, *args, **kwargs):
        if self == locked:
            raise PermissionError(13, "Permission denied")
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", refuse)

    out, err, failed = run(tmp_path)

    assert failed
    assert "Permission denied" in err
    assert out.startswith("created 1 ")
    assert out.strip().endswith("failed 1")


def test_a_date_given_with_the_command_is_used(tmp_path):
    path = tmp_path / "undated.txt"
    path.write_text(f"Ministry to seek contact\n\n{TEXT}")

    [record] = records(path, "--date", "2023-01-27")

    assert (record["outcome"], record["published_at"]) == ("created", "2023-01-27")


def test_progress_lines_hold_no_control_characters(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(PLAIN.replace("seek contact", "seek \x1b[31mcontact", 1))

    _, err, _ = run(path)

    assert "\x1b" not in err
