"""What a published page holds that can be checked: references, ids, headings, forms."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from sitegen.urls import address_of


class Reference(NamedTuple):
    """One address on a page: what it is of (`kind`), and the line of the page where it stands.

    `alt` is a picture's text, None where the attribute is missing; `words` are a link's.
    """

    kind: str
    address: str
    line: int
    tag: str = ""
    alt: str | None = ""
    words: str = ""


class Heading(NamedTuple):
    """One heading, and the line of the page where it stands."""

    level: int
    text: str
    line: int


class HtmlForm(NamedTuple):
    """One `<form>`; `claimed` where an attribute says that a service or a script takes it."""

    action: str
    method: str
    line: int
    claimed: bool


@dataclass(frozen=True)
class SeenPage:
    """One page: `path` in the output, `owner` as of its target, `url` within the site.

    `copied` tells that it is a file of the author's, so that its lines are theirs; `whole` that it is a document and
    not a fragment; `base` is what its `<base>` says.
    """

    path: str
    owner: str
    copied: bool = False
    whole: bool = False
    lang: str = ""
    title: str = ""
    base: str = ""
    ids: tuple[tuple[str, int], ...] = ()
    names: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    headings: tuple[Heading, ...] = ()
    forms: tuple[HtmlForm, ...] = ()

    @property
    def url(self) -> str:
        """Its address within the site, without `baseurl`, not encoded."""
        return address_of(self.path)
