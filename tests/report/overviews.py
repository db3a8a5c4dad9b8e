"""What is said of a run as a whole, made of reports made by hand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.portfolio.summary import PortfolioSummary
from mpfcheck.checking.report import ProposalReport, Status, Verdict
from mpfcheck.checking.what_if import StatusChange, VerdictChange, WhatIfResult
from mpfcheck.engine.portfolio import Portfolio
from mpfcheck.packs.load import load_call
from mpfcheck.report.comparison import compare
from mpfcheck.report.overview import Overview

CALL = "mpf-2023-borders-security"


@cache
def checker(call_id: str = CALL) -> Checker:
    return Checker(load_call(call_id))


def together(reports: Iterable[ProposalReport], answers: Mapping[str, object] | None = None) -> PortfolioSummary:
    """The reports as one portfolio; with ``answers``, all that can be read have these."""
    portfolio = Portfolio()
    for one in reports:
        read = one.verdict is not Verdict.INVALID and answers is not None
        portfolio.add(one, answers if read else None, checker() if read else None)
    return portfolio.summary(lambda _: checker())


def everything(*reports: ProposalReport, words: str = "Words") -> Overview:
    """Every part there can be, with ``words`` wherever a proposal, a file or a command line could bring them in."""
    applicant = {"name": words, "country": words, "pic": words}
    answers = {"call": words, "title": words, "lead": applicant, "co_applicants": [applicant]}
    rule = StatusChange(words, words, Status.PASS, Status.FAIL)
    changes = tuple(VerdictChange(one.input, Verdict.ELIGIBLE, Verdict.INELIGIBLE, (rule,)) for one in reports)
    return Overview(
        together(reports, answers),
        WhatIfResult("2023-06-01", {words: words}, changes),
        compare(reports[1:], reports[:-1]),
    )
