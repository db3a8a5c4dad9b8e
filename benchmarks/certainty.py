"""Whether what the solver holds certain of a draft is so: random drafts, and many ways of answering the rest.

For every rule of a random draft the solver says which statuses it can still come to. Some of the lists of a draft are
open. The draft is then filled in at random again and again, its open lists too, and checked: a status that the solver
excluded contradicts it. So does a status of the draft itself that check calls certain and the solver does not hold
possible. Run as a program:

    python -m benchmarks.certainty 20000
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from pathlib import Path
from time import process_time
from typing import Any

import z3

from mpfcheck.checking.checker import Checker
from mpfcheck.checking.report import Status
from mpfcheck.feel.types import BOOLEAN, DATE, ListType, NumberType, RecordType, TextType, Type
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.packs.vocabulary import proposal_type_of
from mpfcheck.proposal.answers import MistakenProposalError, answers_from
from mpfcheck.proposal.unfinished import OPEN, open_lists
from mpfcheck.proving.encoding import DEFAULT_BOUNDS, OTHER_BOUND, EncodedRule
from mpfcheck.proving.prover import Prover, question_of

__all__ = ["Certainty", "Drafts", "compare", "kept_section"]

RESULTS = Path(__file__).with_name("RESULTS.md")

HEADING = "## The solver compared with check"

COMPLETIONS = 8
"""How often each draft is filled in."""

TIMEOUT = 2_000
"""How long the solver may take for one status of one rule, in milliseconds."""

DECIDED = (Status.PASS, Status.FAIL, Status.NOT_APPLICABLE, Status.REVIEW)


class Certainty(Counter[str]):
    """What was counted, and the ``contradictions``: the call, the rule and the draft of each, with what was said.

    ``judged`` holds every draft with the status of its rules now and those that the solver holds possible.
    """

    def __init__(self) -> None:
        super().__init__()
        self.contradictions: list[str] = []
        self.judged: list[dict[str, Any]] = []

    def __str__(self) -> str:
        return (
            f"{self['drafts']} drafts ({self['with open lists']} with open lists), {self['rules']} results of rules, "
            f"{self['completions']} completions: "
            f"{len(self.contradictions)} contradictions. "
            f"Certain to check: {self['certain to check']}. Certain to the solver, undecided by check: "
            f"{self['certain to the solver only']} in {self['drafts more certain']} drafts. "
            f"Certain to check, not to the solver: {self['certain to check only']}. "
            f"Not known in time: {self['not known']}."
        )


class Drafts:
    """Random proposals of a call. Values are mostly those of the examples of its rules, where the limits are."""

    def __init__(self, checker: Checker, random: random.Random) -> None:
        self._random = random
        self._type = proposal_type_of(checker.call)
        self._values: dict[str, list[object]] = {}
        self._open: frozenset[str] = frozenset()
        for rule in checker.call.rules:
            for example in rule.examples:
                self._collect(example.given, "")

    def draft(self) -> dict[str, Any]:
        """A draft: each field is answered or not."""
        self._open = frozenset()
        drawn: dict[str, Any] = self._record(self._type, "", self._random.choice((0.2, 0.4, 0.6, 0.8)), {})
        unfinished = [place for place in _lists_in(drawn) if self._random.random() < 0.3]
        return drawn | ({OPEN: unfinished} if unfinished else {})

    def completion(self, draft: Mapping[str, Any]) -> dict[str, Any]:
        """The draft with every field answered, and with all items in its open lists."""
        self._open = open_lists(draft)
        drawn: dict[str, Any] = self._record(self._type, "", 1.0, draft)
        drawn.pop(OPEN, None)
        return drawn

    def _collect(self, value: object, place: str) -> None:
        if isinstance(value, Mapping):
            for name, member in value.items():
                self._collect(member, f"{place}/{name}")
        elif isinstance(value, list | tuple):
            for item in value:
                self._collect(item, place)
        elif value is not None:
            self._values.setdefault(place, []).append(value)

    def _record(self, kind: RecordType, place: str, share: float, given: Mapping[str, Any]) -> Any:
        drawn = dict(given)
        for name, field in kind.fields.items():
            if name in ("format", "call", OPEN) or (share < 1 and self._random.random() > share):
                continue
            value = self._value(field.type, f"{place}/{name}", share, given.get(name))
            if value is not None:
                drawn[name] = value
        return drawn

    def _value(self, kind: Type, place: str, share: float, given: Any) -> Any:
        if isinstance(kind, RecordType):
            return self._record(kind, place, share, given if isinstance(given, Mapping) else {})
        if isinstance(kind, ListType):
            return self._list(kind.item, place, share, given)
        return self._leaf(kind, place) if given is None else given

    def _list(self, kind: Type, place: str, share: float, given: Any) -> Any:
        items = list(given) if isinstance(given, list) else []
        if not isinstance(given, list) or place in self._open:
            # Any other list that is there is complete; only the fields of its items can be missing.
            most = DEFAULT_BOUNDS.get(place.removeprefix("/"), OTHER_BOUND)
            items += [None] * self._random.randint(0, most)
        drawn = [self._value(kind, f"{place}/{at}", share, item) for at, item in enumerate(items)]
        return [item for item in drawn if item is not None]

    def _leaf(self, kind: Type, place: str) -> Any:
        known = self._values.get(question_of(place))
        if known and self._random.random() < 0.7:
            value = self._random.choice(known)
            return str(value) if kind == DATE or isinstance(kind, NumberType) else value
        if kind == BOOLEAN:
            return self._random.random() < 0.5
        if kind == DATE:
            return (
                f"{self._random.randint(2015, 2026)}-{self._random.randint(1, 12):02}-{self._random.randint(1, 28):02}"
            )
        if isinstance(kind, TextType):
            return self._random.choice(sorted(kind.codes)) if kind.codes else f"Text {self._random.randint(1, 3)}"
        if isinstance(kind, NumberType) and kind.unit == "months":
            return self._random.randint(0, 60)
        if isinstance(kind, NumberType) and kind.unit == "EUR":
            return f"{self._random.randint(0, 20_000_000_00) / 100:.2f}"
        return str(self._random.randint(0, 40)) if isinstance(kind, NumberType) else None


def _lists_in(value: object, place: str = "") -> Iterator[str]:
    """The pointers of the lists in a draft."""
    if isinstance(value, list):
        yield place
    members = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for name, member in members:
        yield from _lists_in(member, f"{place}/{name}")


def compare(drafts: int, seed: int, *, most_rules: int | None = None, blind: bool = False) -> Certainty:
    """Compare the solver with check on so many drafts of all calls in turn.

    ``most_rules`` is how many rules of each draft are looked at, drawn at random; all of them unless given. A ``blind``
    comparison takes every rule for one that never fails: it must find contradictions.
    """
    drawn = random.Random(seed)
    checkers = [Checker(load_call(call_id)) for call_id in sorted(list_calls())]
    makers = [Drafts(checker, drawn) for checker in checkers]
    found = Certainty()
    for number in range(drafts):
        checker, maker = checkers[number % len(checkers)], makers[number % len(checkers)]
        _compare_one(checker, maker, drawn, most_rules, found, blind=blind)
    return found


def _compare_one(
    checker: Checker, maker: Drafts, drawn: random.Random, most_rules: int | None, found: Certainty, *, blind: bool
) -> None:
    draft = maker.draft()
    try:
        answers = answers_from(draft)
    except MistakenProposalError:
        found["not proposals"] += 1
        return
    encoded = [rule.id for rule in checker.call.rules if not rule.manual]
    chosen = encoded if most_rules is None else drawn.sample(encoded, min(most_rules, len(encoded)))
    prover = Prover(checker, answers, timeout=TIMEOUT, only_blocking=False, only=frozenset(chosen))
    ids = [rule.id for rule in checker.call.rules]
    now = dict(zip(ids, checker.statuses(answers), strict=True))
    completions = list(_completed(checker, maker, draft, ids))
    found["drafts"] += 1
    found["with open lists"] += OPEN in draft
    found["completions"] += len(completions)
    more_certain = False
    solver = prover.solver()
    judged: dict[str, Any] = {"call": checker.call.id, "draft": draft, "rules": {}}
    found.judged.append(judged)
    for name, rule in prover.rules.items():
        possible = _possible(solver, rule, found) - ({Status.FAIL} if blind else set())
        found["rules"] += 1
        judged["rules"][name] = {"now": now[name], "possible": sorted(possible)}
        seen = {statuses[name] for statuses in completions} | ({now[name]} & set(DECIDED))
        if not seen & set(DECIDED) <= possible:
            said = f"{checker.call.id} {name}: {sorted(seen)} seen, {sorted(possible)} possible: {draft}"
            found.contradictions.append(said)
        certain, decided = len(_sides(possible)) == 1, now[name] in DECIDED
        found["certain to check"] += decided
        found["certain to the solver only"] += certain and now[name] is Status.UNDECIDED
        found["certain to check only"] += decided and not certain
        more_certain |= certain and now[name] is Status.UNDECIDED
    found["drafts more certain"] += more_certain


def _sides(possible: set[Status]) -> set[Status]:
    """A rule that is met or does not apply asks nothing more: these two count as one."""
    return {Status.PASS if status is Status.NOT_APPLICABLE else status for status in possible}


def _completed(
    checker: Checker, maker: Drafts, draft: Mapping[str, Any], ids: list[str]
) -> Iterator[dict[str, Status]]:
    for _ in range(COMPLETIONS):
        try:
            answers = answers_from(maker.completion(draft))
        except MistakenProposalError:
            continue
        yield dict(zip(ids, checker.statuses(answers), strict=True))


def _possible(solver: z3.Solver, rule: EncodedRule, found: Certainty) -> set[Status]:
    """The statuses that the solver does not exclude; what it does not know in time, it does not exclude."""
    possible = set()
    for status, condition in (
        (Status.FAIL, rule.fails),
        (Status.REVIEW, rule.review),
        (Status.PASS, z3.And(rule.applies, rule.passes)),
        (Status.NOT_APPLICABLE, z3.Not(rule.applies)),
    ):
        outcome = solver.check(condition)
        found["not known"] += outcome == z3.unknown
        if outcome != z3.unsat:
            possible.add(status)
    return possible


def section(found: Certainty, seconds: float) -> str:
    """What came out, as a section of the results."""
    rows = (
        ("drafts", f"{found['drafts']} ({found['with open lists']} with open lists)"),
        ("results of rules", found["rules"]),
        ("drafts filled in at random, and checked", found["completions"]),
        ("contradictions", len(found.contradictions)),
        ("results that check calls certain", found["certain to check"]),
        (
            "results that are certain to the solver, and undecided to check",
            f"{found['certain to the solver only']} in {found['drafts more certain']} drafts",
        ),
        ("results that are certain to check, and not to the solver", found["certain to check only"]),
        ("statuses that the solver did not know in time", found["not known"]),
    )
    lines = (
        HEADING,
        "",
        f"`make certainty`: random drafts of all calls, {seconds / 60:.0f} minutes of processor time.",
        "",
        "| what | number |",
        "| --- | ---: |",
        *(f"| {name} | {number} |" for name, number in rows),
    )
    return "\n".join([*lines, ""])


def kept_section(page: Path) -> str:
    """The section of the last comparison, at the end of a page with results; empty where there is none."""
    _, heading, rest = page.read_text(encoding="utf-8").partition(f"\n{HEADING}\n")
    return heading + rest


def main() -> None:
    """Compare as many drafts as asked for, a hundred at a time, and say what came out."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.certainty", description=__doc__)
    parser.add_argument("drafts", type=int, nargs="?", default=20_000)
    parser.add_argument("--keep", type=Path, help="write every draft, and what was said of it, as JSON Lines")
    parser.add_argument("--write", action="store_true", help=f"write {RESULTS.name} too")
    options = parser.parse_args()
    begun, whole = process_time(), Certainty()
    with options.keep.open("w", encoding="utf-8") if options.keep else nullcontext() as kept:
        for number in range(0, options.drafts, 100):
            part = compare(min(100, options.drafts - number), seed=number, most_rules=4)
            whole.update(part)
            whole.contradictions += part.contradictions
            if kept is not None:
                kept.writelines(json.dumps(one) + "\n" for one in part.judged)
            if number % 500 == 400:
                print(f"{process_time() - begun:.0f} s: {whole}", flush=True)
    for contradiction in whole.contradictions[:20]:
        print(contradiction)
    print(f"{process_time() - begun:.0f} s of processor time. {whole}")
    if options.write:
        page = RESULTS.read_text(encoding="utf-8").removesuffix(kept_section(RESULTS))
        RESULTS.write_text(f"{page}\n{section(whole, process_time() - begun)}", encoding="utf-8")
    sys.exit(1 if whole.contradictions else 0)


if __name__ == "__main__":
    main()
