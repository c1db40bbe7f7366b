"""What was given up, and what still waits to be sent."""

from __future__ import annotations

from starlette.responses import Response

from sitegen.forms.desk.painting import painted
from sitegen.forms.desk.visit import Visit

MOST = 100  # deliveries on the page


def page(visit: Visit) -> Response:
    """The newest that were given up, and those that failed and are tried again."""
    given_up, tried = visit.store.given_up(MOST), visit.store.tried(MOST)
    return painted(visit, "deliveries.html", deliveries=given_up, tried=tried, most=MOST, here="/deliveries")
