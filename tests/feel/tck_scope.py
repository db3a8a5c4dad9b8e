"""What of the compatibility kit is no matter of the rule language: one table, by name and reason."""

from __future__ import annotations

__all__ = ["OUT_OF_SCOPE", "OutOfScope"]

OUT_OF_SCOPE = {
    "decisionTable": "decision tables belong to DMN models; rules are single expressions",
    "import": "imports of other models: a rule file stands for itself",
    "decisionService": "decision services belong to DMN models",
    "external function": "functions in Java or PMML: no expression reaches another language",
    "now": "the core has no clock; the day a rule counts from is an argument",
    "today": "the core has no clock; the day a rule counts from is an argument",
    "expression language": "the expression is not written in FEEL",
    "other boxed expression": "a form of model no support code here reads",
}
"""Why a case is left out, by the construct that it needs."""


class OutOfScope(Exception):  # noqa: N818 - no error: the case is left out
    """A case needs a construct of the table."""

    def __init__(self, construct: str) -> None:
        super().__init__(f"{construct}: {OUT_OF_SCOPE[construct]}")
        self.construct = construct
