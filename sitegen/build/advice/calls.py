"""Calls: whether answers have somewhere to go."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.build.outlook import Outlook
from sitegen.errors import Problem, Problems
from sitegen.model.site import Site


def advise(outlook: Outlook, problems: Problems) -> None:
    """Warn of each call that is published with nowhere for its answers to go."""
    for problem in calls_to_nowhere(outlook.site):
        problems.warn(problem)


def calls_to_nowhere(site: Site) -> Iterator[Problem]:
    """A call that is published with nowhere for its answers to go loses people."""
    config = site.config
    if config.preview or config.receive_url or "join" not in config.outputs:
        return
    for call in site.calls:
        if call.open and not call.form.hosted:
            origin = call.post.origin.at("form")
            hint = "set `receive.url` to where `sitegen receive` runs, or `endpoint` to a form service"
            yield origin.problem(f'the call "{call.form.id}" has nowhere to go once it is published', hint)
