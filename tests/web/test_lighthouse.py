"""Lighthouse, in its phone setting. Its performance score is told, not judged: machines are noisy."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median

import pytest

from tests.conftest import BROWSERS
from tests.web.conftest import HERE, PAGES, Served

pytestmark = pytest.mark.slow

KINDS = ("index", "long post", "tag", "call", "404")
JUDGED = ("accessibility", "best-practices", "seo")


def test_full_marks(sink: Served, judges: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    assert chromium is not None
    urls = {kind: sink.address + PAGES[kind] for kind in KINDS}
    command = ["node", "lighthouse.mjs", chromium, *urls.values()]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE, timeout=1800)
    found = json.loads(done.stdout)
    told = ", ".join(f"{kind} {median(found[url]['performance']) * 100:.0f}" for kind, url in urls.items())
    with capsys.disabled():
        sys.stdout.write(f"\nLighthouse, performance (median of five runs): {told}\n")
    low = {
        kind: {name: score for name, score in found[url]["scores"].items() if name in JUDGED and score < 1}
        for kind, url in urls.items()
    }
    assert {kind: (scores, found[urls[kind]]["failed"]) for kind, scores in low.items() if scores} == {}
    assert {kind: found[url]["shift"] for kind, url in urls.items() if found[url]["shift"]} == {}
