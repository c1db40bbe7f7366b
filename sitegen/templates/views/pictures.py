"""How pictures are shown: their sizes, when they are fetched, and which of those that were made of them fit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape

from sitegen.model.content import Document
from sitegen.model.pictures import Around, Picture, Variant, place_of, stands_for
from sitegen.templates.views.display import at_most
from sitegen.templates.views.lens import Lens
from sitegen.urls import relative_url

# How wide pictures of a gallery are shown: two beside each other, or three, as the theme's `media.css` has it.
_IN_GALLERY = "(min-width: 52rem) 16rem, (min-width: 29rem) 31vw, 46vw"
_FETCHING = ("loading", "decoding", "fetchpriority")

_BY_ITSELF = Around()


def dressed(lens: Lens, document: Document, html: str, *, whole: bool) -> str:
    """The HTML of a document with the addresses of files beside it, and its pictures as the settings want them.

    The first picture of the page that the document is, if `whole`, is fetched first, and all others when they are
    near. Feeds have plain pictures.
    """
    config = lens.site.config
    beside = lens.site.beside.get(document.path, {})
    if not (beside or (config.image_sizes and "<img" in html)):
        return html
    showing = _Showing(lens, document.url, eager=whole and lens.page == document.path and not lens.feed)

    def address(written: str) -> str:
        bare = written.strip().partition("#")[0].partition("?")[0]
        asset = beside.get(bare)
        return written if asset is None else relative_url(asset.url, config.baseurl) + written.strip()[len(bare) :]

    picture = showing.shown if config.image_sizes else showing.plain
    captions = config.image_captions and config.image_sizes
    return lens.bodies.dressed(html, address, picture, captions=captions)


@dataclass
class _Showing:
    """The pictures of one text, in their order."""

    lens: Lens
    url: str
    eager: bool
    seen: list[str] = field(default_factory=list)

    def plain(self, tag: str, given: Mapping[str, str], around: Around) -> str:
        """The tag as it is."""
        return tag

    def shown(self, tag: str, given: Mapping[str, str], around: Around) -> str:
        """What an `<img>` becomes; what its author says of it stays."""
        src = given.get("src", "")
        if not src:
            return tag
        picture = picture_at(self.lens, self.url, src)
        first = self.eager and not self.seen
        self.seen.append(src)
        return image(self.lens, given, picture, first=first, around=around)


def picture_html(lens: Lens, address: str, given: Mapping[str, str]) -> str:
    """A picture that a layout shows, by its address within the site; `given` are its other attributes."""
    src = relative_url(address, lens.site.config.baseurl)
    picture = picture_at(lens, "/", src) if lens.site.config.image_sizes else None
    first = given.get("fetchpriority") == "high"
    return image(lens, {"src": src, **given}, picture, first=first)


def picture_at(lens: Lens, url: str, address: str) -> Picture | None:
    """The picture that an address on the page of that URL leads to, if it is one of the site's."""
    place = place_of(lens.site.config, url, address)
    if not place:
        return None
    lens.reads.add(f"picture:{place}")
    return lens.site.pictures.get(place)


def shared(lens: Lens, address: str) -> tuple[str, Mapping[str, int]]:
    """The address within the site of what a page shows where it is shared, and its size as far as it is known."""
    picture = picture_at(lens, "/", relative_url(address, lens.site.config.baseurl))
    if picture is None:
        return address, {}
    shown = stands_for(picture)
    found = shown or picture
    return shown.url if shown else address, {"width": found.width, "height": found.height}


def image(
    lens: Lens, given: Mapping[str, str], picture: Picture | None, *, first: bool = False, around: Around = _BY_ITSELF
) -> str:
    """The HTML of a picture: `given` are the attributes that its author wrote."""
    found = dict(given)
    if picture is not None:
        found |= _sizes(given, picture)
    if lens.feed:
        return _feed_tag(lens, found, picture)
    if first:
        found.pop("loading", None)
        found = {"fetchpriority": "high", **found}
    else:
        found = {"loading": "lazy", **found}
    found = {"decoding": "async", **found} if not first else found
    if picture is None or not picture.variants or not around.wraps or "srcset" in given:
        return _tag("img", _ordered(found))
    return _chosen(lens, found, picture, given.get("sizes") or _display(lens, given, found, picture, around))


