"""Whether a person wrote it. A pure function.

Judged spam is stored with its reason and answered like any other: a robot should not learn what gave it away,
and a person whose browser filled the hidden field must not be lost.
"""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.forms.description import HONEYPOT


def verdict(special: Mapping[str, str]) -> str:
    """Why a post is spam, or ""."""
    if special.get(HONEYPOT, "").strip():
        return "the hidden field that only robots fill was filled in"
    return ""
