"""What was given up, and what still waits to be sent."""

from __future__ import annotations

from starlette.responses import Response

from sitegen.forms.desk.painting import painted
from sitegen.forms.desk.visit import Visit

MOST = 100  # deliveries on the page


def page(visit: Visit) -> Response:
    """The newest that were given up; the numbers of all are on every page."""
    return painted(visit, "deliveries.html", deliveries=visit.store.given_up(MOST), most=MOST, here="/deliveries")
