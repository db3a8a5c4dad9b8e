"""What lint has to say of a rule pack."""

from __future__ import annotations

from enum import StrEnum

from mpfcheck.frozen import Frozen
from mpfcheck.packs.mistake import PackMistake, Place

__all__ = ["LintFinding", "Weight", "error", "warning"]


class Weight(StrEnum):
    """How much a finding matters: with an ``error`` the rules cannot be trusted, a ``warning`` asks for a look."""

    ERROR = "error"
    WARNING = "warning"


class LintFinding(Frozen):
    """One thing lint found: where, how much it matters, what it is, what to do (may be empty), in which rule."""

    place: Place
    severity: Weight
    message: str
    hint: str = ""
    rule: str | None = None

    def __str__(self) -> str:
        """Return ``file:line:column: error: message`` and the hint, as editors and terminals read it."""
        file, line, column = self.place
        return f"{file}:{line}:{column}: {self.severity}: {self.message} {self.hint}".rstrip()


def error(place: Place, message: str, hint: str = "", rule: str | None = None) -> LintFinding:
    """Make a finding that must be mended."""
    mistake = PackMistake(place, message, hint)
    return LintFinding(place, Weight.ERROR, mistake.message, mistake.hint, rule)


def warning(place: Place, message: str, hint: str = "", rule: str | None = None) -> LintFinding:
    """Make a finding that asks for a look."""
    mistake = PackMistake(place, message, hint)
    return LintFinding(place, Weight.WARNING, mistake.message, mistake.hint, rule)
