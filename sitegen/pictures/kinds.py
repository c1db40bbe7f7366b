"""Whether a picture beside a document is what its name says, by its first bytes."""

from __future__ import annotations

from pathlib import PurePosixPath

from sitegen.errors import Problem, Problems
from sitegen.model.content import Asset
from sitegen.pictures.heads import Heads

KINDS = {
    ".jpg": "jpeg",
    ".jpeg": "jpeg",
    ".jfif": "jpeg",
    ".png": "png",
    ".apng": "png",
    ".gif": "gif",
    ".webp": "webp",
    ".avif": "avif",
}
NAMES = {"jpeg": "JPEG", "png": "PNG", "gif": "GIF", "webp": "WebP", "avif": "AVIF", "svg": "SVG"}
UNREAD = "this is no picture that can be read"
HINT = "save it anew, or give it the ending of what it is"


def tell_kind(asset: Asset, heads: Heads, problems: Problems) -> None:
    """Another kind of picture is a warning: browsers show it. An SVG, or what is no picture, is an error."""
    expected = KINDS.get(PurePosixPath(asset.path).suffix.lower())
    if expected is None:
        return
    try:
        kind = heads.of(asset).kind
    except OSError as error:
        problems.add(Problem(asset.path, None, f"cannot be read: {error.strerror}", "look at its permissions"))
        return
    if kind is None:
        problems.add(Problem(asset.path, None, UNREAD, HINT))
    elif kind != expected:
        tell = problems.add if kind == "svg" else problems.warn
        message = f"this picture is {NAMES[kind]}, and its name says {NAMES[expected]}"
        tell(Problem(asset.path, None, message, HINT))