def _display(lens: Lens, given: Mapping[str, str], found: Mapping[str, str], picture: Picture, around: Around) -> str:
    """How wide it is shown, as in HTML's `sizes`: never wider than its author gives it."""
    if around.gallery:
        return _IN_GALLERY
    sizes, width = lens.site.config.image_display, found.get("width", "")
    if not {"width", "height"} & given.keys() or not width.isdecimal() or int(width) >= picture.variants[0].width:
        return sizes
    return at_most(sizes, int(width))


def _sizes(given: Mapping[str, str], picture: Picture) -> dict[str, str]:
    """Width and height; the one from the other, where the author gives one."""
    width, height = (given.get(name, "") for name in ("width", "height"))
    if width and height:
        return {}
    if width.isdecimal() and int(width):
        return {"height": str(max(1, round(int(width) * picture.height / picture.width)))}
    if height.isdecimal() and int(height):
        return {"width": str(max(1, round(int(height) * picture.width / picture.height)))}
    return {} if width or height else {"width": str(picture.width), "height": str(picture.height)}


def _feed_tag(lens: Lens, found: Mapping[str, str], picture: Picture | None) -> str:
    """A plain picture, of a kind that every reader knows."""
    kept = {name: value for name, value in found.items() if name not in (*_FETCHING, "srcset", "sizes")}
    own = _own_kind(picture) if picture is not None else ()
    if own:
        kept["src"] = _address(lens, own[0])
    return _tag("img", _ordered(kept))


def _chosen(lens: Lens, found: Mapping[str, str], picture: Picture, sizes: str) -> str:
    """The picture with those made of it, from which a browser takes the smallest that will do."""
    own = _own_kind(picture)
    kinds = dict.fromkeys(one.kind for one in picture.variants if one.kind != picture.kind)
    sources = "".join(
        _tag("source", {"type": f"image/{kind}", "srcset": _srcset(lens, _of(picture, kind)), "sizes": sizes})
        for kind in kinds
    )
    img = dict(found)
    candidates = [_srcset(lens, own)] if own else []
    if own and own[0].width >= min(picture.width, max(lens.site.config.image_widths)):
        img["src"] = _address(lens, own[0])
    elif own:  # wider ones would have more bytes than the picture itself
        candidates.append(f"{_as_candidate(img['src'])} {picture.width}w")
    if len(own) > 1 or len(candidates) > 1:
        img |= {"srcset": ", ".join(candidates), "sizes": sizes}
    if picture.tint:
        img["class"] = f"{img.get('class', '')} {_tint(picture.tint)}".strip()
    tag = _tag("img", _ordered(img))
    return f"<picture>{sources}{tag}</picture>" if sources else tag


def _tint(digits: str) -> str:
    """The classes of a colour: in a class, not in `style`, it stands under any Content-Security-Policy.

    >>> _tint("102")
    'tint tint-red-1 tint-blue-2'
    """
    named = zip(("red", "green", "blue"), digits, strict=True)
    return " ".join(("tint", *(f"tint-{name}-{digit}" for name, digit in named if digit != "0")))


def _of(picture: Picture, kind: str) -> tuple[Variant, ...]:
    return tuple(one for one in picture.variants if one.kind == kind)


def _own_kind(picture: Picture) -> tuple[Variant, ...]:
    return _of(picture, picture.kind)


def _srcset(lens: Lens, variants: Iterable[Variant]) -> str:
    narrow_first = sorted(variants, key=lambda one: one.width)
    return ", ".join(f"{_address(lens, one)} {one.width}w" for one in narrow_first)


def _as_candidate(address: str) -> str:
    """The address where blanks and commas part one from the next."""
    return address.strip().replace(" ", "%20").replace(",", "%2C")


def _address(lens: Lens, variant: Variant) -> str:
    return relative_url(variant.url, lens.site.config.baseurl)


_FIRST = ("src", "srcset", "sizes", "alt", "width", "height")


def _ordered(found: Mapping[str, str]) -> dict[str, str]:
    names = (*(name for name in _FIRST if name in found), *(name for name in found if name not in _FIRST))
    return {name: found[name] for name in names}


def _tag(name: str, given: Mapping[str, str]) -> str:
    written = (f' {key}="{escape(value)}"' for key, value in given.items())
    return f"<{name}{''.join(written)}>"
