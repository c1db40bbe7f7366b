"""The font files that the settings name."""

from __future__ import annotations

from sitegen.config import Config
from sitegen.errors import Problems
from sitegen.fonts import digest_of_font


def read_fonts(config: Config, problems: Problems) -> tuple[tuple[str, str], ...]:
    """Each font of the cards: its file, and the digest of that."""
    found: list[tuple[str, str]] = []
    for at, name in enumerate(config.card_fonts if config.cards_for else ()):
        file = config.source / name
        try:
            if file.exists() and not (file.is_file() or file.is_dir()):  # it might be waited for, for ever
                message = f'`cards.fonts`: "{name}" is not a file that can be read, but a pipe, a socket or a device'
                problems.add(config.origin.at("cards", "fonts", at).problem(message, "remove it"))
                continue
            found.append((str(file), digest_of_font(str(file))))
        except (OSError, ValueError):
            message = f'`cards.fonts`: there is no file "{name}" that can be read'
            hint = "the path of a TrueType, OpenType or WOFF file, from the folder of the site"
            problems.add(config.origin.at("cards", "fonts", at).problem(message, hint))
    return tuple(found)
