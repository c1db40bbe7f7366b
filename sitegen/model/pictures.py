"""Pictures of the site: how large they are, and the smaller ones that were made of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from sitegen.config import Config
from sitegen.frozen import dataclass
from sitegen.model.content import Document
from sitegen.urls import is_external

SHARED_WIDTH = 600


def place_of(config: Config, url: str, address: str) -> str:
    """The path in the output that an address on the page of that URL leads to; "" if it leads elsewhere."""
    own = f"{config.url}/" if config.url else ""
    path = address.strip()
    path = path[len(own) - 1 :] if own and path.startswith(own) else path
    if is_external(path):
        return ""
    try:
        whole = unquote(urlsplit(urljoin(config.baseurl + url, path)).path)
    except ValueError:
        return ""
    return whole[len(config.baseurl) :].lstrip("/") if whole.startswith(f"{config.baseurl}/") else ""


def image_of(document: Document) -> str:
    """What front matter names as the picture of the page, or ""."""
    return path_of_image(document.front.get("image"))


def path_of_image(given: Any) -> str:
    """The path of an `image`, which may be a mapping with it; or ""."""
    path = given.get("path") if isinstance(given, Mapping) else given
    return path if isinstance(path, str) else ""


@dataclass(frozen=True)
class Variant:
    """A picture made of another: `kind` as in `image/KIND`, its address within the site; `file` is where its bytes are
    and `digest` theirs.
    """

    kind: str
    width: int
    height: int
    url: str
    digest: str
    file: Path = field(compare=False, repr=False)


@dataclass(frozen=True)
class Picture:
    """One picture that is published.

    `width` and `height` are as browsers show it; `variants` are the widest first within each kind, those of its own
    kind last; `tint` is the colour that stands for it while it is on its way (see `pictures.making`; "": none).
    """

    kind: str
    width: int
    height: int
    variants: tuple[Variant, ...] = ()
    tint: str = ""


def stands_for(picture: Picture) -> Variant | None:
    """What a page is shared with instead of its picture: the widest of the same kind, which is upright and has few
    bytes. None where that is too narrow: networks show narrow ones as small squares.
    """
    own = (one for one in picture.variants if one.kind == picture.kind)
    widest = max(own, key=lambda one: one.width, default=None)
    return widest if widest is not None and widest.width >= min(picture.width, SHARED_WIDTH) else None


@dataclass(frozen=True)
class Around:
    """What an `<img>` stands in: `wraps` tells whether it may be wrapped in a `<picture>`."""

    wraps: bool = True
    gallery: bool = False
