"""`/-/metrics` for Prometheus, the same whichever process answers.

What the database knows is counted there at the moment of asking. What only a process knows (its requests) is counted
in files that all processes of a host share (`PROMETHEUS_MULTIPROC_DIR`, set by `fdplattform run`).
"""

import os
import time
from collections.abc import Callable, Iterable

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from pyramid.config import Configurator
from pyramid.registry import Registry
from pyramid.request import Request
from pyramid.response import Response
from pyramid.security import NO_PERMISSION_REQUIRED
from pyramid.tweens import EXCVIEW, INGRESS
from pyramid.view import view_config
from sqlalchemy.exc import SQLAlchemyError

from fdplattform.jobs.services import backlog, last_sign_of_life

_own = CollectorRegistry()
REQUESTS = Counter("fdplattform_requests", "Requests answered", ("method", "status"), registry=_own)
DURATION = Histogram(
    "fdplattform_request_seconds",
    "Time until the answer was ready, in seconds",
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=_own,
)
#: Other methods are counted as one: a label's values must not be chosen by strangers.
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


class DatabaseFacts(Collector):
    """The outbox and the workers, as the database knows them."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def collect(self) -> Iterable[Metric]:
        """One query each, at the moment of asking."""
        up = GaugeMetricFamily("fdplattform_database_up", "1 when the database answers")
        try:
            found = list(self._ask())
        except SQLAlchemyError:
            up.add_metric([], 0)
            return [up]
        up.add_metric([], 1)
        return [up, *found]

    def _ask(self) -> Iterable[Metric]:
        now = self._registry.clock()
        with self._registry.sessions() as session:
            lanes, seen = backlog(session, now), last_sign_of_life(session)
        for name, meaning, values in (
            ("due", "Jobs whose moment has come", [(lane.lane, lane.due) for lane in lanes]),
            ("failed", "Jobs that were given up", [(lane.lane, lane.failed) for lane in lanes]),
            ("oldest_seconds", "How long the longest job has waited", [(lane.lane, lane.oldest) for lane in lanes]),
        ):
            gauge = GaugeMetricFamily(f"fdplattform_outbox_{name}", meaning, labels=("lane",))
            for lane, value in values:
                gauge.add_metric([lane], value)
            yield gauge
        if seen is not None:
            age = (now - seen).total_seconds()
            yield GaugeMetricFamily("fdplattform_worker_heartbeat_seconds", "Since any worker was seen", value=age)


@view_config(route_name="metrics", request_method="GET", permission=NO_PERMISSION_REQUIRED)
def metrics(request: Request) -> Response:
    """All measurements in Prometheus' text format. Nothing in it is about a person."""
    facts = CollectorRegistry()
    facts.register(DatabaseFacts(request.registry))
    counted = _own
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    return Response(generate_latest(facts) + generate_latest(counted), headers={"Content-Type": CONTENT_TYPE_LATEST})


Handler = Callable[[Request], Response]


def counting_tween(handler: Handler, _registry: Registry) -> Handler:
    """Count requests and their duration, outside of everything else."""

    def count(request: Request) -> Response:
        started = time.perf_counter()
        status = 500
        try:
            response = handler(request)
            status = response.status_int
        finally:
            method = request.method if request.method in _METHODS else "other"
            REQUESTS.labels(method, str(status)).inc()
            DURATION.observe(time.perf_counter() - started)
        return response

    return count


def includeme(config: Configurator) -> None:
    config.add_route("metrics", "/-/metrics")
    # Above the transaction and the error pages, whose answers are what people get.
    around = ("pyramid_tm.tm_tween_factory", EXCVIEW)
    config.add_tween("fdplattform.ops.metrics.counting_tween", under=INGRESS, over=around)
