"""What is wrong with an address that leads nowhere, in words."""

from __future__ import annotations

from collections.abc import Mapping

from sitegen.leads.addresses import Lead

_WORDS: Mapping[str, str] = {
    "link": "the link to {} leads nowhere",
    "frame": "what is shown in a frame is not there: {}",
    "media": "the film or sound {} is not there",
    "picture": "the picture {} is not there",
    "script": "the script {} is not there",
    "style": "the style sheet {} is not there",
    "file": "the file {} is not there",
}


def wrong(kind: str, address: str, lead: Lead) -> str:
    """Of an address that leads to nothing that is published; "" for one that is well. `kind` is what it is of."""
    return _WORDS[kind].format(address) if lead.is_broken else ""


def wrong_part(address: str, lead: Lead) -> str:
    """Of a link to a page that has no such part."""
    return f'the link to {address} leads to no part of that page: it has no id "{lead.part}"'
