"""Hold what the running service needs; one object per application, never a module global."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.requests import HTTPConnection

from api.jobs.background import Background
from api.jobs.store import JobStore
from api.sessions.attempts import Attempts
from api.sessions.store import Sessions
from api.snapshot import Snapshots
from kg.access import AccountFile, TokenFile
from kg.dataset import Dataset
from kg.reviewing import Journal
from kg.serving.queries import Queries
from kg.settings import Settings


@dataclass(frozen=True, slots=True)
class ServiceState:
    """Hold settings, query processes, the snapshot that pages read, free checks, and who writes.

    `dataset` is for who writes; readers take the snapshot or ask the query processes.
    """

    settings: Settings
    queries: Queries
    snapshots: Snapshots
    check_slots: asyncio.Semaphore
    tokens: TokenFile
    accounts: AccountFile
    sessions: Sessions
    attempts: Attempts
    login_slots: asyncio.Semaphore
    dataset: Dataset
    journal: Journal
    jobs: JobStore
    background: Background


def state_of(connection: HTTPConnection) -> ServiceState:
    """Return the state of the application that a request belongs to."""
    state = connection.app.state.service
    if not isinstance(state, ServiceState):
        raise TypeError("the application was not made by create_app")
    return state
