"""Unparsing: a tree as FEEL text, with no more parentheses than it needs. Parsing the text gives an equal tree."""

from __future__ import annotations

from collections.abc import Iterable

from mpfcheck.feel.syntax.tree import (
    And,
    Arithmetic,
    Between,
    Boolean,
    Compare,
    Context,
    Expression,
    Filter,
    For,
    FunctionCall,
    FunctionLiteral,
    If,
    In,
    InstanceOf,
    Iteration,
    ListOf,
    Name,
    Negate,
    Null,
    Number,
    Or,
    Path,
    Quantified,
    RangeOf,
    Temporal,
    Test,
    Text,
    TypeName,
)

__all__ = [
    "quoted",
    "unparse",
    "unparse_type",
]

# How tightly the forms of expressions bind, loosest first.
_LOOSE, _OR, _AND, _COMPARISON, _SUM, _PRODUCT, _POWER, _SIGN, _POSTFIX, _PRIMARY = range(10)

_OPERATORS = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "**": _POWER}
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def unparse(tree: Expression) -> str:
    """The expression as FEEL text."""
    return _text(tree)[0]


def quoted(text: str) -> str:
    """A string as a FEEL literal."""
    return f'"{text.translate(_ESCAPES)}"'


def unparse_type(type_: TypeName) -> str:
    """A type as written after ``instance of``."""
    if type_.result is not None:
        parameters = ", ".join(map(unparse_type, type_.parameters))
        return f"function<{parameters}> -> {unparse_type(type_.result)}"
    if type_.members:
        entries = ", ".join(f"{name}: {unparse_type(member)}" for name, member in type_.members)
        return f"{type_.name}<{entries}>"
    if type_.parameters:
        return f"{type_.name}<{', '.join(map(unparse_type, type_.parameters))}>"
    return type_.name


def _within(tree: Expression, least: int) -> str:
    """The text of a part that must bind at least this tightly, in parentheses where it does not."""
    text, strength = _text(tree)
    return text if strength >= least else f"({text})"


def _list(parts: Iterable[Expression]) -> str:
    return ", ".join(map(unparse, parts))


def _text(tree: Expression) -> tuple[str, int]:
    match tree:
        case Number(value):
            return format(value, "f"), _PRIMARY
        case Text(value):
            return quoted(value), _PRIMARY
        case Boolean(value):
            return "true" if value else "false", _PRIMARY
        case Null():
            return "null", _PRIMARY
        case Temporal(text):
            return f"@{quoted(text)}", _PRIMARY
        case Name(name):
            return name, _PRIMARY
        case ListOf(items):
            return f"[{_list(items)}]", _PRIMARY
        case Context(entries):
            return f"{{{', '.join(f'{_key(key)}: {unparse(value)}' for key, value in entries)}}}", _PRIMARY
        case RangeOf():
            return _range(tree), _PRIMARY
        case Path(base, name):
            return f"{_within(base, _POSTFIX)}.{name}", _POSTFIX
        case Filter(base, condition):
            return f"{_within(base, _POSTFIX)}[{unparse(condition)}]", _POSTFIX
        case FunctionCall():
            return f"{_within(tree.function, _POSTFIX)}({_arguments(tree)})", _POSTFIX
        case Negate(operand):
            return f"-{_within(operand, _SIGN)}", _SIGN
    return _operation(tree)


def _operation(tree: Expression) -> tuple[str, int]:
    match tree:
        case InstanceOf(value, type_):
            # It binds tighter, but `x instance of list < 3` would open the type of the list's items.
            return f"{_within(value, _SIGN)} instance of {unparse_type(type_)}", _COMPARISON
        case Arithmetic(op, left, right):
            strength = _OPERATORS[op]
            return f"{_within(left, strength)} {op} {_within(right, strength + 1)}", strength
        case Compare(op, left, right):
            return f"{_within(left, _SUM)} {op} {_within(right, _SUM)}", _COMPARISON
        case Between(value, low, high):
            return f"{_within(value, _SUM)} between {_within(low, _SUM)} and {_within(high, _SUM)}", _COMPARISON
        case In(value, tests):
            return f"{_within(value, _SUM)} in {_tests(tests)}", _COMPARISON
        case And(parts):
            return " and ".join(_within(part, _COMPARISON) for part in parts), _AND
        case Or(parts):
            return " or ".join(_within(part, _AND) for part in parts), _OR
        case If(condition, then, otherwise):
            return f"if {unparse(condition)} then {unparse(then)} else {unparse(otherwise)}", _LOOSE
        case For(iterations, result):
            return f"for {_iterations(iterations)} return {unparse(result)}", _LOOSE
        case Quantified(quantifier, iterations, condition):
            return f"{quantifier} {_iterations(iterations)} satisfies {unparse(condition)}", _LOOSE
        case FunctionLiteral(parameters, body):
            declared = (f"{name}: {unparse_type(type_)}" if type_ else name for name, type_ in parameters)
            return f"function({', '.join(declared)}) {unparse(body)}", _LOOSE
    raise AssertionError(tree)


def _key(name: str) -> str:
    return name if name.isidentifier() and name.isascii() else quoted(name)


def _arguments(call: FunctionCall) -> str:
    if call.names is None:
        return _list(call.arguments)
    return ", ".join(f"{name}: {unparse(value)}" for name, value in zip(call.names, call.arguments, strict=True))


def _iterations(iterations: tuple[Iteration, ...]) -> str:
    return ", ".join(
        f"{each.name} in {unparse(each.domain)}"
        if each.end is None
        else f"{each.name} in {_within(each.domain, _SUM)} .. {_within(each.end, _SUM)}"
        for each in iterations
    )


def _range(tree: RangeOf) -> str:
    low, high = tree.low, tree.high
    if tree.op is not None:
        end = low if low is not None else high
        assert end is not None  # noqa: S101 - the parser gives every range an end
        return f"({tree.op} {_within(end, _SUM)})"
    opening, closing = "[" if tree.low_closed else "(", "]" if tree.high_closed else ")"
    ends = [_within(end, _SUM) if end is not None else "null" for end in (low, high)]
    # A `[` in the upper end could as well close the range.
    upper = f"({ends[1]})" if "[" in ends[1] else ends[1]
    return f"{opening}{ends[0]}..{upper}{closing}"


def _tests(tests: tuple[Expression | Test, ...]) -> str:
    if len(tests) == 1 and not isinstance(tests[0], Test):
        # After `in`, `(< 10)` is a test and not a range: a range needs parentheses of its own.
        alone = _within(tests[0], _SUM)
        return f"({alone})" if isinstance(tests[0], RangeOf) and tests[0].op is not None else alone
    return f"({', '.join(map(_test, tests))})"


def _test(test: Expression | Test) -> str:
    return f"{test.op} {_within(test.operand, _SUM)}" if isinstance(test, Test) else unparse(test)
