import pytest

from articles.importing.documents import Document
from articles.importing.reading import read
from tests.articles.importing.bad_files import BadFile, bad_files

CASES = bad_files()


def test_rows_1_to_22_there_are_at_least_three_hundred_bad_files():
    assert len(CASES) >= 300
    assert len({case.name for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rows_1_to_22_a_bad_file_ends_in_reasons_that_name_the_place(case: BadFile):
    found = list(read(Document(body=case.body, name=case.name)))

    refusals = [item for item in found if item.refusal]
    assert len(refusals) == 1
    told = f"{refusals[0].position}: {refusals[0].refusal}"
    assert case.names.lower() in told.lower()
    assert sum(1 for item in found if item.draft or item.entry) == case.good_rows
    assert "Traceback" not in told
    assert "\x00" not in told
