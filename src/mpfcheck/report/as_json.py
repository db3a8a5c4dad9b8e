"""Reports as one JSON object, one line a result, and as JSON Lines: for programs (`mpfcheck-report/1`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from json.encoder import encode_basestring
from operator import is_not
from typing import TYPE_CHECKING, NamedTuple
from weakref import ReferenceType, ref

from mpfcheck.checking.report import InputReference, ProposalReport, ReadField, Result, Sentence, Status, Verdict
from mpfcheck.json_codec import json_of, json_text, members_of, plain_json, printable
from mpfcheck.report.overview import NOTHING_MORE, InputSeal, Overview
from mpfcheck.report.spool import Spool

if TYPE_CHECKING:
    from mpfcheck.checking.portfolio.summary import PortfolioSummary, RuleFiles
    from mpfcheck.report.reporter import OnDemand, WriteBytes

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


class _Layout(NamedTuple):
    """What stands around the parts of a report."""

    opening: bytes
    results: bytes
    """Between its head and its results."""
    first: bytes
    """Before the first result, where there is one."""
    between: bytes
    last: bytes
    closing: bytes


_LINE = _Layout(b'{"input": ', b', "results": [', b"", b", ", b"", b"]}\n")
_MEMBER = _Layout(b'    {"input": ', b',\n     "results": [', b"\n       ", b",\n       ", b"\n     ", b"]}")


class _Encoder:
    """Writes reports, one after the other; remembers the text of what is the same in many of them.

    It is remembered as UTF-8. In one text with a letter of the proposal that is not ASCII, all of it would be copied
    and encoded letter by letter.
    """

    __slots__ = ("_around", "_frames", "_heads", "_held", "_known", "_layout", "_limits", "_parts", "_same", "_usual")

    def __init__(self, layout: _Layout) -> None:
        self._layout = layout
        self._heads: dict[tuple[str, str, str, str | None, Verdict], bytes] = {}
        self._frames: dict[tuple[str, str, Status], list[bytes]] = {}
        self._same: dict[tuple[str, str, Status, str, Sentence | None], tuple[bytes, bytes]] = {}
        self._parts: dict[str | tuple[str, ...], bytes] = {}
        # By the ids of objects, which are held so that their ids stay their own.
        self._known: dict[int, bytes] = {}
        self._limits: dict[int, str] = {}
        self._held: list[object] = []
        # Most results are those of the report before, which is told with far less than an id for each.
        self._usual: dict[str, tuple[list[Result | None], list[bytes]]] = {}
        # By the ids of what says them, as long as that is there: most goes with its proposal.
        self._around: dict[int, tuple[ReferenceType[object], str, str, tuple[str, ...], tuple[bytes, bytes]]] = {}

    def report(self, report: ProposalReport) -> bytes:
        """A report as a JSON object, its results in the pack's order."""
        layout, results = self._layout, report.results
        start = b"".join((layout.opening, _input(report.input), self._head(report), layout.results))
        if not results:
            return start + layout.closing
        call = report.call.sha256 if report.call else ""
        # Several results of a report name the same fields: their texts by the ids of the tuples, and of each.
        lists: dict[int, bytes] = {}
        fields: dict[int, str] = {}
        usual, usual_texts = self._usual_of(call, len(results))
        texts = usual_texts.copy()
        unusual = [*map(is_not, results, usual)]
        number = -1
        for _ in range(unusual.count(True)):
            number = unusual.index(True, number + 1)
            result = results[number]
            known = self._known.get(id(result))
            if known is not None:
                usual[number] = result
                texts[number] = usual_texts[number] = known
                continue
            read = result.fields
            text = lists.get(id(read))
            if text is None:
                text = lists[id(read)] = _fields(read, fields)
            texts[number] = text.join(self._around_fields(call, result))
        # The whole is copied once, with all that stands around.
        texts[0] = b"".join((start, layout.first, texts[0]))
        texts[-1] = b"".join((texts[-1], layout.last, layout.closing))
        return layout.between.join(texts)

    def _usual_of(self, call: str, count: int) -> tuple[list[Result | None], list[bytes]]:
        """The results of a call that were last the same for every proposal, by their places, and their texts."""
        usual = self._usual.get(call)
        if usual is None or len(usual[0]) != count:
            usual = self._usual[call] = [None] * count, [b""] * count
        return usual

    def _head(self, report: ProposalReport) -> bytes:
        """What stands between the input and the results; it is the same for all to which nothing special happens."""
        call = report.call
        if (
            call is None
            or report.problems
            or report.changed
            or report.chosen
            or report.outlook is not None
            or report.repair is not None
            or report.assessments
        ):
            return _head(report)
        key = call.id, call.version, call.sha256, report.as_of, report.verdict
        text = self._heads.get(key)
        if text is None:
            text = self._heads[key] = _head(report)
        return text

    def _around_fields(self, call: str, result: Result) -> tuple[bytes, bytes]:
        """What stands before and after the fields of a result that is not known to be the same for every proposal."""
        say, message, fix, missing = result.say, result.message, result.fix, result.missing
        # A checker remembers results, and gives each for other proposals with other fields. They have the rest in
        # common: what says it shows that.
        known = self._around.get(id(say))
        if known is not None and known[0]() is say and known[1] is message and known[2] is fix and known[3] is missing:
            return known[4]
        if say is None and result.status in _QUIET and not (result.fields or missing or fix):
            return self._quiet(call, result)
        # A sentence that was made before belongs to a result that comes again; of the others nothing is to stay.
        again = "sentence" in result.__dict__
        around = self._filled(call, result)
        if again and say is not None:
            if len(self._around) >= MOST_KNOWN:
                self._around.clear()
            self._around[id(say)] = ref(say), message, fix, missing, around
        return around

    def _quiet(self, call: str, result: Result) -> tuple[bytes, bytes]:
        key = call, result.rule, result.status, result.message, result.sentence
        around = self._same.get(key)
        if around is None:
            around = self._filled(call, result)
            # A checker gives the same object for every proposal.
            if self._hold(result):
                self._same[key] = around
                self._known[id(result)] = b"[]".join(around)
        return around

    def _filled(self, call: str, result: Result) -> tuple[bytes, bytes]:
        key = call, result.rule, result.status
        frame = self._frames.get(key)
        if frame is None:
            frame = self._frames[key] = _frame(result)
        start, before_fix, before_fields, before_missing, before_sentence, end = frame
        message, fix = json_of(result.message).encode(), self._part(result.fix)
        missing, sentence = self._part(result.missing), self._sentence(result.sentence)
        return (
            b"".join((start, message, before_fix, fix, before_fields)),
            b"".join((before_missing, missing, before_sentence, sentence, end)),
        )

    def _part(self, value: str | tuple[str, ...]) -> bytes:
        text = self._parts.get(value)
        if text is None:
            text = json_of(value).encode()
            if len(self._parts) < MOST_KNOWN:
                self._parts[value] = text
        return text

    def _sentence(self, sentence: Sentence | None) -> bytes:
        """What a result says; often its limits are the same object."""
        if sentence is None:
            return b"null"
        limits = self._limits.get(id(sentence.limits))
        if limits is None:
            limits = json_of(sentence.limits)
            if self._hold(sentence.limits):
                self._limits[id(sentence.limits)] = limits
        id_, values = json_of(sentence.id), json_of(sentence.values)
        return f'{{"id": {id_}, "values": {values}, "limits": {limits}}}'.encode()

    def _hold(self, value: object) -> bool:
        """Hold an object for its id, unless there are very many."""
        if len(self._held) >= MOST_KNOWN:
            return False
        self._held.append(value)
        return True


