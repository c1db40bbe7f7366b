"""Feeds: what they lack that readers want, and what Jekyll's plugin has and sitegen has not."""

from __future__ import annotations

from sitegen.build.outlook import Outlook
from sitegen.errors import Problem, Problems
from sitegen.model.feeds import addresses


def advise(outlook: Outlook, problems: Problems) -> None:
    """Tell of feeds without a host, and of feeds that are not made."""
    site, config = outlook.site, outlook.site.config
    found = addresses(config)
    if found and site.posts and not config.url and not config.preview:
        message = f"`url` is not set: the addresses in {next(iter(found.values()))} have no host, which feeds want"
        hint = "set it to where the site is published, such as https://example.org"
        problems.note(Problem(config.file or "sitegen.toml", None, message, hint))
    if "feed.collections" in config.extra:
        place = config.origin.at("feed", "collections")
        problems.note(place.problem("`feed.collections`: there are feeds of posts only"))
