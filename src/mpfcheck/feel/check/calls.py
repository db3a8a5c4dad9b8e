"""Calls: which function is meant, whether it takes what it is given, and what to say where it does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from mpfcheck.feel.check.mistake import ExpressionMistake
from mpfcheck.feel.check.operators import check_equality, check_membership, units_agree
from mpfcheck.feel.check.paths import name_a_part
from mpfcheck.feel.check.signatures import SIGNATURES, FunctionSignature, TypedParameter
from mpfcheck.feel.check.type_names import describe, describe_many, type_of_moment
from mpfcheck.feel.errors import LimitExceeded
from mpfcheck.feel.limits import Run, WorkLimits
from mpfcheck.feel.syntax.tree import Expression, FunctionCall, Null, Text
from mpfcheck.feel.syntax.unparse import quoted, unparse
from mpfcheck.feel.types import ANY, ORDERED, FunctionType, ListType, NumberType, Type, fits
from mpfcheck.feel.values.text import read_date, read_date_time, read_duration
from mpfcheck.frozen import Frozen
from mpfcheck.nearest import did_you_mean

__all__ = [
    "check_builtin",
    "check_function_value",
    "unknown_function",
]

_CLOCKS = ("now", "today")
_WRITTEN: Mapping[str, tuple[Callable[[str], object], str]] = {
    "date": (read_date, "2024-03-01"),
    "date and time": (read_date_time, "2024-03-01T12:00:00"),
    "duration": (read_duration, "P24M"),
}
_ONE_UNIT = ("max", "mean", "median", "min", "sum")


class _Argument(Frozen):
    """An argument of a call and the parameter it is for."""

    parameter: TypedParameter
    tree: Expression
    type: Type

    @property
    def is_accepted(self) -> bool:
        return any(fits(self.type, wanted) for wanted in self.parameter.accepts)


class _Way(Frozen):
    """A way to understand a call: by this signature, with these arguments in the order of its parameters."""

    signature: FunctionSignature
    arguments: Sequence[_Argument]

    @property
    def accepted(self) -> int:
        return sum(argument.is_accepted for argument in self.arguments)


def check_builtin(tree: FunctionCall, name: str, types: tuple[Type, ...], mistakes: list[ExpressionMistake]) -> Type:
    """The type a built-in function gives for arguments of these types."""
    if name in _CLOCKS:
        message = f"A rule cannot use the current date: `{name}()` gives a different result every day."
        mistakes.append(ExpressionMistake(message, tree.span, "Use `as_of`, the date of the check."))
    signatures = SIGNATURES[name]
    ways = [_Way(each, _assigned(each, tree, types)) for each in signatures if _takes_so_many(each, tree)]
    if not ways:
        mistakes.append(_wrong_number(tree, name, signatures))
        return ANY
    best = max(ways, key=lambda way: way.accepted)
    if best.accepted < len(best.arguments):
        mistakes.extend(_wrong_type(name, each, best) for each in best.arguments if not each.is_accepted)
        return ANY
    return _special(name, best.arguments, tree, mistakes) or best.signature.result(
        tuple(argument.type for argument in best.arguments)
    )


def check_function_value(
    tree: FunctionCall, function: FunctionType, types: tuple[Type, ...], mistakes: list[ExpressionMistake]
) -> None:
    """Whether a function that is not built in takes these arguments."""
    wanted = function.parameters
    if wanted is None or tree.names is not None:
        return
    subject = f"`{unparse(tree.function)}`"
    if len(wanted) != len(types):
        mistakes.append(ExpressionMistake(f"{subject} takes {_count(len(wanted))}, not {len(types)}.", tree.span))
        return
    for argument, type_, parameter in zip(tree.arguments, types, wanted, strict=True):
        if not fits(type_, parameter):
            message = f"{subject} takes {describe(parameter)}, but `{unparse(argument)}` is {describe(type_)}."
            mistakes.append(ExpressionMistake(message, argument.span))


def unknown_function(tree: FunctionCall, name: str, known: Iterable[str]) -> ExpressionMistake:
    """The mistake of calling an unknown function."""
    from mpfcheck.feel.syntax.habits import hint_for_function

    hint = hint_for_function(name) or did_you_mean(name, [*SIGNATURES, *known], "`")
    return ExpressionMistake(f"Unknown function `{name}`.", tree.function.span, hint)


def _takes_so_many(signature: FunctionSignature, tree: FunctionCall) -> bool:
    if tree.names is not None:
        wanted = {parameter.name for parameter in signature.parameters}
        needed = {parameter.name for parameter in signature.parameters if not parameter.optional}
        return len(set(tree.names)) == len(tree.names) and needed <= set(tree.names) <= wanted
    most = signature.most
    return signature.fewest <= len(tree.arguments) and (most is None or len(tree.arguments) <= most)


def _assigned(signature: FunctionSignature, tree: FunctionCall, types: tuple[Type, ...]) -> list[_Argument]:
    given = list(zip(tree.arguments, types, strict=True))
    if tree.names is None:
        return [_Argument(signature.parameter_at(i), *argument) for i, argument in enumerate(given)]
    by_name = dict(zip(tree.names, given, strict=True))
    return [_Argument(each, *by_name[each.name]) for each in signature.parameters if each.name in by_name]


def _special(
    name: str, arguments: Sequence[_Argument], tree: FunctionCall, mistakes: list[ExpressionMistake]
) -> Type | None:
    """What single functions ask of their arguments beyond the types; a narrower type where the values tell one."""
    first = arguments[0] if arguments else None
    if first is None:
        return None
    if name in _WRITTEN and len(arguments) == 1 and isinstance(first.tree, Text):
        return _check_written(name, first.tree, mistakes)
    if name in ("index of", "list contains") and not isinstance(arguments[1].tree, Null):
        sought = arguments[1]
        check_membership(sought.tree, sought.type, first.tree, first.type, tree.span, mistakes)
    elif name == "is":
        second = arguments[1]
        check_equality(first.tree, first.type, second.tree, second.type, tree.span, mistakes)
    elif name in _ONE_UNIT:
        _check_units(name, arguments, mistakes)
    elif name in ("matches", "replace", "split"):
        _check_pattern(name, {argument.parameter.name: argument.tree for argument in arguments}, mistakes)
    return None


def _check_pattern(name: str, given: Mapping[str, Expression], mistakes: list[ExpressionMistake]) -> None:
    """A regular expression that is written down must be one, and so must its flags and what replaces it."""
    from mpfcheck.feel.evaluate.patterns.pattern import pattern_of
    from mpfcheck.feel.evaluate.patterns.syntax import NotAPattern, read_pattern

    pattern = given.get("delimiter" if name == "split" else "pattern")
    flags = given.get("flags", Text(""))
    if isinstance(flags, Text) and (unknown := sorted(set(flags.value) - set("smixq"))):
        message = f"{quoted(flags.value)} contains an unknown flag, {quoted(unknown[0])}."
        mistakes.append(ExpressionMistake(message, flags.span, "The flags are s, m, i, x and q."))
        return
    if not isinstance(pattern, Text) or not isinstance(flags, Text):
        return
    try:
        if "q" not in flags.value:
            read_pattern(pattern.value, flags.value)
        compiled = pattern_of(pattern.value, flags.value)
    except NotAPattern as wrong:
        where = f"the mistake is after {quoted(wrong.read)}" if wrong.read else "the mistake is at the start"
        hint = "Close every ( [ and {. Put a backslash before a sign that stands for itself; in a rule, write `\\\\(`."
        mistakes.append(
            ExpressionMistake(f"{quoted(pattern.value)} is not a regular expression: {where}.", pattern.span, hint)
        )
        return
    except LimitExceeded as error:
        mistakes.append(ExpressionMistake(f"{quoted(pattern.value)} cannot be used: {error}.", pattern.span))
        return
    replacement = given.get("replacement", Text(""))
    if name == "matches" or compiled is None or not isinstance(replacement, Text):
        return
    if compiled.search("", 0, Run(WorkLimits())) is not None:
        message = f"{quoted(pattern.value)} also matches an empty text. `{name}` then gives null (no value)."
        mistakes.append(ExpressionMistake(message, pattern.span, "Require at least one character: `+` instead of `*`."))
    elif name == "replace" and compiled.replace("", replacement.value, Run(WorkLimits())) is None:
        message = (
            f"{quoted(replacement.value)} is not a valid replacement: a dollar sign or backslash has no meaning there."
        )
        hint = "Write `$1` for a group of the pattern, `\\\\$` and `\\\\\\\\` for the signs themselves."
        mistakes.append(ExpressionMistake(message, replacement.span, hint))


def _check_written(name: str, literal: Text, mistakes: list[ExpressionMistake]) -> Type | None:
    """A date or duration that is written down must be one; of a duration, which of the two kinds it is."""
    reader, example = _WRITTEN[name]
    if reader(literal.value) is None:
        kind = "date" if name == "date and time" else name
        hint = f'Example: `{name}("{example}")`.'
        mistakes.append(ExpressionMistake(f"{quoted(literal.value)} is not a {kind}.", literal.span, hint))
    return type_of_moment(literal.value) if name == "duration" else None


def _check_units(name: str, arguments: Sequence[_Argument], mistakes: list[ExpressionMistake]) -> None:
    first = arguments[0]
    for other in arguments[1:]:
        if (
            isinstance(first.type, NumberType)
            and isinstance(other.type, NumberType)
            and not units_agree(first.tree, first.type, other.tree, other.type)
        ):
            message = (
                f"`{name}` needs values of the same kind: `{unparse(first.tree)}` is {describe(first.type)}, "
                f"`{unparse(other.tree)}` is {describe(other.type)}."
            )
            mistakes.append(ExpressionMistake(message, other.tree.span))


def _count(fewest: int, most: int | None = -1) -> str:
    if most is None:
        return f"at least {fewest} argument{'s' if fewest != 1 else ''}"
    if most in (-1, fewest):
        return f"{fewest or 'no'} argument{'s' if fewest != 1 else ''}"
    return f"{fewest} {'or' if most == fewest + 1 else 'to'} {most} arguments"


def _form(name: str, signature: FunctionSignature) -> str:
    shown = [each.name + ("…" if each.repeated else "?" if each.optional else "") for each in signature.parameters]
    return f"`{name}({', '.join(shown)})`"


def _wrong_number(tree: FunctionCall, name: str, signatures: Sequence[FunctionSignature]) -> ExpressionMistake:
    written = f"Write {' or '.join(_form(name, signature) for signature in signatures)}."
    known = {parameter.name for signature in signatures for parameter in signature.parameters}
    for given in tree.names or ():
        if given not in known:
            hint = did_you_mean(given, known, "`") or written
            return ExpressionMistake(f"`{name}` has no argument `{given}`.", tree.span, hint)
    if tree.names is not None:
        return ExpressionMistake(f"`{name}` does not accept this combination of arguments.", tree.span, written)
    fewest = min(signature.fewest for signature in signatures)
    most = [signature.most for signature in signatures]
    takes = _count(fewest, None if None in most else max(each for each in most if each is not None))
    return ExpressionMistake(f"`{name}` takes {takes}, not {len(tree.arguments)}.", tree.span, written)


def _wrong_type(name: str, argument: _Argument, way: _Way) -> ExpressionMistake:
    parameter = argument.parameter
    subject, found = f"`{unparse(argument.tree)}`", describe(argument.type)
    place = f" as `{parameter.name}`" if len(way.signature.parameters) > 1 else ""
    message = f"`{name}` takes {_any_of(parameter.accepts)}{place}, but {subject} is {found}."
    hint = name_a_part(argument.tree, argument.type)
    if not hint and isinstance(parameter.accepts[0], ListType) and not isinstance(argument.type, ListType):
        hint = f"Write a list in square brackets: `[{unparse(argument.tree)}]`."
    return ExpressionMistake(message, argument.tree.span, hint)


def _any_of(types: tuple[Type, ...]) -> str:
    if types[: len(ORDERED)] == ORDERED:
        return "a number, text, date, time or duration"
    if all(isinstance(each, ListType) for each in types):
        items = tuple(each.item for each in types if isinstance(each, ListType))
        if items == ORDERED:
            return "a list of numbers, texts, dates, times or durations"
        return describe(types[0]) if len(types) == 1 else f"a list of {_or([describe_many(item) for item in items])}"
    return _or([describe(each) for each in types])


def _or(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
