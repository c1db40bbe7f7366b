"""Players of films: where each of the pages that have films has its own."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sitegen.patterns import regex
from sitegen.templates.views import Refused
from sitegen.urls import is_web_address

_YOUTUBE = ("youtube.com", "m.youtube.com", "music.youtube.com", "youtube-nocookie.com", "youtu.be")
_PEERTUBE = regex(r"/(?:w|videos/(?:watch|embed))/([\w-]{20,40})$")


def player(value: Any) -> str:
    """Where in a frame the film of a page is played: YouTube's without cookies, Vimeo's, PeerTube's; else that page.

    >>> player("https://youtu.be/dQw4w9WgXcQ?t=42")
    'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1&start=42'
    """
    text = value if isinstance(value, str) else ""
    if not text.startswith("https://"):
        given = f', not "{text[:60]}"' if text else ""
        raise Refused(f"an address that begins with https:// is wanted{given}")
    if not is_web_address(text):
        raise Refused(f'"{text[:60]}" is no address: it has a blank or a quote, or a host or port that cannot be')
    parts = urlsplit(text)
    host, query = (parts.hostname or "").removeprefix("www."), parse_qs(parts.query)
    if host in _YOUTUBE and (film := _film(host, parts.path, query)):
        start = re.fullmatch(r"(\d{1,6})s?", query.get("t", query.get("start", [""]))[0])
        more = f"&start={start[1]}" if start else ""
        return f"https://www.youtube-nocookie.com/embed/{film}?autoplay=1{more}"
    if host == "vimeo.com" and (match := re.fullmatch(r"/(\d+)(?:/(\w+))?/?", parts.path)):
        return f"https://player.vimeo.com/video/{match[1]}?autoplay=1&dnt=1" + (f"&h={match[2]}" if match[2] else "")
    if match := _PEERTUBE.match(parts.path):
        return f"https://{parts.netloc}/videos/embed/{match[1]}?autoplay=1"
    return text


def _film(host: str, path: str, query: dict[str, list[str]]) -> str:
    """The id of a film at YouTube, "" for none."""
    if path == "/watch":
        found = query.get("v", [""])[0]
    else:
        match = re.fullmatch(r"/([^/]+)/?" if host == "youtu.be" else r"/(?:shorts|live|embed|v)/([^/]+)/?", path)
        found = match[1] if match else ""
    return found if re.fullmatch(r"[\w-]{6,20}", found, re.ASCII) else ""
