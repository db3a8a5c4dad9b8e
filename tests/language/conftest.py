"""Makes the support modules of these tests importable, and prints how much of the standard's own tests passes."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what the run of the compatibility kit found, also where pytest is quiet or runs in several processes."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, text in getattr(report, "user_properties", ()):
                if name == "feel_tck" and getattr(report, "when", "") == "call":
                    terminalreporter.write_line(str(text))
