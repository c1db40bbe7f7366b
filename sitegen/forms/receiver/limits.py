"""How often answers may come: from one address to a form, and to a form from everybody. Counted in memory."""

from __future__ import annotations

from sitegen.forms.description import Form
from sitegen.forms.judgement.addresses import client_address
from sitegen.forms.judgement.rates import RateLimiter
from sitegen.forms.receiver.visit import Visit

EVERYBODY = "*"  # stands where an address would


class Limits:
    """Remembers who sent how many, by the rates in the book of each visit."""

    def __init__(self) -> None:
        self._limiter = RateLimiter()

    def of_address(self, visit: Visit, form: Form) -> int:
        """Count a visit: the seconds until whoever sends it may send again, 0 for now."""
        book = visit.book
        if book.rate is None:
            return 0
        peer = visit.request.client.host if visit.request.client else ""
        address = client_address(peer, visit.headers.get("x-forwarded-for", ""), book.trusted_proxies)
        return self._limiter.wait((address, form.id), book.rate, visit.moment)

    def of_form(self, visit: Visit, form: Form) -> int:
        """The same for everybody together. Ask only for what is well: others could close the form with rubbish."""
        rate = visit.book.form_rate
        return self._limiter.wait((EVERYBODY, form.id), rate, visit.moment) if rate else 0
