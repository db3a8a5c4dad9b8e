"""The report: the results for one proposal or for many, in the terms of the published format (`mpfcheck-report/1`).

Plain immutable values. Nothing here evaluates, reads or prints.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar, Self, TypeAlias

from mpfcheck.frozen import Frozen, FrozenDict, later
from mpfcheck.model import Model
from mpfcheck.packs.severity import Severity

__all__ = [
    "NOT_FOUND",
    "Answered",
    "Assessment",
    "CallReference",
    "Change",
    "Decision",
    "InputReference",
    "LeadReference",
    "Outlook",
    "PassedOver",
    "Problem",
    "ProposalReport",
    "ReadField",
    "Repair",
    "Result",
    "Sentence",
    "SentenceValue",
    "Severity",
    "SourceReference",
    "Status",
    "Verdict",
]


class Status(StrEnum):
    """The result of one rule for one proposal."""

    PASS = "pass"  # noqa: S105 - a status, not a password
    """The condition is met, whatever the missing answers are."""
    FAIL = "fail"
    """The condition cannot be met, whatever the missing answers are."""
    NOT_APPLICABLE = "not_applicable"
    """The rule does not apply to this proposal."""
    UNDECIDED = "undecided"
    """Information is missing: the result depends on it."""
    REVIEW = "review"
    """Manual review needed."""
    INCONCLUSIVE = "inconclusive"
    """The rule could not be evaluated: a fault of mpfcheck or of the rule pack, never a pass."""


class Verdict(StrEnum):
    """The result of all rules together: the first that applies, in this order."""

    INVALID = "invalid"
    INELIGIBLE = "ineligible"
    INCONCLUSIVE = "inconclusive"
    INCOMPLETE = "incomplete"
    REVIEW = "review"
    ELIGIBLE = "eligible"


class Problem(Model):
    """A problem of the file itself. ``line`` and ``column`` count from 1; None where there is no place."""

    in_short = ("message", "pointer", "line")
    published = "problem"

    message: str
    hint: str = ""
    pointer: str = ""
    line: int | None = None
    column: int | None = None
    severity: Severity = Severity.BLOCKING


NOT_FOUND = (
    Problem("No such file or folder.", "Check the path."),
    Problem("The target of this link does not exist.", "Check the link."),
)
"""The problems of an input that is not there, and so is not a bad proposal."""

SentenceValue: TypeAlias = str | bool | tuple[str | bool | None, ...] | None
"""A value in a sentence, as JSON has it; a list is a tuple."""


class PassedOver(Frozen):
    """A file in a folder that was not checked. ``possible``: it may be a proposal."""

    path: str
    why: str
    possible: bool = False


class ReadField(Frozen):
    """A field that a finding is about: its JSON Pointer, its value as written (None: not answered), and its place."""

    pointer: str
    value: str | None
    line: int | None = None
    column: int | None = None

    # Every report has many of the classes that set their fields themselves: to set any fields of any class takes more
    # than twice as long.
    def __init__(self, pointer: str, value: str | None, line: int | None = None, column: int | None = None) -> None:
        own = self.__dict__
        own["pointer"], own["value"], own["line"], own["column"] = pointer, value, line, column


class SourceReference(Frozen):
    """Where a rule comes from, and its authority: ``seed``, ``official``, ``fund``, ``secondary`` or ``analogy``."""

    in_short = ("document", "section")

    document: str
    section: str
    url: str | None
    authority: str


class Sentence(Frozen):
    """What a result says, for programs that say it in their own words or in another language.

    ``id`` is the rule and what is said of it: ``GRANT-1.message``, ``.doubt_message``, ``.note`` (sentences of the
    rule), or ``.undecided``, ``.not_known``, ``.inconclusive``. ``values`` are the values of the expressions in the
    message and in the fix, by the expressions as they are written there: one mapping, or one for each item that is
    named. Where an expression chooses between texts of the rule, it is the condition of the choice, true or false.
    ``limits`` are the parameters that the rule depends on, by name, as they were applied. Numbers are texts (exact; EUR
    with cents), dates are in ISO 8601, codes are codes; None is not answered or not known.
    """

    in_short = ("id", "values")

    id: str
    values: tuple[Mapping[str, SentenceValue], ...] = ()
    limits: Mapping[str, SentenceValue] = FrozenDict()

    def __init__(
        self,
        id: str,
        values: tuple[Mapping[str, SentenceValue], ...] = (),
        limits: Mapping[str, SentenceValue] = limits,
    ) -> None:
        own = self.__dict__
        own["id"], own["values"], own["limits"] = id, values, limits


class Result(Model):
    """The result of one rule for one proposal, with what a person needs to act on it.

    For ``pass`` and ``not_applicable`` the message is empty unless the rule has something to add (a tolerated cent).
    ``sentence`` says the same for programs; None where there is no message. It is made by ``say`` when it is first
    asked for. ``missing`` holds the JSON Pointers of the missing answers. ``manual`` marks rules for manual review,
    which never change the verdict.
    """

    beside: ClassVar[frozenset[str]] = frozenset({"say"})
    in_short = ("rule", "status")
    published = "result"

    rule: str
    title: str
    severity: Severity
    status: Status
    source: SourceReference
    manual: bool = False
    message: str = ""
    fix: str = ""
    fields: tuple[ReadField, ...] = ()
    missing: tuple[str, ...] = ()
    say: Callable[[], Sentence] | None = None
    sentence: Sentence | None = later(lambda result: result.say and result.say())

    def with_message(
        self,
        message: str,
        fix: str,
        fields: tuple[ReadField, ...],
        missing: tuple[str, ...],
        say: Callable[[], Sentence] | None,
    ) -> Self:
        """The same result with what a person needs to act on it."""
        # To set all its fields takes twice as long, and most of them are the same for every proposal.
        made = object.__new__(type(self))
        own = made.__dict__
        own.update(self.__dict__)
        own["message"], own["fix"], own["fields"], own["missing"], own["say"] = message, fix, fields, missing, say
        own.pop("sentence", None)
        return made

    def with_fields(self, fields: tuple[ReadField, ...]) -> Self:
        """The same result about fields of another proposal that have the same values: both say one sentence."""
        # Most results of many proposals are made so: setting each field anew takes three times as long.
        made = object.__new__(type(self))
        own = made.__dict__
        own.update(self.__dict__)
        own["fields"], own["sentence"] = fields, self.sentence
        return made

    # What makes the sentence stays in its process.
    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "say": None, "sentence": self.sentence}


class LeadReference(Frozen):
    """The lead applicant as the proposal names it; ``country`` is a code, each None where it is not answered."""

    name: str | None
    country: str | None

    def __init__(self, name: str | None, country: str | None) -> None:
        own = self.__dict__
        own["name"], own["country"] = name, country


class InputReference(Frozen):
    """The input a report is about: its path ("-" is standard input), its line in JSON Lines, its SHA-256.

    The other fields tell a person which project it is: the answers as they were given, amounts in EUR as text, each
    None where it is not answered or cannot be read. ``fund`` is a code; a report read back has none.
    """

    beside: ClassVar[frozenset[str]] = frozenset({"fund"})
    in_short = ("path", "line", "title")

    path: str | None
    line: int | None
    sha256: str | None
    title: str | None = None
    acronym: str | None = None
    lead: LeadReference | None = None
    grant_requested: str | None = None
    total: str | None = None
    fund: str | None = None

    def __init__(
        self,
        path: str | None,
        line: int | None,
        sha256: str | None,
        title: str | None = None,
        acronym: str | None = None,
        lead: LeadReference | None = None,
        grant_requested: str | None = None,
        total: str | None = None,
        fund: str | None = None,
    ) -> None:
        own = self.__dict__
        own["path"], own["line"], own["sha256"] = path, line, sha256
        own["title"], own["acronym"], own["lead"] = title, acronym, lead
        own["grant_requested"], own["total"], own["fund"] = grant_requested, total, fund


class CallReference(Frozen):
    """The call that was applied: id, version of the pack, checksum of the pack.

    ``not_known`` names the parts of the call that its sources leave open, for people; a report read back has none.
    """

    beside: ClassVar[frozenset[str]] = frozenset({"not_known"})
    in_short = ("id", "version")

    id: str
    version: str
    sha256: str
    not_known: tuple[str, ...] = ()


class Answered(Frozen):
    """An answer of the proposal: its JSON Pointer, and the value in words."""

    pointer: str
    value: str


class Outlook(Frozen):
    """Whether any way of answering the rest can still make a proposal eligible, told from all blocking rules together.

    ``eligible_possible`` is None where it is not known. Where it is False, ``because`` are the ids of rules that cannot
    all be met together with ``answers``, ``reason`` says why in a sentence or two, and ``review_possible`` whether
    manual review can still be reached.
    ``bounds`` are the lengths up to which lists that are not answered were looked at, by pointer; ``left_out`` are the
    rules that the solver does not read, with the reason. ``deciding`` are the questions that can still decide, the ones
    of most rules first; ``idle`` those that no longer matter to a blocking rule. A report that was read back has the
    first four only.
    """

    beside: ClassVar[frozenset[str]] = frozenset(
        {"reason", "answers", "review_possible", "left_out", "deciding", "idle"}
    )
    in_short = ("eligible_possible", "message")

    eligible_possible: bool | None
    message: str
    because: tuple[str, ...] = ()
    bounds: Mapping[str, int] = FrozenDict()
    reason: str = ""
    answers: tuple[Answered, ...] = ()
    review_possible: bool | None = None
    left_out: tuple[tuple[str, str], ...] = ()
    deciding: tuple[tuple[str, tuple[str, ...]], ...] = ()
    idle: tuple[str, ...] = ()


class Change(Frozen):
    """A change of one answer, with the old and the new value as they stand in a proposal, and in words.

    ``minimal``: that the whole change it belongs to is the smallest there is, is proven.
    """

    beside: ClassVar[frozenset[str]] = frozenset({"old_in_words", "new_in_words"})

    pointer: str
    old: object
    new: object
    minimal: bool
    old_in_words: str = ""
    new_in_words: str = ""


class Repair(Frozen):
    """The smallest change of answers that makes a proposal eligible, or lets it become so; ``minimal`` where proven.

    There are no ``changes`` where none would do, or none is known: the message says which.
    """

    in_short = ("minimal", "message")

    changes: tuple[Change, ...]
    minimal: bool
    message: str


class Decision(StrEnum):
    """What a person decided on a manual rule."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"


