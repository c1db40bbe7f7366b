"""The menu that the configuration gives: each of its links stands on every page, and so has to lead somewhere."""

from __future__ import annotations

from sitegen.build.outlook import Outlook
from sitegen.errors import Problem, Problems
from sitegen.marked import Origin, problem_at
from sitegen.urls import is_external, relative_url


def advise(outlook: Outlook, problems: Problems) -> None:
    """Refuse a link that leads nowhere in the site; what leads to other sites is theirs."""
    config = outlook.site.config
    menus = (
        (config.origin.at("menu"), config.menu),
        *((config.origin.at("languages", one.lang, "menu"), one.menu or ()) for one in config.languages),
    )
    for origin, menu in menus:
        for at, (title, url) in enumerate(menu):
            lead = outlook.addresses.lead("/", relative_url(url, config.baseurl))  # as layouts write it
            if not is_external(url) and lead.is_broken:
                message = f'`menu`: "{title}" leads to {url}, which is not in the site'
                hint = outlook.hints.of("/", url, lead)
                problems.tolerate(_problem(origin.at(at, "url"), url, message, hint))


def _problem(origin: Origin, url: str, message: str, hint: str) -> Problem:
    """At the line of the entry; TOML tells of an inline table only where the setting begins."""
    line = origin.line
    if line is not None and origin.keys not in origin.lines:
        rows = enumerate(origin.text.split("\n")[line - 1 :], line)
        line = next((number for number, row in rows if f'"{url}"' in row or f"'{url}'" in row), line)
    return problem_at(origin.path, origin.text, line, message, hint)
