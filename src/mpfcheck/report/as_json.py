"""Reports as one JSON object, one line a result, and as JSON Lines: for programs (`mpfcheck-report/1`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING
from weakref import ReferenceType, ref

from mpfcheck.checking.report import ProposalReport, Result, Sentence, Status, Verdict
from mpfcheck.json_codec import FULL, json_of, json_text, members_of, plain_json, printable
from mpfcheck.report.overview import NOTHING_MORE, InputSeal, Overview
from mpfcheck.report.spool import Spool

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.summary import PortfolioSummary, RuleFiles
    from mpfcheck.report.reporter import OnDemand, Write

__all__ = ["JsonLinesReporter", "JsonReporter", "StatusesReporter", "portfolio_members"]

FORMAT = "mpfcheck-report/1"
COUNTED = (
    Verdict.ELIGIBLE,
    Verdict.INELIGIBLE,
    Verdict.INCOMPLETE,
    Verdict.REVIEW,
    Verdict.INCONCLUSIVE,
    Verdict.INVALID,
)


MOST_KNOWN = 2048
"""Of so many objects and texts that may come again the JSON text is remembered."""

_QUIET = (Status.PASS, Status.NOT_APPLICABLE)
"""Statuses that mostly have nothing to say, so that one text serves every proposal of a batch."""


class _Encoder:
    """Writes reports, one after the other; remembers the text of what is the same in many of them."""

    __slots__ = ("_calls", "_frames", "_held", "_known", "_parts", "_same", "_sentences")

    def __init__(self) -> None:
        self._frames: dict[tuple[str, str, Status], str] = {}
        self._same: dict[tuple[str, str, Status, str, Sentence | None], str] = {}
        self._parts: dict[str | tuple[str, ...], str] = {}
        # By the ids of objects, which are held so that their ids stay their own.
        self._known: dict[int, str] = {}
        self._held: list[object] = []
        # By their ids too, as long as they are there: most sentences with values go with their proposal.
        self._sentences: dict[int, tuple[str, ReferenceType[Sentence]]] = {}
        self._calls: dict[tuple[str, str, str] | None, str] = {None: "null"}

    def head(self, report: ProposalReport) -> str:
        """Everything before the results, as the members of a JSON object without its braces."""
        call = None if report.call is None else (report.call.id, report.call.version, report.call.sha256)
        if call not in self._calls:
            self._calls[call] = json_of(report.call)
        changed = f'"parameters_changed": {json_text(dict(report.changed))}, ' if report.changed else ""
        chosen = f'"rules_chosen": {json_of(report.chosen)}, ' if report.chosen else ""
        return printable(
            f'"input": {json_of(report.input, FULL["InputReference"])}, "call": {self._calls[call]}, '
            f'"as_of": {json_of(report.as_of)}, "verdict": "{report.verdict.value}", {changed}{chosen}'
            f'"outlook": {json_of(report.outlook)}, "repair": {json_of(report.repair)}, '
            f'"assessments": {json_of(report.assessments)}, "problems": {json_of(report.problems)}'
        )

    def results(self, report: ProposalReport, between: str) -> list[str]:
        """One JSON object a result, in the pack's order, and ``between`` any two: in pieces, to be put together.

        What is the same in many reports is in pieces of its own. It is ASCII mostly; in one text with a letter of the
        proposal that is not, all of it would be copied and encoded letter by letter.
        """
        results = report.results
        call = report.call.sha256 if report.call else ""
        fields: dict[int, str] = {}
        known = self._known
        texts = [known.get(id(result), "") for result in results]
        pieces: list[str] = []
        start = 0
        for number in [number for number, text in enumerate(texts) if not text]:
            if start < number:
                pieces.append(between.join(texts[start:number]))
            own = self._result(call, results[number], fields)
            pieces.append(between + own if number else own)
            # So that what follows is joined to it. It stays empty.
            start = number
        pieces.append(between.join(texts[start:]))
        return pieces

    def _result(self, call: str, result: Result, fields: dict[int, str]) -> str:
        """A result that is not known to be one of those that are the same for every proposal."""
        if result.say is not None or result.status not in _QUIET or result.fields or result.missing or result.fix:
            return self._own(call, result, fields)
        key = call, result.rule, result.status, result.message, result.sentence
        text = self._same.get(key)
        if text is None:
            text = self._same[key] = self._own(call, result, fields)
            # A checker gives the same object for every proposal.
            self._remember(result, text)
        return text

    def _own(self, call: str, result: Result, fields: dict[int, str]) -> str:
        """A result of which something is its own; ``fields`` holds the texts of those of this report, by their ids."""
        key = call, result.rule, result.status
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = _frame(result)
        read = []
        for field in result.fields:
            text = fields.get(id(field))
            if text is None:
                text = fields[id(field)] = printable(json_of(field))
            read.append(text)
        return frame % (
            self._part(result.message),
            self._part(result.fix),
            f"[{', '.join(read)}]",
            self._part(result.missing),
            self._sentence(result.sentence),
        )

    def _part(self, value: str | tuple[str, ...]) -> str:
        text = self._parts.get(value)
        if text is None:
            text = printable(json_of(value))
            if len(self._parts) < MOST_KNOWN:
                self._parts[value] = text
        return text

    def _sentence(self, sentence: Sentence | None) -> str:
        """What a result says; often it is the same object, or at least its limits are."""
        if sentence is None:
            return "null"
        known = self._sentences.get(id(sentence))
        if known is not None:
            return known[0]
        limits = self._known.get(id(sentence.limits))
        if limits is None:
            limits = printable(json_of(sentence.limits))
            self._remember(sentence.limits, limits)
        values = printable(json_of(sentence.values))
        text = f'{{"id": {self._part(sentence.id)}, "values": {values}, "limits": {limits}}}'
        self._sentences[id(sentence)] = text, ref(sentence, partial(self._sentences.pop, id(sentence)))
        return text

    def _remember(self, value: object, text: str) -> None:
        if len(self._held) < MOST_KNOWN:
            self._held.append(value)
            self._known[id(value)] = text


_OWN = ("message", "fix", "fields", "missing", "sentence")
"""Members of a result in which it differs from others of the same rule and status."""


def _frame(result: Result) -> str:
    """The text of a result, to be filled with those of its own members."""
    members = []
    for name, attribute in members_of(Result):
        text = "%s" if name in _OWN else printable(json_of(getattr(result, attribute))).replace("%", "%%")
        members.append(f'"{name}": {text}')
    return f"{{{', '.join(members)}}}"


class JsonReporter:
    """Keeps the text of every report until the end, because the totals stand before them.

    ``version`` is that of the program, which the report names. Reports of older versions are not ``sealed``: they have
    no checksum of all inputs.
    """

    def __init__(self, write: Write, *, version: str, sealed: bool = True) -> None:
        """Write to ``write``."""
        self._seal = InputSeal() if sealed else None
        self._write = write
        self._version = version
        self._encoder = _Encoder()
        self._verdicts: Counter[Verdict] = Counter()
        self._reports = Spool()
        self._any = False

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Take the next report; a format for programs asks for no more."""
        results = "".join(self._encoder.results(report, ",\n       "))
        opening = f"\n       {results}\n     " if results else ""
        text = f'    {{{self._encoder.head(report)},\n     "results": [{opening}]}}'
        self._reports.write(f"{',' if self._any else ''}\n{text}")
        self._any = True
        self.count(report)

    def count(self, report: ProposalReport) -> None:
        """Count a report, whether it is shown or not."""
        self._verdicts[report.verdict] += 1
        if self._seal is not None:
            self._seal.add(report.input.sha256)

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Write the object; of the overview all but the comparison, which another report is needed for."""
        counts = {"proposals": self._verdicts.total()} | {verdict.value: self._verdicts[verdict] for verdict in COUNTED}
        run = overview.run
        course = {
            "inputs": self._verdicts.total() if run.inputs is None else run.inputs,
            "passed_over": plain_json(run.passed_over),
            "complete": run.complete,
            "interrupted": run.interrupted,
        }
        if self._seal is not None:
            course["inputs_sha256"] = self._seal.checksum()
        if run.shown is not None:
            course["shown"] = plain_json(run.shown)
        tool = {"name": "mpfcheck", "version": self._version}
        self._write(f'{{\n  "format": "{FORMAT}",\n  "tool": {json_text(tool)},\n')
        self._write(f'  "summary": {json_text(counts | course)},\n  "reports": [')
        for piece in self._reports:
            self._write(piece)
        self._write("\n  ]" if self._any else "]")
        if overview.portfolio:
            self._write_member("portfolio", portfolio_members(overview.portfolio))
        if overview.what_if:
            self._write_member("what_if", plain_json(overview.what_if).items())
        self._write("\n}\n")

    def _write_member(self, name: str, members: Iterable[tuple[str, object]]) -> None:
        before = f",\n  {json_text(name)}: {{\n"
        for inner, value in members:
            self._write(f"{before}    {json_text(inner)}: {json_text(value)}")
            before = ",\n"
        self._write("\n  }")


class JsonLinesReporter:
    """Writes one object a line, as soon as it is finished; holds nothing."""

    def __init__(self, write: Write) -> None:
        """Write to ``write``."""
        self._write = write
        self._encoder = _Encoder()

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Write the next report; a format for programs asks for no more."""
        self._write(f'{{{self._encoder.head(report)}, "results": [')
        for piece in self._encoder.results(report, ", "):
            self._write(piece)
        self._write("]}\n")

    def count(self, report: ProposalReport) -> None:
        """A line is of one proposal: there are no totals."""

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Nothing is left to write."""


class StatusesReporter:
    """Writes one object a line: path, line, title, verdict, and the status of every rule by its id."""

    def __init__(self, write: Write) -> None:
        """Write to ``write``."""
        self._write = write
        self._known: dict[int, tuple[tuple[Result, ...], str]] = {}

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Write the next report; a format for programs asks for no more."""
        known = self._known.get(id(report.results))
        if known is None or known[0] is not report.results:
            statuses = ", ".join([f'"{result.rule}": "{result.status.value}"' for result in report.results])
            known = report.results, statuses
            # Bare results are the same for many proposals. Sentences are those of one, and nothing of it is to stay.
            if len(self._known) < MOST_KNOWN and all(result.say is None for result in report.results):
                self._known[id(report.results)] = known
        reference = report.input
        self._write(
            printable(
                f'{{"path": {json_of(reference.path)}, "line": {json_of(reference.line)}, '
                f'"title": {json_of(reference.title)}, "verdict": "{report.verdict.value}", '
                f'"statuses": {{{known[1]}}}}}'
            )
            + "\n"
        )

    def count(self, report: ProposalReport) -> None:
        """A line is of one proposal: there are no totals."""

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Nothing is left to write."""


_COUNTED_OF_RULES = (Status.FAIL, Status.UNDECIDED, Status.REVIEW, Status.INCONCLUSIVE)


def portfolio_members(summary: PortfolioSummary) -> Iterator[tuple[str, object]]:
    """The members of ``portfolio`` one by one, because some are long."""
    distinct = {verdict.value: summary.distinct[verdict] for verdict in reversed(Verdict)}
    yield "distinct", {"proposals": sum(summary.distinct.values()), **distinct}
    yield "verdicts", {verdict.value: plain_json(summary.verdicts[verdict]) for verdict in reversed(Verdict)}
    yield "nearly_eligible", plain_json(summary.nearly_eligible)
    yield "rules", [_rule(rule) for rule in summary.rules]
    for name in ("together", "lead_countries", "same_proposals", "shared_organisations", "shared_pics"):
        yield name, plain_json(getattr(summary, name))
    if summary.resubmissions is not None:
        counting = plain_json(summary.resubmissions.counting)
        yield "resubmissions", {**counting, "groups": plain_json(summary.resubmissions.groups)}
    if summary.ranking is not None:
        ranking = plain_json(summary.ranking)
        yield "ranking", {"by": ranking.pop("by"), "scores": summary.ranking.scores, **ranking}


def _rule(rule: RuleFiles) -> dict[str, object]:
    members = {name: plain_json(getattr(rule, name)) for name in ("call", "rule", "title", "severity", "manual")}
    members["distinct"] = {status.value: rule.count(status) for status in _COUNTED_OF_RULES}
    return members | {status.value: plain_json(rule.inputs.get(status, ())) for status in _COUNTED_OF_RULES}