# What every report has new is written here member by member: as the codec writes any value, it takes twice as long.
def _input(reference: InputReference) -> bytes:
    line, lead = reference.line, reference.lead
    led = "null" if lead is None else f'{{"name": {_text(lead.name)}, "country": {_text(lead.country)}}}'
    text = (
        f'{{"path": {_text(reference.path)}, "line": {"null" if line is None else line}, '
        f'"sha256": {_text(reference.sha256)}, "title": {_text(reference.title)}, '
        f'"acronym": {_text(reference.acronym)}, "lead": {led}, '
        f'"grant_requested": {_text(reference.grant_requested)}, "total": {_text(reference.total)}}}'
    )
    return printable(text).encode()


def _text(value: str | None) -> str:
    return "null" if value is None else encode_basestring(value)


def _fields(fields: tuple[ReadField, ...], known: dict[int, str]) -> bytes:
    texts = []
    for field in fields:
        text = known.get(id(field))
        if text is None:
            value, line, column = field.value, field.line, field.column
            text = known[id(field)] = (
                f'{{"pointer": {encode_basestring(field.pointer)}, '
                f'"value": {"null" if value is None else encode_basestring(value)}, '
                f'"line": {"null" if line is None else line}, "column": {"null" if column is None else column}}}'
            )
        texts.append(text)
    return printable(f"[{', '.join(texts)}]").encode()


