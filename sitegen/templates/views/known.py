"""What the site knows of a call's places and members: the data file that `sitegen inbox publish` writes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sitegen.forms.description import Form
from sitegen.frozen import dataclass
from sitegen.templates.views.lens import Lens

CALLS = "calls"  # the name of the file: `_data/calls.json`, or what else can be read as data


@dataclass(frozen=True)
class MemberView:
    """Somebody who is in and agreed to be named: `name`, and the words beside it, `about`, or ""."""

    name: str
    about: str


@dataclass(frozen=True)
class Known:
    """How many places were taken when that was last published, None where it was not; and the members."""

    taken: int | None
    members: tuple[MemberView, ...]


def known_of(lens: Lens, form: Form) -> Known:
    """What the file says, as far as the form shows it. What has another shape is somebody else's, and says nothing."""
    lens.reads.add(f"data:{CALLS}")
    calls = lens.site.data.get(CALLS)
    entry = calls.get(form.id) if isinstance(calls, dict) else None
    told = entry if isinstance(entry, dict) else {}
    taken = told.get("taken") if form.public_capacity else None
    counted = isinstance(taken, int) and not isinstance(taken, bool) and taken >= 0
    members = tuple(_members(told.get("members"))) if form.members else ()
    return Known(taken if counted else None, members)


def _members(told: Any) -> Iterator[MemberView]:
    for each in told if isinstance(told, list) else ():
        if isinstance(each, dict) and each.get("name"):
            yield MemberView(str(each["name"]), str(each.get("about") or ""))
