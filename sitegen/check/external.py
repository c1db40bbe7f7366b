"""Links to other sites: asked for only on request, few at a time, and remembered for some days."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from urllib.parse import urlsplit

from sitegen.build.lock import make_way
from sitegen.check.fetching import PRIVATE, Answer, ask
from sitegen.check.forms import is_nobodys
from sitegen.check.look import Look, Use
from sitegen.errors import Problem
from sitegen.leads.places import Place

AT_ONCE = 8  # hosts; each of them is asked one thing at a time
MOST = 500  # addresses in one check; the next one goes on
KEPT_WELL, KEPT_ILL = timedelta(days=7), timedelta(days=1)
_SEEN = ("picture", "media", "script", "style", "frame")
_Remembered = dict[str, tuple[Answer, datetime]]


@dataclass(frozen=True)
class Asking:
    """How it is done: where answers are remembered, what time it is, who asks, and which hosts are left alone."""

    memory: Path
    now: datetime
    ask: Callable[[str], Answer] = field(default=ask)
    most: int = MOST
    leaves: Callable[[str], bool] = is_nobodys


def elsewhere(look: Look, asking: Asking) -> Iterator[Problem]:
    """A warning for each address that is gone; notes on those that moved, or did not answer."""
    places = _places(look, asking)
    known = _read(asking)
    new = [url for url in places if url not in known]
    answers = _asked(new[: asking.most], asking.ask)
    whole = look.site.config.file or "."
    if len(answers) > 1 and not any(answer.status for answer in answers.values()):
        hint = "is this computer connected?"
        yield Problem(whole, None, "no other site can be reached", hint, severity="note")
        return
    _write(asking, {**known, **{url: (answer, asking.now) for url, answer in answers.items()}})
    for url, answer in {**{url: answer for url, (answer, _) in known.items()}, **answers}.items():
        for place in places.get(url, ()):
            yield from _problem(url, answer, place)
    if len(new) > asking.most:
        message = f"{len(new) - asking.most} of the links to elsewhere were not followed this time"
        yield Problem(whole, None, message, "the next check goes on with them", severity="note")


def _places(look: Look, asking: Asking) -> Mapping[str, Sequence[Place]]:
    """Every address of another site, without what is behind `#`, and where it is written."""
    found: dict[str, dict[Place, None]] = {}
    for use in look.uses:
        url = use.lead.url.partition("#")[0]
        if _is_asked_for(use) and not asking.leaves(urlsplit(url).hostname or ""):
            found.setdefault(url, {}).update(dict.fromkeys(look.places(use)))
    return {url: tuple(places) for url, places in found.items()}


def _is_asked_for(use: Use) -> bool:
    """What readers follow or see. Most of what the head of a page names is for machines."""
    kind, tag = use.reference.kind, use.reference.tag
    return use.lead.kind == "elsewhere" and (kind in _SEEN or (kind == "link" and tag in ("a", "area")))


def _problem(url: str, answer: Answer, place: Place) -> Iterator[Problem]:
    if answer.is_gone:
        what = answer.error or f"the answer is {answer.status}"
        yield place.problem(
            "warning", f"{url} is gone: {what}", "look for its new address, or for a copy in an archive"
        )
    elif answer.moved and not _is_same(url, answer.moved):
        yield place.problem("note", f"{url} has moved for good", f"to {answer.moved}")
    elif not answer.is_well and answer.error != PRIVATE:
        what = answer.error or f"the answer is {answer.status}"
        yield place.problem("note", f"{url} could not be checked: {what}")


def _is_same(one: str, other: str) -> bool:
    """Whether two addresses differ in nothing that an author would mend by hand."""
    return one.partition(":")[2].rstrip("/") == other.partition(":")[2].rstrip("/")


def _asked(urls: Sequence[str], ask: Callable[[str], Answer]) -> dict[str, Answer]:
    """The answers: several hosts at once, and of each host one at a time."""
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(urlsplit(url).netloc.lower(), []).append(url)
    stopped = Event()

    def of_host(wanted: Sequence[str]) -> list[tuple[str, Answer]]:
        return [(url, ask(url)) for url in wanted if not stopped.is_set()]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        try:
            return {url: answer for found in pool.map(of_host, hosts.values()) for url, answer in found}
        except BaseException:  # Ctrl-C: what runs is let end, and nothing new begins
            stopped.set()
            raise


def _read(asking: Asking) -> _Remembered:
    """The answers that are not too old; none where the file is damaged."""
    make_way(asking.memory)
    try:
        rows = json.loads(asking.memory.read_text(encoding="utf-8"))
        found = {url: (Answer(*answer), datetime.fromisoformat(when)) for url, (answer, when) in rows.items()}
        return {url: (answer, when) for url, (answer, when) in found.items() if _is_kept(answer, asking.now - when)}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _is_kept(answer: Answer, age: timedelta) -> bool:
    return timedelta(0) <= age < (KEPT_WELL if answer.is_well else KEPT_ILL)


def _write(asking: Asking, known: _Remembered) -> None:
    """Remember the answers, if that can be: a check of a read-only site is a check, too."""
    rows = {url: (astuple(answer), when.isoformat()) for url, (answer, when) in known.items()}
    staged = asking.memory.with_suffix(".new")
    make_way(staged)
    try:
        staged.write_text(json.dumps(rows, ensure_ascii=False, indent=0), encoding="utf-8")
        os.replace(staged, asking.memory)
    except OSError:
        return
