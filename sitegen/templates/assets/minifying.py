"""Smaller styles, by lightningcss (extra `minify`)."""

from __future__ import annotations

from functools import cache

from sitegen.errors import Problem, SiteError
from sitegen.templates.assets.files import StaticFile
from sitegen.templates.assets.sheets import too_deep

MOST_DEEP = 32  # brackets: with each pair in a `calc` the library takes twice as long, at thousands it ends the process
_HINT = "mend it, or leave `assets.minify` off"


@cache
def minifier() -> str:
    """What makes styles smaller, with its version: another one may make other bytes under the same name."""
    from importlib.metadata import version

    return f"lightningcss {version('lightningcss')}"


def minified_style(text: str, file: StaticFile) -> str:
    """The same style in fewer bytes; what browsers would pass over is left out. Raises `SiteError`."""
    from lightningcss import process_stylesheet

    if (line := too_deep(text, MOST_DEEP)) is not None:
        message = f"this style has more than {MOST_DEEP} brackets within each other, too many to make it smaller"
        own = text == file.text()  # and not made of several
        raise SiteError([Problem(file.source, line if own else None, message, _HINT)])
    try:
        return str(process_stylesheet(text, filename=file.source, error_recovery=True, minify=True))
    except ValueError as error:
        message = f"this style cannot be made smaller: {error}"
        raise SiteError([Problem(file.source, None, message, _HINT)]) from error
