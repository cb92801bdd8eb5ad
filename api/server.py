"""Run the application with uvicorn until it is told to stop."""

from __future__ import annotations

import asyncio
import socket
import sys

import uvicorn
from starlette.types import ASGIApp

from api.app import create_app
from api.connections import ConnectionLimits, bounded_protocol
from api.fitting import fit_checker
from api.logs import configure_logs
from api.snapshot import FitBuilder
from kg.engines import dataset_of
from kg.settings import Settings

# What asyncio takes from a socket at once.
_READ_BYTES = 262_144


class _Server(uvicorn.Server):
    """Write the address to standard output once connections are accepted."""

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then tell where."""
        await super().startup(sockets)
        for listening in (found for server in self.servers for found in server.sockets):
            sys.stdout.write(f"{address_of(listening)}\n")
        sys.stdout.flush()


def address_of(listening: socket.socket) -> str:
    """Return the URL of a bound socket."""
    host, port = listening.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


def run_server(settings: Settings, *, build_fit: FitBuilder = fit_checker) -> None:
    """Serve the dataset of the settings; Ctrl-C or SIGTERM ends it with all its processes.

    Raises:
        NoDataset: Nothing was built yet.
    """
    configure_logs(settings.log_level, settings.log_format)
    dataset = dataset_of(settings)
    dataset.current()
    app = create_app(settings, dataset=dataset, build_fit=build_fit)
    # It binds by itself: a socket made by hand lacks the protocol number by which asyncio switches
    # delayed sending off, which would cost 40 ms an answer.
    config = server_config(app, settings)
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(_Server(config).serve())


def server_config(app: ASGIApp, settings: Settings) -> uvicorn.Config:
    """Return how the application is served: with bounded connections, and no word about itself."""
    return uvicorn.Config(
        app,
        http=bounded_protocol(ConnectionLimits.of(settings)),
        # Nothing here speaks it.
        ws="none",
        # The bound on the head is ours, for either parser; this one only has to be wider.
        h11_max_incomplete_event_size=2 * settings.head_bytes + _READ_BYTES,
        host=settings.host,
        port=settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        # It would believe what a client on this machine says of its address.
        proxy_headers=False,
        timeout_graceful_shutdown=settings.stop_seconds,
    )
