"""We know that who reads a function of the database in a file of SQL reads the one in force, or is told where it is."""

import re
from collections import Counter
from pathlib import Path

import policytracker

MADE = re.compile(r"^CREATE (?:OR REPLACE )?FUNCTION (\w+)\(", re.MULTILINE)
REPLACED = re.compile(
    r"^-- In force since \d{4}: that of (\S+)\.\nCREATE (?:OR REPLACE )?FUNCTION (\w+)\(", re.MULTILINE
)
FILES = sorted(Path(policytracker.__file__).parent.rglob("migrations/**/*.sql"))


def in_force(file: Path) -> Counter[str]:
    """The functions of a file that it does not say to be replaced."""
    text = file.read_text()
    return Counter(MADE.findall(text)) - Counter(name for _where, name in REPLACED.findall(text))


def test_of_the_versions_of_a_function_only_the_last_says_nothing():
    versions = sum((in_force(file) for file in FILES), Counter())

    assert len(versions) > 50
    assert {name for name, count in versions.items() if count != 1} == set()


def test_where_a_function_is_said_to_be_in_force_it_is_made():
    for file in FILES:
        for where, name in REPLACED.findall(file.read_text()):
            assert in_force(file.parent / (Path("..") / where if "/" in where else where))[name] == 1
