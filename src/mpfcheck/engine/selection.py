"""Which proposals a report shows: by verdict, country of the lead applicant, fund, call, rule or severity.

What a report counts is never selected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from mpfcheck.checking.report import ProposalReport, Severity, Status, Verdict
from mpfcheck.engine.run import LineWriter
from mpfcheck.frozen import Frozen

__all__ = ["KEYS", "NONE", "SelectedLines", "Selection", "SelectionError", "parse"]

KEYS = ("verdict", "country", "fund", "call", "rule", "severity")
NONE = "none"
"""The value for what is not answered."""
FREE = ("country", "fund")
"""What may not be answered."""
_QUIET = (Status.PASS, Status.NOT_APPLICABLE)


class SelectionError(ValueError):
    """A selection that cannot be: sentences that say why."""


class Selection(Frozen):
    """The values that are wanted, by their key; a proposal is shown where it has one of them for every key."""

    values_of: Mapping[str, tuple[str, ...]]

    def shows(self, report: ProposalReport) -> bool:
        """Whether a report is shown."""
        return all(not set(values).isdisjoint(_of(report, key)) for key, values in self.values_of.items())

    @property
    def of_answers(self) -> bool:
        """Whether answers of the proposals are asked for, which bare reports do not name."""
        return not self.values_of.keys().isdisjoint(FREE)

    def in_words(self) -> str:
        """The selection as it is typed: ``verdict=ineligible,incomplete country=FR``."""
        return " ".join(f"{key}={','.join(values)}" for key, values in self.values_of.items())


def _of(report: ProposalReport, key: str) -> Iterable[str]:
    """The values of a report for a key."""
    match key:
        case "verdict":
            return (report.verdict.value,)
        case "country":
            return ((report.input.lead.country if report.input.lead else None) or NONE,)
        case "fund":
            return (report.input.fund or NONE,)
        case "call":
            return (report.call.id if report.call else NONE,)
        case "rule":
            return (result.rule for result in report.results if result.status not in _QUIET)
    return (result.severity.value for result in report.results if result.status is Status.FAIL)


def parse(texts: Iterable[str], known: Callable[[str], Mapping[str, str]]) -> Selection:
    """A selection as it is typed: ``KEY=VALUE``, with commas between values and between keys. Raises SelectionError.

    ``known`` gives the values of a key, each by its own lower-case letters.
    """
    from mpfcheck.nearest import did_you_mean

    values_of: dict[str, list[str]] = {}
    for text in texts:
        key = ""
        for part in text.split(","):
            name, equals, value = part.partition("=")
            if equals:
                key = name.strip().casefold()
                if key not in KEYS:
                    raise SelectionError(
                        f'"{name.strip()}" cannot be selected. {did_you_mean(key, KEYS, otherwise="Use")}'
                    )
            else:
                value = part
            value = value.strip()
            if not (key and value):
                raise SelectionError(f'"{text}" is not of the form KEY=VALUE, such as verdict=ineligible,incomplete.')
            values = {**known(key), **({NONE: NONE} if key in FREE else {})}
            if value.casefold() not in values:
                hint = did_you_mean(value, values.values(), otherwise="" if len(values) > 30 else "The values are")
                raise SelectionError(f'"{value}" is not a known {key}. {hint}'.rstrip())
            values_of.setdefault(key, []).append(values[value.casefold()])
    return Selection({key: tuple(dict.fromkeys(values)) for key, values in values_of.items()})


def fixed_values(key: str) -> Iterable[str]:
    """The values of a key that are the same for all calls."""
    return {"verdict": tuple(Verdict), "severity": tuple(Severity)}.get(key, ())


class SelectedLines:
    """Writes the lines of the proposals that a selection shows; it can be sent to other processes, unmade."""

    def __init__(
        self,
        make: Callable[[Callable[[bytes], object]], LineWriter],
        selection: Selection,
        write: Callable[[bytes], object],
    ) -> None:
        """Write to ``write`` by the writer that ``make`` makes."""
        self._lines = make(write)
        self._selection = selection

    def add(self, report: ProposalReport) -> None:
        """Write the next report, if it is shown."""
        if self._selection.shows(report):
            self._lines.add(report)
