"""The decisions of a call, as DMN describes them: each with its name, its FEEL and what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from functools import partial

from mpfcheck.feel.check.signatures import SIGNATURES
from mpfcheck.feel.study.dependencies import names_used
from mpfcheck.feel.syntax import tree
from mpfcheck.feel.syntax.tree import Expression
from mpfcheck.feel.syntax.unparse import quoted, unparse
from mpfcheck.frozen import Frozen
from mpfcheck.interchange.unanswered_as_null import FUNCTIONS, NotExpressibleError, Rewriting
from mpfcheck.packs.call import Call, Parameter, ParameterValue
from mpfcheck.packs.code_list import CodeList
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.severity import Severity
from mpfcheck.packs.template import Condition
from mpfcheck.packs.vocabulary import PROPOSALS, vocabulary_of

__all__ = ["STATUSES", "VERDICT", "Decision", "decisions", "variable_of"]

STATUSES = "pass, fail, not_applicable, review; null where it depends on missing answers"
VERDICT = "verdict"


class Decision(Frozen):
    """A decision: its variable, its FEEL (empty where there is none), and the names and functions the FEEL uses.

    ``kind`` and ``id`` name the part of the call; ``sources`` are the ids of its source documents.
    """

    kind: str
    id: str
    variable: str
    title: str
    text: str
    type: str = "Any"
    description: str = ""
    answers: str = ""
    needs: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


def variable_of(rule: Rule) -> str:
    """The name of a rule's decision: a FEEL name cannot hold the hyphen of an id."""
    return rule.id.replace("-", "_")


def decisions(call: Call) -> Iterator[Decision]:
    """All decisions of a call, each after those it needs: code lists, parameters, definitions, rules, the verdict."""
    taken = call.parameters.keys() | call.definitions.keys() | call.code_lists.keys()
    if clash := sorted(taken & (FUNCTIONS.keys() | {VERDICT})):
        raise NotExpressibleError(f"The name {clash[0]} is reserved for the export. Choose another name in the call.")
    yield from map(_code_list, call.code_lists.values())
    yield from map(_parameter, call.parameters.values())
    constants = set(call.code_lists)
    for name in _in_order(call):
        definition = call.definitions[name]
        expression = definition.condition.tree
        if names_used(expression) <= constants | SIGNATURES.keys():
            constants.add(name)
        rewriting = Rewriting(vocabulary_of(call).definitions[name], constants)
        text, why, needs, functions = _expressed(call, partial(rewriting.of, expression))
        note = _joined(definition.note, f"In the rule pack: {definition.condition.text}", why)
        yield Decision(
            "definition", name, name, definition.title, text, description=note, needs=needs, functions=functions
        )
    for rule in call.rules:
        yield _rule(call, rule, constants)
    yield _verdict(call)


def _code_list(code_list: CodeList) -> Decision:
    members = ", ".join(quoted(member.code) for member in code_list.members)
    candidates = ", ".join(quoted(member.code) for member in code_list.candidates)
    text = f"{{members: [{members}], candidates: [{candidates}]}}"
    note = _joined(code_list.note, "Candidates are codes that some sources include and other sources do not.")
    return Decision("codelist", code_list.id, code_list.id, code_list.title, text, "context", note)


def _parameter(parameter: Parameter) -> Decision:
    values = sorted(parameter.values, key=lambda value: value.since, reverse=True)
    text = "null"
    for value in reversed(values):
        text = f"if as_of >= date({quoted(value.since.isoformat())}) then {_literal(value.value)} else {text}"
    unit = f"Unit: {parameter.unit}." if parameter.unit else ""
    notes = [f"From {value.since.isoformat()}: {_literal(value.value)}. {value.note}".strip() for value in values]
    kinds: dict[type, str] = {Decimal: "number", bool: "boolean", str: "string", date: "date"}
    return Decision(
        "parameter",
        parameter.name,
        parameter.name,
        parameter.title,
        text,
        kinds[type(values[0].value)],
        _joined(unit, *notes),
        needs=("as_of",),
        sources=tuple(dict.fromkeys(value.source.document for value in values)),
    )