def _head(report: ProposalReport) -> bytes:
    changed = f'"parameters_changed": {json_text(dict(report.changed))}, ' if report.changed else ""
    chosen = f'"rules_chosen": {json_of(report.chosen)}, ' if report.chosen else ""
    text = (
        f', "call": {json_of(report.call)}, "as_of": {json_of(report.as_of)}, "verdict": "{report.verdict.value}", '
        f'{changed}{chosen}"outlook": {json_of(report.outlook)}, "repair": {json_of(report.repair)}, '
        f'"assessments": {json_of(report.assessments)}, "problems": {json_of(report.problems)}'
    )
    return text.encode()


_OWN = ("message", "fix", "fields", "missing", "sentence")
"""Members of a result in which it differs from others of the same rule and status, in their order."""


def _frame(result: Result) -> list[bytes]:
    """The text of a result before, between and after its own members."""
    texts = [""]
    before = "{"
    for name, attribute in members_of(Result):
        texts[-1] += f'{before}"{name}": '
        before = ", "
        if name in _OWN:
            texts.append("")
        else:
            texts[-1] += json_of(getattr(result, attribute))
    texts[-1] += "}"
    return [text.encode() for text in texts]


class JsonReporter:
    """Keeps the text of every report until the end, because the totals stand before them.

    ``version`` is that of the program, which the report names. Reports of older versions are not ``sealed``: they have
    no checksum of all inputs.
    """

    def __init__(self, write: WriteBytes, *, version: str, sealed: bool = True) -> None:
        """Write to ``write``."""
        self._seal = InputSeal() if sealed else None
        self._write = write
        self._version = version
        self._encoder = _Encoder(_MEMBER)
        self._verdicts: Counter[Verdict] = Counter()
        self._reports = Spool(bytes)
        self._any = False

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Take the next report; a format for programs asks for no more."""
        self._reports.write(b",\n" if self._any else b"\n")
        self._reports.write(self._encoder.report(report))
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
        self._write_text(f'{{\n  "format": "{FORMAT}",\n  "tool": {json_text(tool)},\n')
        self._write_text(f'  "summary": {json_text(counts | course)},\n  "reports": [')
        for piece in self._reports:
            self._write(piece)
        self._write_text("\n  ]" if self._any else "]")
        if overview.portfolio:
            self._write_member("portfolio", portfolio_members(overview.portfolio))
        if overview.what_if:
            self._write_member("what_if", plain_json(overview.what_if).items())
        self._write_text("\n}\n")

    def _write_text(self, text: str) -> None:
        self._write(text.encode())

    def _write_member(self, name: str, members: Iterable[tuple[str, object]]) -> None:
        before = f",\n  {json_text(name)}: {{\n"
        for inner, value in members:
            self._write_text(f"{before}    {json_text(inner)}: {json_text(value)}")
            before = ",\n"
        self._write_text("\n  }")


class JsonLinesReporter:
    """Writes one object a line, as soon as it is finished; holds nothing."""

    def __init__(self, write: WriteBytes) -> None:
        """Write to ``write``."""
        self._write = write
        self._encoder = _Encoder(_LINE)

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Write the next report; a format for programs asks for no more."""
        self._write(self._encoder.report(report))

    def count(self, report: ProposalReport) -> None:
        """A line is of one proposal: there are no totals."""

    def finish(self, overview: Overview = NOTHING_MORE) -> None:
        """Nothing is left to write."""


class StatusesReporter:
    """Writes one object a line: path, line, title, verdict, and the status of every rule by its id."""

    def __init__(self, write: WriteBytes) -> None:
        """Write to ``write``."""
        self._write = write
        self._known: dict[int, tuple[tuple[Result, ...], bytes]] = {}

    def add(self, report: ProposalReport, on_demand: OnDemand | None = None) -> None:
        """Write the next report; a format for programs asks for no more."""
        known = self._known.get(id(report.results))
        if known is None or known[0] is not report.results:
            statuses = ", ".join([f'"{result.rule}": "{result.status.value}"' for result in report.results])
            known = report.results, f'"statuses": {{{statuses}}}}}\n'.encode()
            # Bare results are the same for many proposals. Sentences are those of one, and nothing of it is to stay.
            if len(self._known) < MOST_KNOWN and all(result.say is None for result in report.results):
                self._known[id(report.results)] = known
        reference = report.input
        start = (
            f'{{"path": {json_of(reference.path)}, "line": {json_of(reference.line)}, '
            f'"title": {json_of(reference.title)}, "verdict": "{report.verdict.value}", '
        )
        self._write(start.encode() + known[1])

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
