"""Calls: whether answers have somewhere to go."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from sitegen.build.outlook import Outlook
from sitegen.errors import Problem, Problems
from sitegen.marked import Origin
from sitegen.model.content import Call
from sitegen.model.site import Site

PLACEHOLDER = "Your Name"  # of a new site


def advise(outlook: Outlook, problems: Problems) -> None:
    """Warn of each call whose answers go nowhere or that asks for something in vain; note those of nobody."""
    for problem in chain(*(find(outlook.site) for find in (calls_to_nowhere, files_unwanted, calls_not_to_confirm))):
        problems.warn(problem)
    if not problems.errors:  # a form that is wrong has been told, and is not what its author meant
        for problem in calls_of_nobody(outlook.site):
            problems.note(problem)


def calls_of_nobody(site: Site) -> Iterator[Problem]:
    """Whoever wants an answer back has to find its author; told once, and only where answers come to our receiver."""
    config = site.config
    if config.preview or not config.receive_url:
        return
    calls = [call for call in site.calls if call.open and not call.form.hosted]
    if any(author.name == PLACEHOLDER for call in calls for author in site.authors_of(call.post)):
        message = f'answers go to "{PLACEHOLDER}", as the pages of the calls say'
        yield config.origin.at("author").problem(message, "write your name")
    for call in calls:
        if not _has_contact(site, call):
            message = f'the call "{call.form.id}" tells no address to write to about an answer'
            yield call.post.origin.at("form").problem(message, "set `email` in [extra], or in the author's profile")
            return


def _has_contact(site: Site, call: Call) -> bool:
    """Whether the page can name an address of e-mail: an author's, or the site's."""
    profiles = (author.profile for author in site.authors_of(call.post))
    return any(profile.get("email") for profile in profiles) or bool(site.config.extra.get("email"))


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


def files_unwanted(site: Site) -> Iterator[Problem]:
    """Fields for files in forms whose receiver is ours, and takes none: they are not shown."""
    if site.config.uploads:
        return
    for call in site.calls:
        for name in () if call.form.hosted else call.form.files:
            hint = "set `receive.uploads = true` to take files"
            yield _field(site, call, name).problem(f'the field "{name}" is not shown: uploads are off', hint)


def calls_not_to_confirm(site: Site) -> Iterator[Problem]:
    """A visitor who is to confirm and gets no letter is lost."""
    config = site.config
    for call in site.calls:
        if config.preview or not call.form.confirm or not call.open:
            continue
        origin = call.post.origin.at("form", "confirm")
        if call.form.hosted:
            hint = "leave it out, or take the answers with sitegen's own receiver"
            yield origin.problem(f'the call "{call.form.id}" has `confirm`, which no form service knows', hint)
        elif not (config.sender or config.notify):
            hint = "set `receive.sender`, the address that letters come from"
            yield origin.problem(f'the call "{call.form.id}" has `confirm`, and letters come from nobody', hint)


def _field(site: Site, call: Call, name: str) -> Origin:
    """Where a field is described: in the configuration, if the post only names the form."""
    named = call.post.front.get("form")
    form = site.config.forms[named][1] if isinstance(named, str) and named in site.config.forms else None
    return (form or call.post.origin.at("form")).at("fields", name)
