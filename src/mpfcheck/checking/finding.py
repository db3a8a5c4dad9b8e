"""What a person is told of one rule: the result with its message, fix, fields and missing answers.

Built only for the results a person acts on: a pass or a rule that does not apply says nothing but its status, unless
the rule has something to note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from mpfcheck.checking.judgement import Judgement
from mpfcheck.checking.names import UNKNOWN
from mpfcheck.checking.report import ReadField, Result, SourceReference, Status
from mpfcheck.checking.wording import Label, TypeOf, fill, in_order, missing_in_words
from mpfcheck.feel.errors import LanguageError
from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Rule, RuleScope
from mpfcheck.packs.template import Template
from mpfcheck.proposal.pointer import value_at
from mpfcheck.proposal.unfinished import open_lists

if TYPE_CHECKING:
    from mpfcheck.checking.sentences import Sentences

__all__ = ["FindingWriter", "PlaceOf"]

PlaceOf = Callable[[str], tuple[int, int] | None]
"""Where a JSON Pointer stands in the file: line and column from 1, or None where that is not known."""

MANY = 10
PORTFOLIO = "Looks at proposals checked together, not at one alone."


class FindingWriter:
    """Writes the results of one call."""

    def __init__(self, call: Call, day: date, type_of: TypeOf, label: Label) -> None:
        self._call = call
        self._day = day
        self._type_of = type_of
        self._label = label
        self._sources = {rule.id: self._source(rule) for rule in call.rules}
        self._silent: dict[tuple[str, Status], Result] = {}

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
        answers: Mapping[str, object],
        place_of: PlaceOf,
        sentences: Sentences | None = None,
    ) -> Result:
        """The result of a rule with all that a person needs: of a list, the items that made the status.

        ``sentences`` are the compiled sentences of the call, where it pays to have them.
        """
        deciding = [judgement for judgement in judgements if judgement.status is status]
        if status is Status.PASS:
            deciding = [judgement for judgement in deciding if judgement.noted]
        if not deciding or status is Status.NOT_APPLICABLE:
            return self.silent(rule, status)

        def say(template: Template) -> str:
            return self._sentences(rule, template, deciding, answers, sentences)

        missing = frozenset[str]().union(*(judgement.missing for judgement in deciding))
        read = frozenset[str]().union(*(judgement.read for judgement in deciding))
        return Result(
            rule=rule.id,
            title=rule.title,
            severity=rule.severity,
            status=status,
            source=self._sources[rule.id],
            manual=rule.manual,
            message=self._message(rule, status, deciding, missing, open_lists(answers), say),
            fix=say(rule.fix) if rule.fix and status is Status.FAIL else "",
            fields=tuple(_fields(answers, in_order(read - missing), place_of)),
            missing=in_order(pointer for pointer in missing if not pointer.startswith(UNKNOWN)),
        )

    def _message(
        self,
        rule: Rule,
        status: Status,
        deciding: Sequence[Judgement],
        missing: frozenset[str],
        unfinished: frozenset[str],
        say: Callable[[Template], str],
    ) -> str:
        if status is Status.FAIL:
            return say(rule.message)
        if status is Status.PASS:
            return say(rule.note.message) if rule.note else ""
        if status is Status.UNDECIDED:
            return f"Information missing: {missing_in_words(missing, unfinished)}."
        if status is Status.INCONCLUSIVE:
            troubles = dict.fromkeys(judgement.trouble for judgement in deciding)
            return " ".join(["The rule could not be evaluated. Please report this.", *troubles])
        if missing:
            return f"Not known on {self._day}: {missing_in_words(missing)}. Manual review needed."
        return say(rule.message if rule.manual else rule.doubt_message or rule.message)

    def _sentences(
        self,
        rule: Rule,
        template: Template,
        deciding: Sequence[Judgement],
        answers: Mapping[str, object],
        sentences: Sentences | None,
    ) -> str:
        """The sentence for each deciding item, each once, one a line."""
        lines: dict[str, None] = {}
        for judgement in deciding[:MANY]:
            line = sentences.fill(rule, template, answers, judgement.names.item) if sentences is not None else None
            try:
                lines[fill(template, judgement.names, self._type_of, self._label) if line is None else line] = None
            except LanguageError as error:
                return f"{template.text} ({error})"
        more = len(deciding) - MANY
        return "\n".join([*lines, f"… and {more} more." if more > 0 else ""]).rstrip("\n")

    def _source(self, rule: Rule) -> SourceReference:
        source = self._call.sources[rule.source.document]
        return SourceReference(source.title, rule.source.section, source.url, rule.source.authority.value)


def _fields(answers: object, pointers: Iterable[str], place_of: PlaceOf) -> Iterable[ReadField]:
    for pointer in pointers:
        value = value_at(answers, pointer)
        if value is None or isinstance(value, dict) or (isinstance(value, list) and _holds_records(value)):
            continue
        line, column = place_of(pointer) or (None, None)
        yield ReadField(pointer, _written(value), line, column)


def _holds_records(values: list[object]) -> bool:
    """Whether a list is told by the fields of its items, which were read one by one."""
    return any(isinstance(value, dict | list) for value in values)


def _written(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(_written(item) for item in value) or "none"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    return f"{value:f}" if isinstance(value, Decimal) else str(value)
