"""Smaller styles, by lightningcss (extra `minify`)."""

from __future__ import annotations

from functools import cache

from sitegen.errors import Problem, SiteError
from sitegen.templates.assets.files import StaticFile


@cache
def minifier() -> str:
    """What makes styles smaller, with its version: another one may make other bytes under the same name."""
    from importlib.metadata import version

    return f"lightningcss {version('lightningcss')}"


def minified_style(text: str, file: StaticFile) -> str:
    """The same style in fewer bytes; what browsers would pass over is left out. Raises `SiteError`."""
    from lightningcss import process_stylesheet

    try:
        return str(process_stylesheet(text, filename=file.source, error_recovery=True, minify=True))
    except ValueError as error:
        message = f"this style cannot be made smaller: {error}"
        raise SiteError([Problem(file.source, None, message, "mend it, or leave `assets.minify` off")]) from error
