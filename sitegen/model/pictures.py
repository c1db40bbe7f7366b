"""Pictures of the site: how large they are, and the smaller ones that were made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from sitegen.config import Config
from sitegen.urls import is_external


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


@dataclass(frozen=True)
class Around:
    """What an `<img>` stands in: `wraps` tells whether it may be wrapped in a `<picture>`."""

    wraps: bool = True
    gallery: bool = False
