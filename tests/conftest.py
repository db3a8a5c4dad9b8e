"""What holds for all tests: one profile of hypothesis, printed seeds, failures in any process, what was left out."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, settings

# How long one example takes says more about the machine than about the program, and generated proposals are large.
settings.register_profile("mpfcheck", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("mpfcheck")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed of hypothesis here, so that it can be printed and every worker has the same."""
    if config.getoption("--hypothesis-seed", None) is None:
        config.option.hypothesis_seed = str(random.SystemRandom().randrange(2**32))


def pytest_report_header(config: pytest.Config) -> str:
    """Say how to draw the same examples again."""
    return f"to draw the same examples again: --hypothesis-seed={config.option.hypothesis_seed}"


def _encodable(value: object) -> object:
    """The same report with lone surrogates escaped: a worker cannot send them to the process that prints."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_encodable(key): _encodable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_encodable(item) for item in value)
    return value


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable():  # type: ignore[no-untyped-def]
    """Let a failure whose text holds a lone surrogate reach the report of a run in several processes."""
    data = yield
    return _encodable(data)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End with what was left out and why, so that a green run does not hide it."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else str(report.longrepr)
        for report in terminalreporter.stats.get("skipped", ())
    )
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"left out on this computer: {count} x {reason}")
    terminalreporter.write_line(f"hypothesis seed: {terminalreporter.config.option.hypothesis_seed}")
