"""Runs `benchmarks.pages` for `make bench`."""

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

from benchmarks.pages import main

if __name__ == "__main__":
    main()
