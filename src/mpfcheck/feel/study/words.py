"""A condition in plain words, for people who do not read FEEL: "the lead's country is one of the partner countries".

The words follow the tree, so they say neither more nor less than the condition does. What has no good sentence stays
FEEL. This module knows no proposal and no call: the caller gives the labels of fields and codes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import TypeAlias

from mpfcheck.feel.syntax.tree import (
    And,
    Arithmetic,
    Between,
    Boolean,
    Compare,
    Expression,
    Filter,
    For,
    FunctionCall,
    If,
    In,
    Iteration,
    ListOf,
    Name,
    Negate,
    Number,
    Or,
    Path,
    Quantified,
    RangeOf,
    Temporal,
    Test,
    Text,
)
from mpfcheck.feel.syntax.unparse import unparse
from mpfcheck.feel.values.text import moment_in_words, number_in_words

__all__ = ["Labels", "in_words"]

Labels: TypeAlias = Callable[[str, str | None], str | None]
"""``labels("lead.country", None)`` is what a field or name is called, with its article ("the lead's country");
``labels("lead.kind", "ngo")`` what a code is called where it is compared with that field. None leaves it to the words
here."""

Facts: TypeAlias = Callable[[str], tuple[str, str] | None]
"""``facts("lead.signed")`` is what a field says where it is yes, and where it is no: ``{owner} is signed`` and
``{owner} is not signed``; ``{owner}`` stands for "the lead". None leaves it to the words here."""

Variables: TypeAlias = Mapping[str, tuple[str, str]]
"""Of the variables inside a condition: what they are called, and the dotted path of what they stand for."""

_OPPOSITE = {"=": "!=", "!=": "=", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_RELATIONS = {
    "=": "is",
    "!=": "is not",
    "<": "is less than",
    "<=": "is at most",
    ">": "is more than",
    ">=": "is at least",
}
_RELATIONS_IN_TIME = {
    **_RELATIONS,
    "<": "is before",
    "<=": "is not after",
    ">": "is after",
    ">=": "is not before",
}
_OPERATIONS = {"+": "plus", "-": "minus", "*": "times", "/": "divided by", "**": "to the power of"}
_OF_ONE = {
    "abs": "the absolute value of {}",
    "count": "the number of {}",
    "digits": "the digits of {}",
    "distinct values": "the distinct values of {}",
    "lower case": "{} in small letters",
    "max": "the largest of {}",
    "mean": "the average of {}",
    "median": "the median of {}",
    "min": "the smallest of {}",
    "plain name": "the plain name of {}",
    "string length": "the number of characters of {}",
    "sum": "the sum of {}",
    "upper case": "{} in capitals",
}
_ROUNDED = {
    "decimal": "{} rounded to {}",
    "round up": "{} rounded up to {}",
    "round down": "{} rounded down to {}",
    "round half up": "{} rounded to {}",
    "round half down": "{} rounded (half down) to {}",
}
_VERBS = {
    "list contains": ("contains", "does not contain"),
    "contains": ("contains", "does not contain"),
    "starts with": ("starts with", "does not start with"),
    "ends with": ("ends with", "does not end with"),
}


def _is_duration(tree: Temporal) -> bool:
    """Whether it is a length of time and no point in it."""
    return tree.text.lstrip("-").startswith("P")


def in_words(
    tree: Expression,
    labels: Labels = lambda _path, _code: None,
    facts: Facts = lambda _path: None,
    *,
    condition: bool = False,
) -> str:
    """An expression in words; without a capital at the start or a full stop.

    ``condition`` says that it is one: of a name alone that cannot be seen.
    """
    words = _Words(labels, facts)
    return words.clause(tree, {}) if condition or _is_condition(tree) else words.phrase(tree, {})


def _is_condition(tree: Expression) -> bool:
    if isinstance(tree, FunctionCall):
        return isinstance(tree.function, Name) and tree.function.name in ("not", *_VERBS)
    if isinstance(tree, If):
        return _is_condition(tree.then) and _is_condition(tree.otherwise)
    return isinstance(tree, And | Or | Compare | Between | In | Quantified)


class _Words:
    """The words of one expression."""

    def __init__(self, labels: Labels, facts: Facts) -> None:
        self._labels = labels
        self._facts = facts

    def clause(self, tree: Expression, variables: Variables, *, denied: bool = False) -> str:
        """A condition as a sentence, or its denial."""
        match tree:
            case FunctionCall(Name("not"), (negand,)):
                return self.clause(negand, variables, denied=not denied)
            case Compare(op, left, right):
                return self._comparison(_OPPOSITE[op] if denied else op, left, right, variables)
            case In(value, tests):
                return self._membership(value, tests, variables, denied=denied)
            case Between(value, low, high):
                relation = "is not between" if denied else "is between"
                ends = f"{self.phrase(low, variables)} and {self.phrase(high, variables)}"
                return f"{self.phrase(value, variables)} {relation} {ends}"
            case FunctionCall(Name(name), (first, second)) if name in _VERBS:
                verb = _VERBS[name][denied]
                return f"{self.phrase(first, variables)} {verb} {self._value(second, first, variables)}"
            case Name() | Path():
                return self._fact(tree, variables, is_so=not denied)
            case Boolean(value):
                return "never" if value is denied else "always"
        return self._compound(tree, variables, denied=denied)

    def _compound(self, tree: Expression, variables: Variables, *, denied: bool) -> str:
        match tree:
            case And() | Or():
                return self._joined(tree, variables, denied=denied)
            case Quantified():
                return self._quantified(tree, variables, denied=denied)
            case If(condition, then, otherwise):
                first, second = (
                    self.clause(then, variables, denied=denied),
                    self.clause(otherwise, variables, denied=denied),
                )
                return f"if {self.clause(condition, variables)}, then {first}, otherwise {second}"
        return f"`not({unparse(tree)})`" if denied else f"`{unparse(tree)}`"

    def _joined(self, tree: And | Or, variables: Variables, *, denied: bool) -> str:
        """Sentences joined; one that is itself joined by the other word says so, and stays in one piece."""
        parts = tree.parts
        word = "and" if isinstance(tree, And) is not denied else "or"
        clauses = []
        for part in parts:
            text = self.clause(part, variables, denied=denied)
            if isinstance(part, And | Or):
                both = "both" if len(part.parts) == 2 else "all of this:"
                text = f"{both if isinstance(part, And) is not denied else 'either'} {text}"
            elif isinstance(part, If | Quantified) and part is not parts[-1]:
                text = f"({text})"
            clauses.append(text)
        separator = ", " if any(isinstance(part, And | Or) for part in parts) else " "
        return f"{separator}{word} ".join(clauses)

    def _comparison(self, op: str, left: Expression, right: Expression, variables: Variables) -> str:
        if isinstance(left, Number | Text | Boolean | Temporal) and not isinstance(right, type(left)):
            left, right = right, left
            op = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(op, op)
        if isinstance(right, Boolean) and op in ("=", "!="):
            return self._fact(left, variables, is_so=right.value is (op == "="))
        subject = self.phrase(left, variables)
        match right:
            case Text("") if op in ("=", "!="):
                return f"{subject} is {'empty' if op == '=' else 'not empty'}"
            case Number(number) if isinstance(left, FunctionCall) and left.function == Name("count"):
                some, none = (">0", "!=0", ">=1"), ("=0", "<1", "<=0")
                if f"{op}{number}" in some + none:
                    listed = self.phrase(left.arguments[0], variables)
                    return (
                        f"there is at least one of {listed}"
                        if f"{op}{number}" in some
                        else f"there are none of {listed}"
                    )
        relations = _RELATIONS_IN_TIME if isinstance(right, Temporal) and not _is_duration(right) else _RELATIONS
        return f"{subject} {relations[op]} {self._value(right, left, variables)}"

    def _fact(self, tree: Expression, variables: Variables, *, is_so: bool) -> str:
        """That a field or name is yes, or no."""
        path = self._dotted(tree, variables)
        sentences = self._facts(path) if path else None
        if sentences is None:
            return f"{self.phrase(tree, variables)} is {'yes' if is_so else 'no'}"
        owner = self.phrase(tree.base, variables) if isinstance(tree, Path) else ""
        return sentences[not is_so].format(owner=owner)

    def _membership(
        self, value: Expression, tests: tuple[Expression | Test, ...], variables: Variables, *, denied: bool
    ) -> str:
        subject = self.phrase(value, variables)
        if len(tests) == 1:
            return f"{subject} {self._test(value, tests[0], variables, denied=denied)}"
        if any(isinstance(test, Test) for test in tests):
            alternatives = " or ".join(self._test(value, test, variables, denied=False) for test in tests)
            return f"it is not the case that {subject} {alternatives}" if denied else f"{subject} {alternatives}"
        options = " or ".join(self._option(value, test, variables) for test in tests if not isinstance(test, Test))
        return f"{subject} {'is not' if denied else 'is'} {options}"

    def _test(self, value: Expression, test: Expression | Test, variables: Variables, *, denied: bool) -> str:
        if isinstance(test, Test):
            relation = _RELATIONS[_OPPOSITE[test.op] if denied else test.op]
            return f"{relation} {self._value(test.operand, value, variables)}"
        return f"{'is not' if denied else 'is'} {self._option(value, test, variables)}"

    def _option(self, value: Expression, test: Expression, variables: Variables) -> str:
        match test:
            case ListOf(items) if items:
                names = [self._value(item, value, variables) for item in items]
                return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
            case RangeOf(low, high, True, True) if low is not None and high is not None:
                return f"between {self.phrase(low, variables)} and {self.phrase(high, variables)}"
            case RangeOf():
                return f"in the range `{unparse(test)}`"
            case Text() | Number() | Temporal() | Boolean():
                return self._value(test, value, variables)
        return f"one of {self.phrase(test, variables)}"

    def _quantified(self, tree: Quantified, variables: Variables, *, denied: bool) -> str:
        iterations, condition = tree.iterations, tree.condition
        some = (tree.quantifier == "some") is not denied
        first = iterations[0]
        if len(iterations) == 1 and first.end is None and isinstance(condition, In | Compare):
            subject = condition.value if isinstance(condition, In) else condition.left
            if subject == Name(first.name):
                # "at least one of the target countries is one of the partner countries"
                whole = f"{'at least one' if some else 'each'} of {self.phrase(first.domain, variables)}"
                items = {**variables, first.name: (whole, self._dotted(first.domain, variables))}
                return self.clause(condition, items, denied=denied)
        inner, iterated = self._iterate(iterations, "at least one" if some else "every", variables)
        return f"for {iterated}, {self.clause(condition, inner, denied=denied)}"

    def _iterate(self, iterations: tuple[Iteration, ...], quantity: str, variables: Variables) -> tuple[Variables, str]:
        phrases: list[str] = []
        for each in iterations:
            noun = each.name.replace("_", " ")
            domain = self.phrase(each.domain, variables)
            if each.end is not None:
                domain = f"the numbers from {domain} to {self.phrase(each.end, variables)}"
            phrases.append(f"{quantity} {noun} among {domain}")
            called = noun if len(noun) == 1 else f"the {noun}"
            variables = {**variables, each.name: (called, self._dotted(each.domain, variables))}
        return variables, " and ".join(phrases)

    def phrase(self, tree: Expression, variables: Variables) -> str:
        """A value as a noun with its article."""
        match tree:
            case Name() | Path():
                return self._field(tree, variables)
            case Number(value):
                return number_in_words(value)
            case Text() | Boolean() | Temporal():
                return self._literal(tree, None, variables) or ""
            case Filter():
                return self._filter(tree, variables)
            case Arithmetic():
                return self._arithmetic(tree, variables)
            case FunctionCall(Name(), _, None):
                return self._call(tree, variables)
            case If(condition, then, otherwise):
                first, second = self.phrase(then, variables), self.phrase(otherwise, variables)
                return f"{first} (if {self.clause(condition, variables)}), otherwise {second}"
            case ListOf(items) if items:
                names = [self.phrase(item, variables) for item in items]
                return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
            case For(iterations, result):
                inner, iterated = self._iterate(iterations, "each", variables)
                return f"{self.phrase(result, inner)} for {iterated}"
        return f"`{unparse(tree)}`"

    def _filter(self, tree: Filter, variables: Variables) -> str:
        base, condition = self.phrase(tree.base, variables), tree.condition
        if isinstance(condition, Number) or (isinstance(condition, Name) and condition.name in variables):
            return f"item {self.phrase(condition, variables)} of {base}"
        if condition == Negate(Number(Decimal(1))):
            return f"the last of {base}"
        # The bare names inside may be fields of the items.
        kept = self.clause(condition, {**variables, "": ("", self._dotted(tree.base, variables))})
        return f"{base} where {f'({kept})' if isinstance(condition, And | Or | Quantified) else kept}"

    def _arithmetic(self, tree: Arithmetic, variables: Variables) -> str:
        match tree:
            case Arithmetic("*", Number(share), other) | Arithmetic("*", other, Number(share)) if 0 < share < 1:
                return f"{number_in_words((share * 100).normalize())} % of {self.phrase(other, variables)}"
        return f"{self._part(tree.left, variables)} {_OPERATIONS[tree.op]} {self._part(tree.right, variables)}"

    def _part(self, tree: Expression, variables: Variables) -> str:
        """A value inside a larger one; in parentheses where it would run into it."""
        words = self.phrase(tree, variables)
        return f"({words})" if isinstance(tree, Arithmetic | If) else words

    def _call(self, tree: FunctionCall, variables: Variables) -> str:
        name = tree.function.name if isinstance(tree.function, Name) else ""
        match name, tree.arguments:
            case "abs", (Arithmetic("-", left, right),):
                return f"the difference between {self.phrase(left, variables)} and {self.phrase(right, variables)}"
            case "sum", (FunctionCall(Name("append"), (listed, Number(zero))),) if zero == 0:
                # The sum of nothing is null in FEEL, so a 0 is put beside the amounts.
                return self.phrase(FunctionCall(Name("sum"), (listed,)), variables)
            case _, (only,) if name in _OF_ONE:
                return _OF_ONE[name].format(self.phrase(only, variables))
            case _, (value, Number(scale)) if name in _ROUNDED:
                decimals = f"{number_in_words(scale)} decimal{'s' if scale != 1 else ''}"
                return _ROUNDED[name].format(self._part(value, variables), decimals)
            case "concatenate", parts if parts:
                return " together with ".join(self.phrase(part, variables) for part in parts)
            case (("date" | "duration"), (Text(moment),)):
                return moment_in_words(moment)
        return f"`{unparse(tree)}`"

    def _value(self, tree: Expression, compared_with: Expression, variables: Variables) -> str:
        """A value as it is written beside the value it is compared with."""
        return self._literal(tree, compared_with, variables) or self.phrase(tree, variables)

    def _field(self, tree: Name | Path, variables: Variables) -> str:
        if isinstance(tree, Name) and tree.name in variables:
            return variables[tree.name][0]
        label = self._label(tree)
        if label is not None:
            return label
        noun = tree.name.replace("_", " ")
        if isinstance(tree, Name):
            return f"the {noun}"
        base = self.phrase(tree.base, variables)
        if isinstance(tree.base, Name) and not base.endswith("s") and " of " not in base:
            return f"{base}'s {noun}"
        return f"the {noun} of {base}"

    def _literal(self, tree: Expression, compared_with: Expression | None, variables: Variables) -> str | None:
        """A text, date or yes and no; the field a code is compared with gives its label."""
        match tree:
            case Text(value):
                path = self._dotted(compared_with, variables) if compared_with is not None else ""
                label = self._labels(path, value) if path else None
                return label if label is not None else f'"{value}"'
            case Boolean(value):
                return "yes" if value else "no"
            case Temporal(text):
                return moment_in_words(text)
        return None

    def _label(self, tree: Name | Path) -> str | None:
        """What the caller calls a field or name."""
        path = self._dotted(tree, {})
        return self._labels(path, None) if path else None

    def _dotted(self, tree: Expression, variables: Variables) -> str:
        """The dotted path of a field, through the variables that stand for part of one; empty for anything else."""
        match tree:
            case Name(name):
                if name in variables:
                    return variables[name][1]
                return f"{variables[''][1]}.{name}" if variables.get("", ("", ""))[1] else name
            case Path(base, name):
                owner = self._dotted(base, variables)
                return f"{owner}.{name}" if owner else ""
            case Filter(base, _):
                return self._dotted(base, variables)
        return ""
