"""SVG: a picture that somebody opens by itself is a page of the site's, and what is in it runs there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from sitegen.check.look import Look
from sitegen.errors import Problem
from sitegen.marked import problem_at
from sitegen.svg import findings

HINT = "what is in static/ is published as it is: take it out of the picture, or trust it"


def check(look: Look) -> Iterator[Problem]:
    """A warning for each thing in an SVG of the site that could run, or ask another host for something."""
    for asset in look.site.assets:
        if not asset.url.lower().endswith(".svg"):
            continue
        try:
            data = Path(asset.file).read_bytes()
        except OSError:
            continue  # a build tells
        text = data.decode("utf-8", "replace")
        for line, what in dict.fromkeys(findings(data)):
            message = f"{what}: who opens this picture by itself gets more than a picture"
            yield replace(problem_at(asset.path, text, line, message, HINT), severity="warning")
