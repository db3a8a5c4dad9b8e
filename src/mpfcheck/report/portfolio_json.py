"""What is known of proposals together, as the member ``portfolio`` of the JSON report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mpfcheck.checking.portfolio.summary import (
    Appearance,
    Compared,
    PortfolioSummary,
    RuleFiles,
    SharedOrganisation,
    SharedPic,
    Together,
)
from mpfcheck.checking.report import InputReference, Status, Verdict
from mpfcheck.report.encoding import reference_members

__all__ = ["portfolio_members"]

COUNTED = (Status.FAIL, Status.UNDECIDED, Status.REVIEW, Status.INCONCLUSIVE)


def portfolio_members(summary: PortfolioSummary) -> Iterator[tuple[str, object]]:
    """The members as plain JSON data, one by one, because some are long; amounts are texts, as everywhere else."""
    yield (
        "distinct",
        {
            "proposals": sum(summary.distinct.values()),
            **{verdict.value: summary.distinct[verdict] for verdict in reversed(Verdict)},
        },
    )
    yield "verdicts", {verdict.value: _inputs(summary.verdicts[verdict]) for verdict in reversed(Verdict)}
    yield (
        "nearly_eligible",
        [
            {
                "input": reference_members(one.input),
                "call": one.call,
                "rule": one.rule,
                "title": one.title,
                "fix": one.fix,
                "copies": one.copies,
            }
            for one in summary.nearly_eligible
        ],
    )
    yield "rules", [_rule(rule) for rule in summary.rules]
    yield "together", [_together(together) for together in summary.together]
    yield (
        "lead_countries",
        [
            {
                "country": country.code,
                "name": country.name,
                "proposals": country.proposals,
                "eligible": country.eligible,
                "requested": f"{country.requested:f}",
                "copies": country.copies,
            }
            for country in summary.lead_countries
        ],
    )
    yield "same_proposals", [{"by": same.by, "inputs": _inputs(same.inputs)} for same in summary.same_proposals]
    yield "shared_organisations", [_organisation(one) for one in summary.shared_organisations]
    yield "shared_pics", [_pic(one) for one in summary.shared_pics]


def _inputs(references: Iterable[InputReference]) -> list[dict[str, object]]:
    return [reference_members(reference) for reference in references]


def _rule(rule: RuleFiles) -> dict[str, object]:
    return {
        "call": rule.call,
        "rule": rule.rule,
        "title": rule.title,
        "severity": rule.severity.value,
        "manual": rule.manual,
        "distinct": {status.value: rule.count(status) for status in COUNTED},
    } | {status.value: _inputs(rule.inputs.get(status, ())) for status in COUNTED}


def _together(together: Together) -> dict[str, object]:
    return {
        "call": together.call,
        "rule": together.rule,
        "title": together.title,
        "severity": together.severity.value,
        "status": together.status.value,
        "proposals": together.proposals,
        "copies": together.copies,
        "items": [
            {
                "item": item.item,
                "label": item.label,
                "status": item.status.value,
                "message": item.message,
                "compared": _compared(item.compared),
            }
            for item in together.items
        ],
    }


def _compared(compared: Compared | None) -> dict[str, object] | None:
    if compared is None:
        return None
    return {
        "amount": f"{compared.amount:f}",
        "operator": compared.operator,
        "limit": f"{compared.limit:f}",
        "unit": compared.unit,
    }


def _organisation(one: SharedOrganisation) -> dict[str, object]:
    return {
        "by": one.by,
        "name": one.name,
        "country": one.country,
        "pics": list(one.pics),
        "appearances": _appearances(one.appearances),
    }


def _pic(one: SharedPic) -> dict[str, object]:
    return {
        "pic": one.pic,
        "holders": [
            {"name": holder.name, "country": holder.country, "appearances": _appearances(holder.appearances)}
            for holder in one.holders
        ],
    }


def _appearances(appearances: Iterable[Appearance]) -> list[dict[str, object]]:
    return [
        {
            "input": reference_members(appearance.input),
            "role": appearance.role,
            "name": appearance.name,
            "country": appearance.country,
            "pic": appearance.pic,
        }
        for appearance in appearances
    ]
