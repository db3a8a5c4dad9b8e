"""The test cases of the compatibility kit: inputs, expected values, and whether a value is the expected one."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from tck_model import Model, parse_xml
from tck_scope import OutOfScope
from tck_types import child, children, tag

from mpfcheck.feel.errors import LanguageError
from mpfcheck.feel.limits import Run, WorkLimits
from mpfcheck.feel.values.comparison import equal
from mpfcheck.feel.values.text import read_date, read_date_time, read_duration, read_time
from mpfcheck.feel.values.value import Value

__all__ = ["Outcome", "run_all"]

_TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"


class Outcome(NamedTuple):
    """What became of one case: ``reason`` is why it is out of scope, or what is wrong, or empty."""

    name: str
    in_scope: bool
    reason: str


def run_all(folder: Path) -> Iterator[Outcome]:
    """Run every case of every model under the folder."""
    for path in sorted(folder.rglob("*-test-*.xml")):
        cases = parse_xml(path)
        name = child(cases, "modelName")
        model = path.parent / (name.text or "").strip() if name is not None else path
        loaded = Model(model)
        for case in children(cases, "testCase"):
            yield from _run_case(f"{path.parent.name}/{case.get('id')}", loaded, case)


def _run_case(name: str, model: Model, case: ET.Element) -> Iterator[Outcome]:
    inputs = {part.get("name", "").strip(): _value(part) for part in children(case, "inputNode")}
    for node in children(case, "resultNode"):
        label = f"{name}/{node.get('name')}"
        if case.get("type", "decision") != "decision" or node.get("type", "decision") != "decision":
            yield Outcome(label, in_scope=False, reason=str(OutOfScope("decisionService")))
            continue
        expected = child(node, "expected")
        wanted = _value(expected) if expected is not None else None
        try:
            found = model.decision(node.get("name", "").strip(), inputs)
        except OutOfScope as reason:
            yield Outcome(label, in_scope=False, reason=str(reason))
        except (LanguageError, KeyError) as error:
            yield Outcome(label, in_scope=True, reason=f"raised {error!r}")
        else:
            wrong = "" if _is_expected(found, wanted) else f"expected {wanted!r}, found {found!r}"
            yield Outcome(label, in_scope=True, reason=wrong)


def _value(node: ET.Element) -> Value:
    """The value an element holds: a ``list``, ``component`` children, or a ``value``."""
    if node.get(_NIL) == "true":
        return None
    if tag(node) == "list":
        return [_value(part) for part in children(node, "item")]
    components = children(node, "component")
    if components:
        return {part.get("name", ""): _value(part) for part in components}
    inner = child(node, "value", "list")
    if inner is None:
        return None
    return _scalar(inner) if tag(inner) == "value" else _value(inner)


def _scalar(node: ET.Element) -> Value:
    if node.get(_NIL) == "true":
        return None
    kind, text = node.get(_TYPE, "xsd:string").rpartition(":")[2], node.text or ""
    if kind == "boolean":
        return text.strip() in ("true", "1")
    if kind in ("decimal", "double", "integer", "float", "int", "long"):
        return Decimal(text.strip())
    readers = {"date": read_date, "dateTime": read_date_time, "time": read_time, "duration": read_duration}
    return readers[kind](text.strip()) if kind in readers else text


def _is_expected(found: Value, wanted: Value) -> bool:
    if isinstance(wanted, list):
        return isinstance(found, list) and len(found) == len(wanted) and all(map(_is_expected, found, wanted))
    if isinstance(wanted, dict):
        return (
            isinstance(found, dict)
            and found.keys() == wanted.keys()
            and all(_is_expected(found[name], value) for name, value in wanted.items())
        )
    if isinstance(wanted, Decimal) and isinstance(found, Decimal):
        # The kit writes roots and quotients with as many decimals as it wants compared.
        exponent = wanted.as_tuple().exponent
        places = -exponent if isinstance(exponent, int) else 0
        return found == wanted or (places >= 8 and round(found, places - 1) == round(wanted, places - 1))
    if type(found) is not type(wanted):
        return False
    return found == wanted or equal(found, wanted, Run(WorkLimits())) is True
