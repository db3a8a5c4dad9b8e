"""The call's rules in the Common Expression Language, for Google's engine (package cel-expr-python).

All rules make one expression that yields a map: measured, that is faster than an expression a rule, because a proposal
is handed over once. CEL has no sum over a list; a function of the host adds up.
"""

from __future__ import annotations

from collections.abc import Collection

from cel_expr_python import cel

from benchmarks.handwritten.countries import CANDIDATES, MEMBER_STATES, PARTNERS, UNCERTAIN
from benchmarks.peers.plain import Plain

__all__ = ["CelRules"]


def codes(members: Collection[str]) -> str:
    return "[" + ", ".join(f"'{member}'" for member in sorted(members)) + "]"


def one(require: str, *, when: str = "true", doubt: str = "false") -> str:
    """A rule about the proposal as a whole."""
    return f"!({when}) ? 'not_applicable' : ({require}) ? 'pass' : ({doubt}) ? 'review' : 'fail'"


def each(items: str, require: str, *, when: str = "true", doubt: str = "false") -> str:
    """A rule about every item of a list; the item's name is x."""
    return (
        f"{items}.exists(x, ({when}) && !({require}) && !({doubt})) ? 'fail' : "
        f"{items}.exists(x, ({when}) && !({require})) ? 'review' : "
        f"{items}.exists(x, {when}) ? 'pass' : 'not_applicable'"
    )


EU, INSIDE, MAYBE = codes(MEMBER_STATES), codes(PARTNERS), codes(CANDIDATES)
POT = "fund == 'BMVI' || fund == 'ISF'"
STATE = "(lead.kind == 'mandated_operator' ? lead.mandating : lead.country)"
COVERED = "(grant + added(contributions.map(x, x.amount)))"
PRIVATE = "x.kind == 'ngo' || x.kind == 'private_law_body'"
DIRECT = "added(lines.filter(x, x.heading != 'indirect_costs' && x.heading != 'contingency_reserve').map(x, x.amount))"
INDIRECT = "added(lines.filter(x, x.heading == 'indirect_costs').map(x, x.amount))"
RESERVE = "added(lines.filter(x, x.heading == 'contingency_reserve').map(x, x.amount))"
PRODUCT = "(x.quantity * x.unit_cost + 50) / 100"
SAME = "x.pic != '' && x.pic == y.pic || x.name == y.name && x.country == y.country"

RULES = {
    "FUND-1": one(POT),
    "FUND-2": one(
        f"!(fund == 'BMVI' && {STATE} == 'IE') && !(fund == 'ISF' && {STATE} == 'DK')",
        when=f"({POT}) && {STATE} in {EU}",
    ),
    "LEAD-1": one(
        f"lead.kind == 'public_body' && lead.country in {EU}"
        f" || lead.kind == 'mandated_operator' && lead.mandating in {EU}"
    ),
    "LEAD-2": one("lead.mandate != '' || 'mandate' in papers", when="lead.kind == 'mandated_operator'"),
    "COAPP-1": each("partners", "x.kind in ['public_body', 'international_organisation', 'ngo', 'private_law_body']"),
    "COAPP-2": each(
        "partners",
        f"x.country in {INSIDE} || x.country in {EU} && x.country != lead.country && x.country != {STATE}",
        when="x.kind == 'public_body'",
        doubt=f"x.country in {MAYBE} || x.country in {EU} && (x.country != lead.country || x.country != {STATE})",
    ),
    "COAPP-3": each(
        "partners", f"x.country in {EU} || x.country in {INSIDE}", when=PRIVATE, doubt=f"x.country in {MAYBE}"
    ),
    "COAPP-4": each("partners", "x.non_profit", when=PRIVATE),
    "COAPP-5": "partners.exists(x, x.kind == 'international_organisation') ? 'review' : 'not_applicable'",
    "DUP-1": one(
        f"!([lead] + partners).exists(x, ([lead] + partners).filter(y, {SAME} || x == y).size() > 1)",
        when="size(partners) > 0",
    ),
    "BUDGET-1": one("total >= 20000000"),
    "BUDGET-2": each("lines", f"x.amount - {PRODUCT} <= 1 && {PRODUCT} - x.amount <= 1"),
    "BUDGET-3": one("added(lines.map(x, x.amount)) == total", when="size(lines) > 0"),
    "BUDGET-4": one(
        f"{INDIRECT} * 100 <= {DIRECT} * 7 && {RESERVE} * 100 <= {DIRECT} * 5",
        when="size(lines) > 0",
    ),
    "GRANT-1": one("grant * 100 <= total * 95"),
    "COFIN-1": one(f"{COVERED} >= total"),
    "COFIN-2": one(f"{COVERED} <= total"),
    "COFIN-3": each("contributions", "x.kind != 'other_eu_funding'"),
    "POT-1": one("grant <= (fund == 'BMVI' ? 390000000 : 1000000000)", when=POT),
    "SCOPE-1": one(f"targets.exists(x, x in {INSIDE})", doubt=f"targets.exists(x, x in {MAYBE})"),
    "SCOPE-2": one(
        f"targets.all(x, x in {INSIDE})",
        when=f"targets.exists(x, x in {INSIDE})",
        doubt=f"targets.all(x, x in {INSIDE} || x in {MAYBE})",
    ),
    "SCOPE-3": f"{POT} ? 'review' : 'not_applicable'",
    "SCOPE-4": f"{POT} ? 'review' : 'not_applicable'",
    "SCOPE-6": f"{POT} ? 'review' : 'not_applicable'",
    "DATE-1": one("'2023-12-07' >= '2023-03-10'"),
    "DATE-2": one("'2023-12-07' <= '2023-12-07'"),
    "SCOPE-5": each("targets", f"!(x in {codes(UNCERTAIN)})"),
    "EXCL-1": one("not_excluded"),
    "EXCL-2": one("not_double"),
    "TIME-1": one("not_started || start >= '2023-12-07'"),
    "ASK-1": one("consulted"),
}

TEXT, WHOLE, TRUTH = cel.Type.STRING, cel.Type.INT, cel.Type.BOOL
RECORD = cel.Type.Map(TEXT, cel.Type.DYN)
VARIABLES = {
    "fund": TEXT,
    "lead": RECORD,
    "partners": cel.Type.List(RECORD),
    "total": WHOLE,
    "lines": cel.Type.List(RECORD),
    "grant": WHOLE,
    "contributions": cel.Type.List(RECORD),
    "papers": cel.Type.List(TEXT),
    "targets": cel.Type.List(TEXT),
    "start": TEXT,
    "not_excluded": TRUTH,
    "not_double": TRUTH,
    "not_started": TRUTH,
    "consulted": TRUTH,
}


class CelRules:
    """The rules, compiled."""

    def __init__(self) -> None:
        overload = cel.Overload("added_list", return_type=WHOLE, parameters=[cel.Type.List(cel.Type.DYN)], impl=sum)
        environment = cel.NewEnv(variables=VARIABLES, functions=[cel.FunctionDecl("added", [overload])])
        self._rules = environment.compile("{" + ", ".join(f"'{rule}': {text}" for rule, text in RULES.items()) + "}")

    def __call__(self, proposal: Plain) -> dict[str, str]:
        """What every rule says, by rule id; raises ValueError where the engine answers with an error instead."""
        match self._rules.eval(data=proposal).plain_value():
            case dict() as said:
                return said
            case error:
                raise ValueError(error)
