"""Eligibility checker for calls of the Migration Partnership Facility.

    call = mpfcheck.load_call("mpf-2023-borders-security")
    report = call.check({"fund": "BMVI", "lead": {"country": "LT"}})
    report.verdict

Names are loaded when first used, so that ``import mpfcheck`` is cheap. Nothing at all is imported here, so that Ctrl-C
meets the command line as early as can be.
"""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from mpfcheck.api.call import Call, check, check_many, list_calls, load_call, portfolio
    from mpfcheck.api.column import check_column
    from mpfcheck.api.compare import CallComparison, compare_calls, compare_reports, compare_versions
    from mpfcheck.api.content import CallForm, CallRule, FormGroup, FormPage, FormQuestion
    from mpfcheck.api.report import Report, read_reports, render
    from mpfcheck.checking.explain import Explanation
    from mpfcheck.checking.parameters import ParameterError, UnknownRuleError
    from mpfcheck.checking.portfolio.summary import PortfolioSummary
    from mpfcheck.checking.report import Outlook, Problem, Repair, Result, Sentence, SentenceValue, Status, Verdict
    from mpfcheck.extra import SolverMissingError
    from mpfcheck.forms.typed.choice import Choice
    from mpfcheck.json_codec import UnreadableReportError
    from mpfcheck.packs.call import DatedValue, Parameter
    from mpfcheck.packs.code_list import CodeList
    from mpfcheck.packs.find import UnknownCallError
    from mpfcheck.packs.mistake import PackError
    from mpfcheck.packs.rule import Citation, Source
    from mpfcheck.packs.severity import Severity
    from mpfcheck.proposal.models import Proposal
    from mpfcheck.report.comparison import Comparison
    from mpfcheck.report.pack_changes import VersionChange
    from mpfcheck.version import __version__

__all__ = [
    "Call",
    "CallComparison",
    "CallForm",
    "CallRule",
    "Choice",
    "Citation",
    "CodeList",
    "Comparison",
    "DatedValue",
    "Explanation",
    "FormGroup",
    "FormPage",
    "FormQuestion",
    "Outlook",
    "PackError",
    "Parameter",
    "ParameterError",
    "PortfolioSummary",
    "Problem",
    "Proposal",
    "Repair",
    "Report",
    "Result",
    "Sentence",
    "SentenceValue",
    "Severity",
    "SolverMissingError",
    "Source",
    "Status",
    "UnknownCallError",
    "UnknownRuleError",
    "UnreadableReportError",
    "Verdict",
    "VersionChange",
    "__version__",
    "check",
    "check_column",
    "check_many",
    "compare_calls",
    "compare_reports",
    "compare_versions",
    "list_calls",
    "load_call",
    "portfolio",
    "read_reports",
    "render",
]

_HOMES = {
    "Call": "mpfcheck.api.call",
    "CallComparison": "mpfcheck.api.compare",
    "CallForm": "mpfcheck.api.content",
    "CallRule": "mpfcheck.api.content",
    "Choice": "mpfcheck.forms.typed.choice",
    "Citation": "mpfcheck.packs.rule",
    "CodeList": "mpfcheck.packs.code_list",
    "Comparison": "mpfcheck.report.comparison",
    "DatedValue": "mpfcheck.packs.call",
    "Explanation": "mpfcheck.checking.explain",
    "FormGroup": "mpfcheck.api.content",
    "FormPage": "mpfcheck.api.content",
    "FormQuestion": "mpfcheck.api.content",
    "Outlook": "mpfcheck.checking.report",
    "PackError": "mpfcheck.packs.mistake",
    "Parameter": "mpfcheck.packs.call",
    "ParameterError": "mpfcheck.checking.parameters",
    "PortfolioSummary": "mpfcheck.checking.portfolio.summary",
    "Problem": "mpfcheck.checking.report",
    "Proposal": "mpfcheck.proposal.models",
    "Repair": "mpfcheck.checking.report",
    "Report": "mpfcheck.api.report",
    "Result": "mpfcheck.checking.report",
    "Sentence": "mpfcheck.checking.report",
    "SentenceValue": "mpfcheck.checking.report",
    "Severity": "mpfcheck.packs.severity",
    "SolverMissingError": "mpfcheck.extra",
    "Source": "mpfcheck.packs.rule",
    "Status": "mpfcheck.checking.report",
    "UnknownCallError": "mpfcheck.packs.load",
    "UnknownRuleError": "mpfcheck.checking.parameters",
    "UnreadableReportError": "mpfcheck.json_codec",
    "Verdict": "mpfcheck.checking.report",
    "VersionChange": "mpfcheck.report.pack_changes",
    "__version__": "mpfcheck.version",
    "check": "mpfcheck.api.call",
    "check_column": "mpfcheck.api.column",
    "check_many": "mpfcheck.api.call",
    "compare_calls": "mpfcheck.api.compare",
    "compare_reports": "mpfcheck.api.compare",
    "compare_versions": "mpfcheck.api.compare",
    "list_calls": "mpfcheck.api.call",
    "load_call": "mpfcheck.api.call",
    "portfolio": "mpfcheck.api.call",
    "read_reports": "mpfcheck.api.report",
    "render": "mpfcheck.api.report",
}


if not TYPE_CHECKING:  # Type checkers know all names there are, and tell of a misspelt one.

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from importlib import import_module

        value = globals()[name] = getattr(import_module(_HOMES[name]), name)
        return value


def __dir__() -> list[str]:
    return sorted(__all__)
