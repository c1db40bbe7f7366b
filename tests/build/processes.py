"""Builds in processes of their own, that can be killed, and that find little room."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "sitegen", "build"]
# Without room Python would cut its own cache short, and the sitegen of every later test with it.
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}


def start(site: Path, *arguments: str, prepare: Callable[[], None] | None = None) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, "-s", str(site), *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT, preexec_fn=prepare,
    )  # fmt: skip


def built(site: Path, *arguments: str, prepare: Callable[[], None] | None = None) -> tuple[int, str]:
    process = start(site, *arguments, prepare=prepare)
    _, errors = process.communicate(timeout=120)
    return process.returncode, errors


def little_room(size: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[None]:
    """A file system that holds no more than that, in a folder; the test is skipped where we may not have one."""
    place.mkdir(parents=True, exist_ok=True)
    if os.geteuid() or subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", place]).returncode:
        pytest.skip("a file system of our own needs root")
    try:
        yield
    finally:
        subprocess.run(["umount", place], check=True)
