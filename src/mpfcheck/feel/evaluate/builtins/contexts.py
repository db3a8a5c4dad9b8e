"""Context functions."""

from __future__ import annotations

from mpfcheck.feel.evaluate.builtins.builtin import Family
from mpfcheck.feel.limits import Run
from mpfcheck.feel.values.value import Record, Unanswered, Value

__all__ = [
    "CONTEXTS",
]

CONTEXTS = Family()


def _entries(context: Record | dict[str, Value], run: Run) -> dict[str, Value]:
    return context.entries(run.read) if isinstance(context, Record) else context


@CONTEXTS.add("get value", "m: context", "key: string", lenient=True)
def get_value(run: Run, context: Record | dict[str, Value], key: str) -> Value:
    """The value of an entry, or null."""
    return context.member(key, run.read) if isinstance(context, Record) else context.get(key)


@CONTEXTS.add("get entries", "m: context", lenient=True)
def get_entries(run: Run, context: Record | dict[str, Value]) -> Value:
    """The entries as a list of contexts of ``key`` and ``value``."""
    return [{"key": key, "value": value} for key, value in _entries(context, run).items()]


@CONTEXTS.add("context", "entries: list", lenient=True)
def context_of(_run: Run, entries: list[Value]) -> Value:
    """A context of such entries; null where a key is missing or comes twice."""
    made: dict[str, Value] = {}
    for entry in entries:
        if isinstance(entry, Unanswered):
            return Unanswered(entry.paths)
        if not isinstance(entry, dict) or "value" not in entry:
            return None
        key = entry.get("key")
        if isinstance(key, Unanswered):
            return Unanswered(key.paths)
        if not isinstance(key, str) or key in made:
            return None
        made[key] = entry["value"]
    return made


@CONTEXTS.add("context put", "context: context", "key: string", "value: any", lenient=True)
def put(run: Run, context: Record | dict[str, Value], key: str, value: Value) -> Value:
    """The context with that entry added or replaced."""
    return {**_entries(context, run), key: value}


@CONTEXTS.add("context put", "context: context", "keys: list", "value: any", lenient=True)
def put_deep(run: Run, context: Record | dict[str, Value], keys: list[Value], value: Value) -> Value:
    """The same along a path of keys; null where a part of the path is not a context."""
    if not keys:
        return None
    key, *rest = keys
    if isinstance(key, Unanswered):
        return Unanswered(key.paths)
    if not isinstance(key, str):
        return None
    entries = _entries(context, run)
    if rest:
        inner = entries.get(key)
        if isinstance(inner, Unanswered):
            return Unanswered(inner.paths)
        if not isinstance(inner, (dict, Record)):
            return None
        value = put_deep(run, inner, rest, value)
        if value is None or isinstance(value, Unanswered):
            return value
    return {**entries, key: value}


@CONTEXTS.add("context merge", "contexts: list", lenient=True)
def merge(run: Run, contexts: list[Value]) -> Value:
    """All entries in one context; a later one replaces an earlier one of the same key."""
    made: dict[str, Value] = {}
    for context in contexts:
        if isinstance(context, Unanswered):
            return Unanswered(context.paths)
        if not isinstance(context, (dict, Record)):
            return None
        made.update(_entries(context, run))
    return made
