"""What is told of a site that can be built: one module for each kind of advice.

Advice is a function that looks at an `Outlook` and adds to `Problems`. A new one is a module here, and a row in one of
the tables: `OF_PLAN` for what can be told as soon as the files are known, `OF_PAGES` for what needs sound pages.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping

from sitegen.build.advice import calls, diagrams, endpoints, feeds, forms, languages, links, menu
from sitegen.build.outlook import Outlook
from sitegen.errors import Problems

Advice = Mapping[str, Callable[[Outlook, Problems], None]]
OF_PLAN: Advice = {
    "calls": calls.advise,
    "endpoints": endpoints.advise,
    "languages": languages.advise,
    "menu": menu.advise,
}
OF_PAGES: Advice = {
    "links": links.advise,
    "diagrams": diagrams.advise,
    "feeds": feeds.advise,
    "forms": forms.advise,
}


def advise(advice: Advice, outlook: Outlook, problems: Problems, *, but: Container[str] = ()) -> None:
    """Tell all of it, but for what others tell."""
    for name, tell in advice.items():
        if name not in but:
            tell(outlook, problems)
