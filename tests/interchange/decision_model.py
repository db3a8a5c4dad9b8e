"""A decision model as its XML says it, and as feelin evaluates it."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.etree.ElementTree import Element, fromstring

NODE = Path(__file__).with_name("node")
_NAMES = {"dmn": "https://www.omg.org/spec/DMN/20230324/MODEL/"}


@dataclass(frozen=True)
class Logic:
    """Something with FEEL in it: its name, its text, the names of all that it requires."""

    name: str
    text: str
    needs: tuple[str, ...] = ()


class Model:
    """What a DMN document holds; everything is found by following its references."""

    def __init__(self, text: str) -> None:
        self.root = fromstring(text.encode())  # noqa: S314 - mpfcheck wrote it
        self.by_id = {element.get("id"): element for element in self.root.iter() if element.get("id")}
        self.functions = [
            Logic(_name(element), f"function({', '.join(_parameters(element))}) {_text(element)}")
            for element in self._all("businessKnowledgeModel")
        ]
        self.decisions = [
            Logic(_name(element), _text(element), tuple(self._needs(element)))
            for element in self._all("decision")
            if element.find("dmn:literalExpression", _NAMES) is not None
        ]
        self.inputs = [_name(element) for element in self._all("inputData")]

    def evaluate(
        self, proposals: Sequence[Mapping[str, object]], wanted: Sequence[Sequence[str]] | None = None
    ) -> list[dict[str, object]]:
        """The values of decisions for each proposal, by feelin: of all, or of those wanted of each."""
        every = [decision.name for decision in self.decisions]
        model = {
            "functions": [vars(function) for function in self.functions],
            "decisions": [vars(decision) for decision in self.decisions],
            "cases": [
                {"given": given, "wanted": wanted[number] if wanted else every}
                for number, given in enumerate(proposals)
            ],
        }
        run = subprocess.run(
            [str(shutil.which("node")), "evaluate.mjs"],
            cwd=NODE,
            input=json.dumps(model, default=_marked),
            capture_output=True,
            check=False,
            encoding="utf-8",
        )
        assert run.returncode == 0, run.stderr
        decided: list[dict[str, object]] = json.loads(run.stdout)
        return decided

    def _all(self, kind: str) -> Iterator[Element]:
        return self.root.iterfind(f"dmn:{kind}", _NAMES)

    def _needs(self, decision: Element) -> Iterator[str]:
        for kind in ("informationRequirement/", "knowledgeRequirement/"):
            for reference in decision.iterfind(f"dmn:{kind}*", _NAMES):
                yield _name(self.by_id[str(reference.get("href")).removeprefix("#")])


def _name(element: Element) -> str:
    return str(element.get("name"))


def _text(element: Element) -> str:
    return str(element.findtext(".//dmn:literalExpression/dmn:text", namespaces=_NAMES))


def _parameters(element: Element) -> Iterator[str]:
    return (_name(parameter) for parameter in element.iterfind(".//dmn:formalParameter", _NAMES))


def _marked(value: object) -> object:
    """Values JSON has no word for, as evaluate.mjs reads them."""
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    raise TypeError(f"{value!r} is no answer")