def _literal(value: ParameterValue) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return f"{value:f}"
        case date():
            return f"date({quoted(value.isoformat())})"
    return quoted(value)


def _rule(call: Call, rule: Rule, constants: set[str]) -> Decision:
    def rewritten(condition: Condition) -> Expression:
        return Rewriting(vocabulary_of(call).check(rule, condition), constants).of(condition.tree)

    text, why, needs, functions = _expressed(call, partial(_status, rule, rewritten))
    written = [f"{key}: {condition.text}" for key, condition in rule.conditions() if key != "note"]
    about = "It applies to all proposals checked together." if rule.scope is RuleScope.PORTFOLIO else ""
    by_hand = "Manual review needed." if rule.manual else ""
    return Decision(
        "rule",
        rule.id,
        variable_of(rule),
        rule.title,
        text,
        "string",
        _joined(f"Severity: {rule.severity.value}.", about, by_hand, rule.why, "In the rule pack:", *written, why),
        STATUSES,
        needs,
        functions,
        tuple(dict.fromkeys(citation.document for citation in (rule.source, *rule.also))),
    )


def _status(rule: Rule, rewritten: Callable[[Condition], Expression]) -> Expression:
    """The expression of the status of a rule, once or for each item."""
    yes, no = tree.Boolean(value=True), tree.Boolean(value=False)
    applies = rewritten(rule.when) if rule.when else yes
    # A manual rule is never met, and always in doubt.
    holds = rewritten(rule.require) if rule.require else no
    doubtful = rewritten(rule.doubt) if rule.doubt else no if rule.require else yes
    judged = tree.FunctionCall(tree.Name("judged"), (applies, holds, doubtful))
    if rule.for_each is None or rule.item is None:
        return judged
    each = tree.For((tree.Iteration(rule.item, rewritten(rule.for_each)),), judged)
    return tree.FunctionCall(tree.Name("worst"), (each,))


def _verdict(call: Call) -> Decision:
    blocking = [
        variable_of(rule)
        for rule in call.rules
        if rule.severity is Severity.BLOCKING and rule.scope is RuleScope.PROPOSAL and not rule.manual
    ]
    listed = f"[{', '.join(blocking)}]"
    text = (
        f'if list contains({listed}, "fail") then "ineligible" else if list contains({listed}, null) then "incomplete"'
        f' else if list contains({listed}, "review") then "review" else "eligible"'
    )
    return Decision(
        VERDICT,
        call.id,
        VERDICT,
        "Is the proposal eligible?",
        text,
        "string",
        "The verdict of the blocking rules, without the manual rules. This check is for guidance only."
        " Passing it does not guarantee eligibility; the MPF decides.",
        "ineligible, incomplete, review, eligible",
        tuple(blocking),
    )


def _expressed(call: Call, express: Callable[[], Expression]) -> tuple[str, str, tuple[str, ...], tuple[str, ...]]:
    """The FEEL of an expression, the reason if there is none, and the names and functions it uses."""
    try:
        expression = express()
    except NotExpressibleError as error:
        return "", f"Not exported: {error}", (), ()
    used = names_used(expression)
    known = vocabulary_of(call).names.keys() | {PROPOSALS}
    return unparse(expression), "", tuple(sorted(used & known)), tuple(sorted(used & FUNCTIONS.keys()))


def _in_order(call: Call) -> Iterator[str]:
    """The definitions, each after those it needs."""
    done: set[str] = set()

    def visit(name: str) -> Iterator[str]:
        if name in done:
            return
        done.add(name)
        for other in sorted(names_used(call.definitions[name].condition.tree) & call.definitions.keys()):
            yield from visit(other)
        yield name

    for name in call.definitions:
        yield from visit(name)


def _joined(*parts: str) -> str:
    return "\n".join(filter(None, parts))
