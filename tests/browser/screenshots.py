"""Pictures of every page kind, in both languages and themes: `make screenshots` writes them to screenshots/.

Starts the site with its demo record on a free port, visits the pages, and ends what it started.
"""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from .pages import LAUNCH, PAGES

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "screenshots"
VIEWS = [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
START_SECONDS = 60


@contextmanager
def running_site() -> Iterator[str]:
    """The address of a site with the demo record, ended afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "DEBUG": "1", "ALLOWED_HOSTS": "127.0.0.1"}
    manage = [sys.executable, str(ROOT / "manage.py")]
    for command in (["migrate", "--verbosity", "0"], ["load_demo", "--verbosity", "0"]):
        subprocess.run([*manage, *command], env=environment, check=True)
    server = subprocess.Popen([*manage, "runserver", f"127.0.0.1:{port}", "--noreload"], env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_for(url: str) -> None:
    """Return once the address answers. Raises TimeoutError."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError(f"{url} did not answer within {START_SECONDS} seconds")


def take(browser: Browser, site: str, width: int, theme: str) -> int:
    """Every page kind at one width in one theme, in both languages. Returns how many pictures were written."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
    page = context.new_page()
    taken = 0
    for language, prefix in (("en", ""), ("ko", "/ko")):
        for name, path in PAGES.items():
            page.goto(site + prefix + path)
            page.screenshot(path=FOLDER / f"{name}-{language}-{width}-{theme}.png", full_page=True)
            taken += 1
    context.close()
    return taken


def main() -> None:
    """Write all pictures and say how many."""
    FOLDER.mkdir(exist_ok=True)
    with running_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(**LAUNCH)
        taken = sum(take(browser, site, width, theme) for width, theme in VIEWS)
        browser.close()
    print(f"{taken} pictures in {FOLDER}")


if __name__ == "__main__":
    main()
