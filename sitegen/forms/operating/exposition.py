"""The numbers as OpenMetrics text, by the library of Prometheus (extra `metrics`)."""

from __future__ import annotations

import platform
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from prometheus_client import CollectorRegistry, ProcessCollector
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.openmetrics.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector

from sitegen import __version__
from sitegen.forms.inbox.store import Figures
from sitegen.forms.inbox.tables import VERSION
from sitegen.forms.operating.tally import Distribution, Tally
from sitegen.forms.submission import STATES

CONTENT_TYPE = CONTENT_TYPE_LATEST
STORED = (*STATES, "repeated", "confirmed")


@dataclass(frozen=True, eq=False)
class Reading(Collector):
    """All numbers of one moment; without `figures` the database did not answer."""

    tally: Tally
    figures: Figures | None
    connections: int
    now: datetime

    def collect(self) -> Iterator[Metric]:
        """Each family of numbers once."""
        with self.tally.lock:
            families = [*_events(self.tally), *_inbox(self.figures, self.now)]
        yield from families
        yield GaugeMetricFamily("sitegen_open_connections", "Connections to the receiver.", self.connections)
        build = {"version": __version__, "schema": str(VERSION), "python": platform.python_version()}
        yield InfoMetricFamily("sitegen_build", "What runs.", build)


def text_of(reading: Reading) -> bytes:
    """The text, with the numbers of the process. The registry is its own: nothing is shared."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(reading)
    ProcessCollector(registry=registry)
    return bytes(generate_latest(registry))  # type: ignore[no-untyped-call]


def _events(tally: Tally) -> Iterator[Metric]:
    requests = tally.requests.items()
    stored = [((form, became), number) for (form, became), number in requests if became in STORED]
    refused = [((form, became), number) for (form, became), number in requests if became not in (*STORED, "-")]
    yield _counter("sitegen_submissions", "Answers, and what they became.", ("form", "became"), stored)
    yield _counter("sitegen_refusals", "Answers that were refused.", ("form", "code"), refused)
    attempts = tally.attempts.items()
    yield _counter("sitegen_delivery_attempts", "Attempts at sending.", ("channel", "state"), attempts)
    yield CounterMetricFamily("sitegen_database_errors", "What the database refused.", tally.errors)
    yield _histogram("sitegen_request_seconds", "From the head of a request to its answer.", tally.seconds, "seconds")
    yield _histogram("sitegen_batch_entries", "Answers stored by one commit.", tally.batches)


def _inbox(figures: Figures | None, now: datetime) -> Iterator[Metric]:
    yield GaugeMetricFamily("sitegen_database_up", "Whether the database answers.", float(figures is not None))
    if figures is None:
        return
    kept = [((form, state), n) for form, states in figures.submissions.items() for state, n in states.items()]
    yield _gauge("sitegen_inbox_submissions", "Submissions in the inbox.", ("form", "state"), kept)
    deliveries = [(key, figures.deliveries.get(key, 0)) for key in _DELIVERIES]
    yield _gauge("sitegen_outbox_deliveries", "Deliveries that wait, or were given up.", _CHANNEL, deliveries)
    age = (now - figures.oldest).total_seconds() if figures.oldest else 0.0
    yield GaugeMetricFamily("sitegen_outbox_oldest_seconds", "Age of the oldest that waits.", age, unit="seconds")


_CHANNEL = ("channel", "state")
_DELIVERIES = tuple((channel, state) for channel in ("mail", "webhook") for state in ("waiting", "dead"))

_Samples = Iterable[tuple[tuple[str, ...], int]]


def _counter(name: str, words: str, labels: tuple[str, ...], samples: _Samples) -> Metric:
    family = CounterMetricFamily(name, words, labels=labels)
    for values, number in samples:
        family.add_metric(values, number)
    return family


def _gauge(name: str, words: str, labels: tuple[str, ...], samples: _Samples) -> Metric:
    family = GaugeMetricFamily(name, words, labels=labels)
    for values, number in samples:
        family.add_metric(values, number)
    return family


def _histogram(name: str, words: str, found: Distribution, unit: str = "") -> Metric:
    bounds = (*map(str, found.bounds), "+Inf")
    buckets = list(zip(bounds, map(float, found.upto()), strict=True))
    return HistogramMetricFamily(name, words, buckets=buckets, sum_value=found.sum, unit=unit)
