"""Forked workers, tried in a process of its own: beside the threads that other tests leave behind nothing forks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("which", ["not slow", pytest.param("slow", marks=pytest.mark.slow)])
def test_the_crew(request: pytest.FixtureRequest, tmp_path: Path, which: str) -> None:
    given = ["-q", "-m", which, "-p", "no:cacheprovider", "-p", "no:xdist", f"--basetemp={tmp_path / 'crew'}"]
    command = [sys.executable, "-m", "pytest", *given, str(Path(__file__).with_name("crew.py"))]
    done = subprocess.run(command, cwd=request.config.rootpath, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr
    assert " passed" in done.stdout
