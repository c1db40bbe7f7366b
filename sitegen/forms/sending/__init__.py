"""Telling people: what waits in the outbox is sent, by mail and by webhook, until it has arrived or is given up."""
