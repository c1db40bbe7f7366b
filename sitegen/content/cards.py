"""What the settings say that social cards are drawn with: font files, and a background."""

from __future__ import annotations

from sitegen.config import Config
from sitegen.errors import Problems
from sitegen.fonts import digest_of_font
from sitegen.model.site import Site


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


def check_background(site: Site, problems: Problems) -> None:
    """One that is none of the site's files is told once for all cards, unless the file itself was told of."""
    config, address = site.config, site.config.card_background
    if not address or site.asset_at(address) is not None or not any(map(site.card_of, site.documents.values())):
        return
    if any(problem.path == f"static{address}" for problem in problems.errors):
        return
    message = f'`cards.background`: there is no picture "{address}" among the files of the site'
    hint = "the address of a picture in static/, such as /images/hills.jpg"
    problems.add(config.origin.at("cards", "background").problem(message, hint))
