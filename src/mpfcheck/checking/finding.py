"""The result of one rule, with its message, fix, fields and missing answers.

Built only for the results that a person acts on. A pass or a rule that does not apply has only a status, unless the
rule has a note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, Protocol

from mpfcheck.checking.judgement import Judgement
from mpfcheck.checking.names import UNKNOWN, ProposalNames
from mpfcheck.checking.report import ReadField, Result, Sentence, SentenceValue, SourceReference, Status
from mpfcheck.checking.wording import Label, SentenceValues, TypeOf, fill, in_order, missing_in_words
from mpfcheck.feel.errors import LanguageError
from mpfcheck.frozen import FrozenDict
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.template import Template
from mpfcheck.proposal.pointer import value_at
from mpfcheck.proposal.unfinished import open_lists

if TYPE_CHECKING:
    from mpfcheck.checking.sentences import Sentences

__all__ = ["Cause", "FindingWriter", "LimitsOf", "PlaceOf", "ReadFields"]

PlaceOf = Callable[[str], tuple[int, int] | None]
"""Where a JSON Pointer stands in the file: line and column from 1, or None where that is not known."""

LimitsOf = Callable[[Rule], Mapping[str, SentenceValue]]
"""The parameters that a rule depends on, with their values on the day."""

MANY = 10
PORTFOLIO = "Looks at proposals checked together, not at one alone."

_FAIL, _PASS, _UNDECIDED = Status.FAIL, Status.PASS, Status.UNDECIDED
_INCONCLUSIVE, _NOT_APPLICABLE = Status.INCONCLUSIVE, Status.NOT_APPLICABLE
"""To look one up in its class takes many times as long, and each result compares its status with several."""


class Cause(Protocol):
    """What makes the status of a rule: the proposal, or an item of the list that the rule speaks of."""

    @property
    def item(self) -> object:
        """The item, as an answer or as a value of the rule language; None for the proposal."""

    @property
    def names(self) -> ProposalNames:
        """The names that its sentences may use."""

    @property
    def trouble(self) -> str:
        """Why the rule is inconclusive; empty where it is not."""


class ReadFields:
    """The fields of one proposal that its results name. Several rules read the same: each is made once."""

    __slots__ = ("_holders", "_known", "_made", "_place_of", "answers", "values")

    def __init__(self, answers: Mapping[str, object], place_of: PlaceOf = lambda _: None) -> None:
        """Take the fields from ``answers``, and their places from ``place_of``."""
        self.answers = answers
        self._place_of = place_of
        self.values: dict[str, object] = {}
        """Answers whose pointers are known: the others are looked for."""
        self._holders: dict[str, object] = {}
        """The records that fields are in, by pointer: most fields have several beside them."""
        self._made: dict[str, ReadField | None] = {}
        self._known: dict[tuple[str, ...], tuple[ReadField, ...]] = {}

    def of(self, pointers: tuple[str, ...]) -> tuple[ReadField, ...]:
        """The fields at these pointers, without those that have no value of their own."""
        known = self._known.get(pointers)
        if known is None:
            made = self._made
            found = [made[pointer] if pointer in made else self._make(pointer) for pointer in pointers]
            known = self._known[pointers] = tuple([field for field in found if field is not None])
        return known

    def _make(self, pointer: str) -> ReadField | None:
        value = self.values[pointer] if pointer in self.values else self._value_at(pointer)
        # Most are texts.
        if type(value) is not str and (
            value is None or isinstance(value, dict) or (isinstance(value, list) and _holds_records(value))
        ):
            field = None
        else:
            line, column = self._place_of(pointer) or (None, None)
            field = ReadField(pointer, _written(value), line, column)
        self._made[pointer] = field
        return field

    def _value_at(self, pointer: str) -> object:
        place, _, name = pointer.rpartition("/")
        if place not in self._holders:
            self._holders[place] = value_at(self.answers, place)
        holder = self._holders[place]
        return holder.get(name) if type(holder) is dict and "~" not in name else value_at(self.answers, pointer)


class FindingWriter:
    """Writes the results of one call."""

    def __init__(self, call: Call, day: date, type_of: TypeOf, label: Label, limits_of: LimitsOf) -> None:
        """Write for a day; ``limits_of`` gives the parameters that a rule depends on."""
        self._call = call
        self._day = day
        self._type_of = type_of
        self._label = label
        self._sources = {rule.id: self._source(rule) for rule in call.rules}
        self._limits_of = limits_of
        self._silent: dict[tuple[str, Status], Result] = {}
        self._constant: dict[str, Sentence] = {}

    def silent(self, rule: Rule, status: Status) -> Result:
        """The result of a rule nobody needs to act on: the same for every proposal."""
        known = self._silent.get((rule.id, status))
        if known is None:
            message = PORTFOLIO if rule.scope is RuleScope.PORTFOLIO else ""
            known = Result(rule.id, rule.title, rule.severity, status, self._sources[rule.id], rule.manual, message)
            self._silent[rule.id, status] = known
        return known

    def result(
        self,
        rule: Rule,
        status: Status,
        judgements: Sequence[Judgement],
        fields: ReadFields,
        sentences: Sentences | None = None,
    ) -> Result:
        """The result of a rule with all that a person needs: of a list, the items that made the status.

        ``fields`` are those of the proposal; ``sentences`` are the compiled sentences of the call, where it pays to
        have them.
        """
        causes = [judgement for judgement in judgements if judgement.status is status]
        if status is _PASS:
            causes = [judgement for judgement in causes if judgement.noted]
        if not causes or status is _NOT_APPLICABLE:
            return self.silent(rule, status)
        missing = frozenset[str]().union(*(judgement.missing for judgement in causes))
        read = frozenset[str]().union(*(judgement.read for judgement in causes))
        return self.written(rule, status, causes, fields, read - missing, missing, sentences)

    def written(
        self,
        rule: Rule,
        status: Status,
        causes: Sequence[Cause],
        fields: ReadFields,
        read: Iterable[str],
        missing: frozenset[str] = frozenset(),
        sentences: Sentences | None = None,
    ) -> Result:
        """The same result from its ``causes``, at least one: the fields that are read of them, and what they miss.

        The pointers of ``missing`` are not in ``read``.
        """
        answers = fields.answers
        # The values of the sentences of each item that is named.
        item_values: list[list[SentenceValues]] = [[] for _ in causes[:MANY]]
        key, message = self._message(rule, status, causes, missing, answers)
        if isinstance(message, Template):
            message = self._sentences(rule, message, causes, answers, sentences, item_values)
        fix = ""
        if status is _FAIL and rule.fix:
            fix = self._sentences(rule, rule.fix, causes, answers, sentences, item_values)
        named = fields.of(in_order(read))
        unanswered = in_order([pointer for pointer in missing if not pointer.startswith(UNKNOWN)]) if missing else ()
        sentence = partial(self._sentence, rule, key, item_values) if key else None
        return self.silent(rule, status).with_message(message, fix, named, unanswered, sentence)

    def _sentence(self, rule: Rule, key: str, item_values: Sequence[Sequence[SentenceValues]]) -> Sentence:
        """What a result says, for programs; without values it is the same for every proposal."""
        name = f"{rule.id}.{key}"
        if any(item_values):
            values = [FrozenDict([pair for sentence in one for pair in sentence()]) for one in item_values]
            if any(values):
                return Sentence(name, tuple(filter(None, values)), self._limits_of(rule))
        known = self._constant.get(name)
        if known is None:
            known = self._constant[name] = Sentence(name, (), self._limits_of(rule))
        return known

    def _message(
        self,
        rule: Rule,
        status: Status,
        causes: Sequence[Cause],
        missing: frozenset[str],
        answers: Mapping[str, object],
    ) -> tuple[str, str | Template]:
        """The message, or the sentence of the rule that it is made of, after the key by which programs know it."""
        if status is _FAIL:
            return "message", rule.message
        if status is _PASS:
            return ("note", rule.note.message) if rule.note else ("", "")
        if status is _UNDECIDED:
            return "undecided", f"Information missing: {missing_in_words(missing, open_lists(answers))}."
        if status is _INCONCLUSIVE:
            troubles = dict.fromkeys(cause.trouble for cause in causes)
            return "inconclusive", " ".join(["The rule could not be evaluated. Please report this.", *troubles])
        if missing:
            return "not_known", f"Not known on {self._day}: {missing_in_words(missing)}. Manual review needed."
        if rule.doubt_message and not rule.manual:
            return "doubt_message", rule.doubt_message
        return "message", rule.message

    def _sentences(
        self,
        rule: Rule,
        template: Template,
        causes: Sequence[Cause],
        answers: Mapping[str, object],
        sentences: Sentences | None,
        item_values: Sequence[list[SentenceValues]],
    ) -> str:
        """The sentence for each cause, each once, one a line; its values are added to those of the item."""
        lines: dict[str, None] = {}
        if template.words is not None:
            lines[_without_gaps(template.words)] = None
        else:
            for cause, known in zip(causes, item_values, strict=False):
                filled = sentences.fill(rule, template, answers, cause.item) if sentences is not None else None
                try:
                    line, found = filled or fill(template, cause.names, self._type_of, self._label)
                except LanguageError as error:
                    return f"{template.text} ({error})"
                lines[_without_gaps(line)] = None
                known.append(found)
        if len(causes) > MANY:
            lines[f"… and {len(causes) - MANY} more."] = None
        return "\n".join(lines).rstrip("\n")

    def _source(self, rule: Rule) -> SourceReference:
        source = self._call.sources[rule.source.document]
        return SourceReference(source.title, rule.source.section, source.url, rule.source.authority.value)


def _without_gaps(line: str) -> str:
    """A sentence without the blanks around a placeholder that has nothing to say."""
    return " ".join(filter(None, line.split(" "))) if "  " in line or line != line.strip(" ") else line


def _holds_records(values: list[object]) -> bool:
    """Whether a list is shown by the fields of its items, which were read one by one."""
    return any(isinstance(value, (dict, list)) for value in values)


def _written(value: object) -> str:
    if type(value) is str:
        return value
    if isinstance(value, list):
        return ", ".join(_written(item) for item in value) or "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
