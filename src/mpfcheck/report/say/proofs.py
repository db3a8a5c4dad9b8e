"""The blocks about proofs of rules: each answer with the proposal that shows it, and proposals at a boundary."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from mpfcheck.json_codec import json_text
from mpfcheck.proving.proofs import Boundary, Outcome, Proof
from mpfcheck.report.blocks import Block, Code, Detail, Entry, Listing, Mark, Section, Title

if TYPE_CHECKING:
    from mpfcheck.packs.call import Call

__all__ = [
    "boundaries_as_json",
    "boundaries_as_yaml",
    "boundary_blocks",
    "changed_verdicts",
    "proof_blocks",
    "proofs_as_json",
]

MARKS = {Outcome.GOOD: Mark.GOOD, Outcome.BAD: Mark.BAD, Outcome.UNKNOWN: Mark.OPEN, Outcome.NOTE: Mark.APART}
STATES = {Outcome.GOOD: "proven", Outcome.BAD: "found", Outcome.UNKNOWN: "not known", Outcome.NOTE: "note"}
"""How a proof came out, in words, where a mark cannot be seen."""


def proof_blocks(call: Call, proofs: Iterable[Proof], *, examples: bool = False) -> Iterator[Block]:
    """The answer of each proof, as soon as it is there; with ``examples`` also the proposals behind good answers."""
    yield Title(f"{call.id}, version {call.version}", call.title)
    for proof in proofs:
        yield _answer(proof, MARKS[proof.outcome], example=examples or proof.outcome in (Outcome.BAD, Outcome.UNKNOWN))


def changed_verdicts(proofs: Iterable[Proof]) -> Section:
    """Whether a proposal loses or wins by a new version of the rules, each with an example: news, and not a fault."""
    marks = MARKS | {Outcome.BAD: Mark.LOOK}
    return Section("Whose verdict changes", [_answer(proof, marks[proof.outcome], example=True) for proof in proofs])


def _answer(proof: Proof, mark: Mark, *, example: bool) -> Listing:
    details = _example(proof.example) if example and proof.example is not None else ()
    return Listing((Entry(mark, proof.message, state=STATES[proof.outcome], details=details),))


def _example(proposal: object) -> tuple[Detail, ...]:
    return (Detail((Code(json_text(proposal)),), "Example"),)


def proofs_as_json(call: Call, against: Call | None, proofs: Iterable[Proof]) -> str:
    """The proofs about a call as one JSON object; ``against`` is the version it is compared with."""
    return json_text(
        {
            "format": "mpfcheck-proofs/1",
            "call": _reference(call),
            "against": None if against is None else _reference(against),
            "proofs": [
                {
                    "question": proof.question,
                    "outcome": STATES[proof.outcome],
                    "message": proof.message,
                    "rules": list(proof.rules),
                    "example": proof.example,
                }
                for proof in proofs
            ],
        }
    )


def _reference(call: Call) -> dict[str, str]:
    return {"id": call.id, "version": call.version, "sha256": call.sha256}


def boundary_blocks(rule_id: str, title: str, found: Iterable[Boundary]) -> Iterator[Block]:
    """The proposals just inside and just outside a rule."""
    yield Title(rule_id, title)
    marks = {"pass": Mark.GOOD, "fail": Mark.BAD, "review": Mark.JUDGE}
    yield Listing(
        [
            Entry(marks.get(one.status, Mark.APART), one.title, state=str(one.status), details=_example(one.proposal))
            for one in found
        ]
    )


def boundaries_as_yaml(found: Iterable[Boundary]) -> str:
    """The same as examples of a rule file."""
    return "".join(
        f"- title: {json_text(one.title)}\n  given: {json_text(one.proposal)}\n  expect: {one.status}\n"
        for one in found
    )


def boundaries_as_json(call: Call, rule_id: str, found: Iterable[Boundary]) -> str:
    """The same as one JSON object."""
    cases = [{"title": one.title, "given": one.proposal, "expect": one.status.value} for one in found]
    return json_text({"format": "mpfcheck-witnesses/1", "call": _reference(call), "rule": rule_id, "cases": cases})
