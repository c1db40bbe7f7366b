"""Jekyll's and Liquid's filters for dates (filters/date_filters.rb). What is no date stays as it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from email.utils import format_datetime
from typing import Any

from sitegen.dates import in_zone
from sitegen.liquid.moments import formatted, moment_from

_ORDINALS = {1: "st", 2: "nd", 3: "rd"}


def _moment(context: Any, value: object) -> datetime | None:
    if value in ("now", "today"):
        context.look.reads.add("time")
        return context.look.site.time  # type: ignore[no-any-return]
    return moment_from(value, context.look.config.zone)


def date(context: Any, value: object, form: object = None) -> object:
    """A date by Ruby's strftime, in the zone that it names itself."""
    moment = _moment(context, value)
    return value if moment is None or not form else formatted(moment, str(form))


def _local(context: Any, value: object) -> datetime | None:
    """The moment in the site's zone."""
    found = _moment(context, value)
    return None if found is None else in_zone(found, context.look.config.zone)


def _shown(show: Callable[[datetime], str]) -> Callable[..., object]:
    def shown(context: Any, value: object) -> object:
        moment = _local(context, value)
        return value if moment is None else show(moment)

    return shown


def _in_words(month: str) -> Callable[..., object]:
    """`06 May 2026`; with "ordinal" `6th May 2026`, and that with "US" `May 6th, 2026`."""

    def shown(context: Any, value: object, kind: object = None, style: object = None) -> object:
        moment = _local(context, value)
        if moment is None:
            return value
        if kind != "ordinal":
            return formatted(moment, f"%d %{month} %Y")
        day = f"{moment.day}{'th' if 10 < moment.day < 14 else _ORDINALS.get(moment.day % 10, 'th')}"
        us = style == "US"
        return formatted(moment, f"%{month} {day}, %Y" if us else f"{day} %{month} %Y")

    return shown


date_to_xmlschema = _shown(lambda moment: moment.isoformat(timespec="seconds"))
date_to_rfc822 = _shown(format_datetime)
date_to_string = _in_words("b")
date_to_long_string = _in_words("B")
