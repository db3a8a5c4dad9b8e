"""``mpfcheck outlook`` and ``check --outlook``: what is certain already, and the smallest change that would do."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest

from mpfcheck import extra
from mpfcheck.proving import proofs as proving
from tests.cli.conftest import EXAMPLES, SMALL_RULES, Cli

Write = Callable[..., str]

CALL = "mpf-2023-borders-security"
TOO_MUCH = {"call": CALL, "financing": {"grant_requested": "12000000.00"}}
LIMITS = "No fund allows EUR 12 000 000.00 (financing, grant requested)."


@pytest.fixture
def draft(write: Write) -> str:
    return write(json.dumps(TOO_MUCH))


def plain(text: str) -> str:
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def test_a_draft_that_no_answer_can_save_says_so_and_what_would(cli: Cli, draft: str) -> None:
    ended = cli("outlook", draft)

    assert ended.code == 1
    out = plain(ended.out)
    assert out.startswith("CANNOT BECOME ELIGIBLE")
    assert LIMITS in out
    assert "The most for each: BMVI EUR 3 900 000.00, ISF EUR 10 000 000.00." in out
    assert "Financing, grant requested: EUR 10 000 000.00 instead of EUR 12 000 000.00." in out


def test_an_eligible_proposal_and_one_that_can_become_eligible(cli: Cli, write: Write) -> None:
    done = cli("outlook", EXAMPLES / "eligible-lithuania-moldova.json")
    begun = cli("outlook", write(json.dumps({"call": "mpf-2023-borders-security", "fund": "ISF"})))

    assert (done.code, begun.code) == (0, 0)
    assert "This proposal is eligible already." in plain(done.out)
    assert "This proposal can still become eligible." in plain(begun.out)
    decide = plain(begun.out.partition("Questions that decide most")[2])
    assert "? /budget/total What does the whole project cost? Decides BUDGET-1" in decide
    assert "checked up to this number of items: " in decide
    assert "budget lines (4)" in decide


def test_longer_lists_are_looked_at_on_demand_and_named_in_words(cli: Cli, write: Write) -> None:
    outlook = cli("outlook", "--items", "6", write(json.dumps({"call": CALL, "fund": "ISF"})))
    against = ("--against", f"{CALL}@2023-12-07")
    proofs = [cli("rules", "prove", CALL, *against, *more).out for more in ((), ("--items", "6"))]

    lists = "budget lines (6), co-applicants (6), co-financing sources (6), target countries (6)."
    assert f"checked up to this number of items: {lists}" in plain(outlook.out)
    usual = lists.replace("(6)", "(3)").replace("lines (3)", "lines (4)")
    for out, lengths in zip(proofs, (usual, lists), strict=True):
        assert f"with at most this many items: {lengths}" in plain(out)


def test_the_report_says_it_too_and_can_be_made_again(cli: Cli, draft: str) -> None:
    ended = cli("check", draft, "--outlook", "--format", "json", "--output", "report.json")
    (report,) = json.loads(Path("report.json").read_text(encoding="utf-8"))["reports"]

    assert ended.code == 1
    assert report["verdict"] == "incomplete"
    assert report["outlook"]["eligible_possible"] is False
    assert report["outlook"]["because"] == ["FUND-1", "POT-1"]
    assert report["repair"] == [
        {"pointer": "/financing/grant_requested", "from": "12000000.00", "to": "10000000.00", "minimal": True}
    ]
    assert cli("verify", "report.json", draft).code == 0


def test_nobody_who_does_not_ask_gets_an_outlook(cli: Cli, draft: str) -> None:
    (report,) = cli("check", draft, "--format", "json").json()["reports"]

    assert (report["outlook"], report["repair"]) == (None, None)


@pytest.mark.parametrize(
    "arguments",
    [
        ("outlook", "FILE"),
        ("check", "FILE", "--outlook"),
        ("rules", "prove", "mpf-2023-borders-security"),
        ("rules", "witness", "mpf-2023-borders-security", "BUDGET-1"),
    ],
)
def test_without_the_solver_every_command_says_how_to_install_it(
    cli: Cli, draft: str, arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    ended = cli(*(draft if argument == "FILE" else argument for argument in arguments))

    assert ended.code == 2
    assert 'needs more libraries. To install them, type in the folder of mpfcheck: pip install ".[prove]"' in plain(
        ended.err
    )


def test_without_the_solver_everything_else_works(cli: Cli, draft: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)

    assert cli("check", draft).code == 1


def test_witnesses_look_at_lists_as_long_as_the_limit_of_a_rule(cli: Cli, pack: Callable[..., Path]) -> None:
    """Without ``--items`` at lists three times as long where that helps, as ``outlook`` and ``rules prove`` do."""
    looks = ((5, None, "pass fail"), (5, 5, "pass"), (5, 6, "pass fail"), (12, None, "pass"))
    for of, (most, items, statuses) in product(("co_applicants", "target_countries"), looks):
        more = () if items is None else ("--items", str(items))
        folder = pack(size=SMALL_RULES.replace("budget.total >= smallest_total", f"count({of}) <= {most}"))
        ended = cli("rules", "witness", "small-call", "SIZE-1", "--rules", folder, "--format", "json", *more)

        assert " ".join(case["expect"] for case in ended.json()["cases"]) == statuses


@pytest.mark.parametrize(
    ("format_name", "shown"),
    [
        ("yaml", '  given: {"budget": {"total": "199999.99"}}\n  expect: fail\n'),
        ("text", '✗ just outside: budget, total\n      Example: {"budget": {"total": "199999.99"}}'),
        ("markdown", "- **just outside: budget, total**: fail"),
        ("html", "199999.99"),
        (
            "json",
            '{"title": "just outside: budget, total", "given": {"budget": {"total": "199999.99"}}, "expect": "fail"}',
        ),
    ],
)
def test_proposals_at_a_boundary_are_written_in_every_format(cli: Cli, format_name: str, shown: str) -> None:
    ended = cli("rules", "witness", CALL, "BUDGET-1", "--format", format_name)

    assert shown in ended.out
    assert ended.code == 0


def test_proofs_say_the_same_in_every_format(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    proofs = [
        proving.Proof("eligible", proving.Outcome.GOOD, "A proposal can be eligible.", (), {"fund": "ISF"}),
        proving.Proof("alone", proving.Outcome.BAD, "A-1 never fails alone.", ("A-1",), {"fund": "BMVI"}),
        proving.Proof("apply", proving.Outcome.UNKNOWN, "We do not know whether B-1 applies.", ("B-1",)),
    ]
    monkeypatch.setattr(proving, "prove", lambda checker, bounds: iter(proofs))
    for format_name in ("text", "markdown", "html", "json"):
        ended = cli("rules", "prove", CALL, "--format", format_name)
        assert ended.code == 1, "something was found"
        assert all(proof.message in ended.out for proof in proofs), format_name
        assert "BMVI" in ended.out
        assert ("ISF" in ended.out) is (format_name == "json"), "what is as it should be shows no proposal unasked"
    assert [one["outcome"] for one in json.loads(ended.out)["proofs"]] == ["proven", "found", "not known"]
