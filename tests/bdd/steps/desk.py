"""The one place where the features meet the program: a call, proposals to check, and files to check."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from mpfcheck.checking.checker import invalid_report
from mpfcheck.checking.report import ProposalReport
from mpfcheck.engine.registry import Registry, Terms
from mpfcheck.packs.call import Call
from mpfcheck.reading.document import read_proposal

CALL = "mpf-2023-borders-security"
REGISTRY = Registry()


def call(call_id: str = CALL) -> Call:
    """A call; without an id the one most features speak of."""
    return REGISTRY.call(call_id)


def check(proposal: object, as_of: date | None = None, parameters: Mapping[str, str] | None = None) -> ProposalReport:
    """A proposal as it would come out of a file, checked."""
    return check_file(json.dumps(proposal).encode(), as_of, parameters)


def check_file(data: bytes, as_of: date | None = None, parameters: Mapping[str, str] | None = None) -> ProposalReport:
    """A file's bytes, checked."""
    document = read_proposal(data)
    if document.answers is None:
        return invalid_report(document.problems)
    named = document.answers.get("call")
    terms = Terms(day=as_of, changes=tuple((parameters or {}).items()))
    checker = REGISTRY.checker(named if isinstance(named, str) else CALL, terms)
    return checker.report(document.answers, problems=document.problems, place_of=document.place_of)
