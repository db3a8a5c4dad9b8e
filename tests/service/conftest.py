"""A service in this process, and clients that talk to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

from mpfcheck.service.app import application
from mpfcheck.service.capacity import ServiceLimits
from mpfcheck.service.terms import Calls

LIMITS = ServiceLimits(proposal_bytes=20_000, stream_bytes=200_000, seconds=5)


@pytest.fixture(scope="session")
def calls() -> Calls:
    return Calls()


@pytest.fixture(scope="session")
def app(calls: Calls) -> ASGIApp:
    return application(calls, LIMITS)


@pytest.fixture
def client(app: ASGIApp) -> Iterator[TestClient]:
    with TestClient(app) as client:
        yield client
