"""The plan of the house holds: arrows between rooms and doors, foreign keys along them, one file with a socket."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey, ManyToManyField

ROOT = Path(__file__).resolve().parents[1]
KNOWS = {
    "articles": {"articles"},
    "government": {"government"},
    "tracking": {"tracking", "government", "articles"},
    "public": set(),
    "desk": {"desk", "tracking", "government", "articles"},
    "api": {"api", "tracking", "government", "articles"},
}
OUTSIDE = {"auth", "contenttypes", "pghistory", "procrastinate"}
NETWORK = {
    "aiohttp", "ftplib", "http.client", "http.server", "httpcore", "httpcore2", "httpx", "httpx2", "imaplib", "poplib",
    "pycurl", "requests", "smtplib", "socket", "socketserver", "ssl", "telnetlib", "urllib.request", "urllib3",
    "websockets", "xmlrpc",
}  # fmt: skip
THE_GATE = {"articles/importing/fetch.py"}


def source_files() -> list[Path]:
    return sorted(path for part in ("articles", "policytracker") for path in (ROOT / part).rglob("*.py"))


def imported_names(tree: ast.AST) -> set[str]:
    names = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_foreign_keys_obey_the_arrows():
    wrong = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for label, known in KNOWS.items()
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey | ManyToManyField)
        and field.related_model._meta.app_label not in known | OUTSIDE
    ]

    assert wrong == []


def test_only_the_gate_imports_a_network_library():
    found = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in source_files()
        if str(path.relative_to(ROOT)) not in THE_GATE
        for name in imported_names(ast.parse(path.read_text()))
        if any(name == network or name.startswith(network + ".") for network in NETWORK)
    }

    assert found == set()


def lint_imports(folder: Path) -> "subprocess.CompletedProcess[str]":
    program = Path(sys.executable).with_name("lint-imports")
    return subprocess.run([program, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def test_the_arrows_between_rooms_and_doors_hold():
    done = lint_imports(ROOT)

    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("articles/models/__init__.py", "import policytracker.government.models"),
        ("articles/models/__init__.py", "import policytracker.tracking.models"),
        ("policytracker/government/models/__init__.py", "import articles.models"),
        ("policytracker/government/models/__init__.py", "import policytracker.tracking.models"),
        ("policytracker/tracking/models/__init__.py", "import policytracker.desk.urls"),
        ("policytracker/public/urls.py", "import policytracker.desk.urls"),
        ("policytracker/public/urls.py", "from policytracker.tracking.actions.publishing import publish"),
        ("policytracker/public/urls.py", "import articles.actions"),
        ("policytracker/api/urls.py", "from policytracker.tracking.actions.publishing import publish"),
        ("policytracker/desk/urls.py", "import policytracker.api.urls"),
        ("policytracker/desk/urls.py", "import policytracker.urls"),
    ],
)
def test_an_arrow_turned_round_is_found(tmp_path, file, line):
    for part in ("articles", "policytracker"):
        shutil.copytree(
            ROOT / part, tmp_path / part, ignore=shutil.ignore_patterns("__pycache__", "migrations", "data")
        )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    with open(tmp_path / file, "a") as source:
        source.write(f"\n{line}\n")

    done = lint_imports(tmp_path)

    assert done.returncode != 0
    assert "BROKEN" in done.stdout
