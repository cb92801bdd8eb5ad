"""Count requests and tell the state of the service in the text format of Prometheus.

Labels are few and fixed (doors, not addresses), so that the number of series stays small and no
series says what anybody asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, InfoMetricFamily, Metric
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

from api.state import ServiceState

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
# Seconds; from a lookup answered at once to a query stopped at the deadline of token holders.
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
_DOORS: Final = {
    "sparql": "sparql",
    "graphs": "graphs",
    "id": "linked-data",
    "scheme": "linked-data",
    "ontology": "linked-data",
    "graph": "linked-data",
    "catalog": "linked-data",
    ".well-known": "linked-data",
    "static": "static",
    "de": "pages",
    "en": "pages",
    "": "pages",
    "healthz": "operation",
    "readyz": "operation",
    "metrics": "operation",
}


def door_of(path: str) -> str:
    """Return which door a path is behind, "other" for none of ours.

    >>> door_of("/sparql"), door_of("/api/v1/check"), door_of("/id/05515000/x"), door_of("/x.php")
    ('sparql', 'api', 'linked-data', 'other')
    """
    if path.startswith("/api/v1"):
        return "api"
    return _DOORS.get(path[1:].partition("/")[0], "other")


def known_method(method: str) -> str:
    """Return a method of HTTP, "other" for what a client made up.

    >>> known_method("GET"), known_method("GIMME")
    ('GET', 'other')
    """
    return method if method in _METHODS else "other"


class Metrics:
    """Count the requests of one application; nothing is shared between applications."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._requests = Counter(
            "kreislaufstadt_requests",
            "Answered requests by door, method and status.",
            ("door", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "kreislaufstadt_request_seconds",
            "Seconds from a request to the end of its answer, by door.",
            ("door",),
            registry=self.registry,
            buckets=_BUCKETS,
        )
        self._running = Gauge(
            "kreislaufstadt_requests_running",
            "Requests that are being answered.",
            registry=self.registry,
        )

    def began(self) -> None:
        """Count a request that starts."""
        self._running.inc()

    def ended(self, door: str, method: str, status: int, seconds: float) -> None:
        """Count a request that ended."""
        self._running.dec()
        self._requests.labels(door, method, str(status)).inc()
        self._seconds.labels(door).observe(seconds)

    def watch(self, state: ServiceState) -> None:
        """Tell of a service from now on: whether it is ready, and what it serves."""
        self.registry.register(_Service(state))

    def as_text(self) -> bytes:
        """Return all metrics in the text format 0.0.4."""
        return generate_latest(self.registry)


class _Service(Collector):
    """Read the state of the service when it is asked for."""

    def __init__(self, state: ServiceState) -> None:
        self._state = state

    def collect(self) -> Iterator[Metric]:
        """Give readiness, generation, statements and sources."""
        state = self._state
        ready = state.queries.is_ready and state.snapshots.is_ready
        yield GaugeMetricFamily("kreislaufstadt_ready", "1 when queries are answered.", int(ready))
        if not state.snapshots.is_ready:
            return
        snapshot = state.snapshots.current
        yield InfoMetricFamily(
            "kreislaufstadt_generation",
            "The generation that is served.",
            {"generation": snapshot.generation.name},
        )
        yield GaugeMetricFamily(
            "kreislaufstadt_statements", "Statements in the generation.", len(snapshot.store)
        )
        yield GaugeMetricFamily(
            "kreislaufstadt_sources", "Sources in the generation.", len(snapshot.generation.sources)
        )
