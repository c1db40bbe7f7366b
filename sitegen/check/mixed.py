"""What an `https` page fetches by `http`: browsers refuse it, or show the page as unsafe."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.check.look import Look
from sitegen.errors import Problem

_FETCHED = ("picture", "media", "script", "style", "frame", "file")


def check(look: Look) -> Iterator[Problem]:
    """A warning for each; none where the site itself is published by `http`."""
    if look.site.config.url.startswith("http:"):
        return
    for use in look.uses:
        address = use.reference.address
        if use.reference.kind in _FETCHED and use.reference.tag != "meta" and address.lower().startswith("http:"):
            hint = f"write https:{address[5:]}" if len(address) < 100 else "write it with https"
            for place in look.places(use):
                yield place.problem("warning", f"fetched without protection: {address[:100]}", hint)
