"""Eligibility checker for calls of the Migration Partnership Facility.

    call = mpfcheck.load_call("mpf-2023-borders-security")
    report = call.check({"fund": "BMVI", "lead": {"country": "LT"}})
    report.verdict

Names are loaded when first used, so that ``import mpfcheck`` is cheap.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mpfcheck.api import Call, check_many, load_call
    from mpfcheck.calls.load import UnknownCallError
    from mpfcheck.calls.mistake import PackError
    from mpfcheck.calls.severity import Severity
    from mpfcheck.checking.parameters import ParameterError
    from mpfcheck.checking.report import ProposalReport as Report
    from mpfcheck.checking.report import Result, Status, Verdict
    from mpfcheck.proposal.models import Proposal

__all__ = [
    "Call",
    "PackError",
    "ParameterError",
    "Proposal",
    "Report",
    "Result",
    "Severity",
    "Status",
    "UnknownCallError",
    "Verdict",
    "__version__",
    "check_many",
    "load_call",
]

__version__ = "0.1.0"

_HOMES = {
    "Call": ("mpfcheck.api", "Call"),
    "PackError": ("mpfcheck.calls.mistake", "PackError"),
    "ParameterError": ("mpfcheck.checking.parameters", "ParameterError"),
    "Proposal": ("mpfcheck.proposal.models", "Proposal"),
    "Report": ("mpfcheck.checking.report", "ProposalReport"),
    "Result": ("mpfcheck.checking.report", "Result"),
    "Severity": ("mpfcheck.calls.severity", "Severity"),
    "Status": ("mpfcheck.checking.report", "Status"),
    "UnknownCallError": ("mpfcheck.calls.load", "UnknownCallError"),
    "Verdict": ("mpfcheck.checking.report", "Verdict"),
    "check_many": ("mpfcheck.api", "check_many"),
    "load_call": ("mpfcheck.api", "load_call"),
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module, attribute = _HOMES[name]
    value = globals()[name] = getattr(import_module(module), attribute)
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
