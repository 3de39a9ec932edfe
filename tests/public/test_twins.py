"""The same content to take away, safe to open."""

import csv
import io

import pytest
from django.test import Client

from tests.factories import make_commitment

pytestmark = pytest.mark.django_db


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_a_list_as_json_says_its_moment_licence_and_rows(client: Client, record):
    told = client.get("/commitments/?format=json").json()

    assert told["count"] == 2
    assert {row["slug"]: row["status"] for row in told["results"]} == {"yearly": "fulfilled", "later": "not_rated"}
    assert told["licence"].startswith("https://creativecommons.org/")


def test_a_list_as_csv_holds_the_same_rows(client: Client, record):
    response = client.get("/commitments/?format=csv")

    assert [row["slug"] for row in rows_of(response)] == ["yearly", "later"] or len(rows_of(response)) == 2
    assert response["Content-Disposition"] == 'attachment; filename="commitment.csv"'


def test_filters_hold_for_twins(client: Client, record):
    told = client.get("/commitments/?status=fulfilled&format=json").json()

    assert [row["slug"] for row in told["results"]] == ["yearly"]


def test_a_cell_that_would_run_as_a_formula_is_only_words(client: Client):
    make_commitment(statement='=HYPERLINK("https://evil.example")')

    assert rows_of(client.get("/commitments/?format=csv"))[0]["statement"].startswith("'=")


def test_a_subject_as_json_tells_its_verdicts_with_their_passages(client: Client, record):
    told = client.get("/commitments/yearly/?format=json").json()

    piece = told["verdicts"][0]["evidence"][0]
    assert piece["quote"] == "the ministry will publish an annual report"
    assert piece["passage"].startswith(f"http://127.0.0.1:8000/articles/{record.article.pk}/#e")


def test_an_unknown_format_is_refused(client: Client):
    assert client.get("/commitments/?format=xml").status_code == 400


def test_a_twin_of_nonsense_is_refused_with_its_sentence(client: Client):
    response = client.get("/commitments/?status=nonsense&format=json")

    assert response.status_code == 400
    assert "nonsense" in response.content.decode()