class Assessment(Frozen):
    """The decision of a person on a manual rule. It never changes the verdict.

    ``by`` is who decided, ``on`` the day in ISO 8601. ``older`` names what is not as it was when the decision was made:
    ``proposal``, ``rules``, or both.
    """

    rule: str
    decision: Decision
    by: str
    on: str
    note: str = ""
    older: tuple[str, ...] = ()


class ProposalReport(Frozen):
    """One proposal against one call.

    ``changed`` holds the parameters that were set for a what-if; ``chosen`` the ids of the rules that were checked
    where not all of the call were: then the verdict is what these say. ``outlook`` and ``repair`` are None where nobody
    asked for them; ``repair`` also where no change is needed, or none would do. ``assessments`` are the decisions of
    people on manual rules, in the order of the rules.
    """

    in_short = ("verdict", "call=call.id", "title=input.title", "path=input.path", "line=input.line")

    input: InputReference
    call: CallReference | None
    as_of: str | None
    verdict: Verdict
    problems: tuple[Problem, ...] = ()
    results: tuple[Result, ...] = ()
    changed: Mapping[str, str] = MappingProxyType({})
    chosen: tuple[str, ...] = ()
    outlook: Outlook | None = None
    repair: tuple[Change, ...] | None = None
    assessments: tuple[Assessment, ...] = ()

    def __init__(
        self,
        input: InputReference,
        call: CallReference | None,
        as_of: str | None,
        verdict: Verdict,
        problems: tuple[Problem, ...] = (),
        results: tuple[Result, ...] = (),
        changed: Mapping[str, str] = changed,
        chosen: tuple[str, ...] = (),
        outlook: Outlook | None = None,
        repair: tuple[Change, ...] | None = None,
        assessments: tuple[Assessment, ...] = (),
    ) -> None:
        own = self.__dict__
        own["input"], own["call"], own["as_of"], own["verdict"] = input, call, as_of, verdict
        own["problems"], own["results"], own["changed"], own["chosen"] = problems, results, changed, chosen
        own["outlook"], own["repair"], own["assessments"] = outlook, repair, assessments

    @property
    def departures(self) -> tuple[tuple[str, str], ...]:
        """What was not as the call has it, as names and values: changed parameters, a choice of rules."""
        chosen = (("rules", f"only {', '.join(self.chosen)}"),) if self.chosen else ()
        return (*self.changed.items(), *chosen)

    @property
    def reviewed(self) -> frozenset[str]:
        """The ids of the manual rules that a person decided, and of whose proposal and rules nothing changed since."""
        if not self.assessments:
            return frozenset()
        return frozenset(one.rule for one in self.assessments if one.decision is not Decision.OPEN and not one.older)

    def __hash__(self) -> int:
        # Equal reports have equal results; the changed parameters are a mapping, which has no hash.
        return hash((self.input, self.call, self.as_of, self.verdict, self.problems, self.results, self.chosen))

    # A report goes from one process to another; a view of a mapping does not.
    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "changed": dict(self.changed)}

    def __setstate__(self, state: dict[str, object]) -> None:
        self.__dict__.update(state)
        self.__dict__["changed"] = MappingProxyType(self.__dict__["changed"])

    @property
    def failed(self) -> tuple[Result, ...]:
        """The results with status ``fail``, in the pack's order."""
        return tuple(result for result in self.results if result.status is Status.FAIL)
