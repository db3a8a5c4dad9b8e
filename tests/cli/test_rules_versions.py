"""``mpfcheck rules versions``, ``lock`` and ``diff``, and old versions wherever a call is asked for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mpfcheck import extra
from tests.cli.conftest import SMALL_CALL, SMALL_RULES, Cli

NEW_CALL = SMALL_CALL.replace('version: "1"', 'version: "2"').replace("1000.00", "2000.00")
NEW_RULES = SMALL_RULES.replace("total: 1000}", "total: 2000}")
LOCK = ("rules", "lock", "small-call", "--reason", "The first version.", "--date", "2024-01-02", "--rules")


@pytest.fixture
def two(cli: Cli, pack: Callable[..., Path]) -> Path:
    """A call with a published version 1 and a draft 2, in the folder that holds it."""
    folder = pack()
    assert cli(*LOCK, folder).code == 0
    return pack(call=NEW_CALL, size=NEW_RULES)


def test_a_draft_is_locked_and_listed(cli: Cli, pack: Callable[..., Path]) -> None:
    folder = pack()
    assert "1  A draft, not yet published" in cli("rules", "versions", "small-call", "--rules", folder).out
    locked = cli(*LOCK, folder)

    assert locked.out.startswith("Locked small-call@1, published on 2024-01-02.\nSHA-256 ")
    shown = cli("rules", "versions", "small-call", "--rules", folder).out
    assert "1  Published on 2024-01-02. The first version." in shown
    assert "A draft" not in shown


def test_versions_of_every_call_are_listed(cli: Cli, two: Path) -> None:
    out = cli("rules", "versions", "--rules", two).out

    assert "small-call\n  ? 2  A draft, not yet published. It may still change.\n  ✓ 1  Published on 2024-01-02." in out
    assert "mpf-2023-borders-security\n" in out


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"size": SMALL_RULES.replace("total: 1000}", "total: 10}")}, "Examples do not hold. See mpfcheck rules test"),
        ({"size": SMALL_RULES.rsplit("\n    -", 1)[0] + "\n"}, "Lint finds errors. See mpfcheck rules lint"),
        ({"size": SMALL_RULES.replace("budget.total >=", "budget.totl >=")}, "`budget` has no field `totl`"),
    ],
)
def test_what_is_not_sound_is_not_locked(cli: Cli, pack: Callable[..., Path], files: dict[str, str], said: str) -> None:
    folder = pack(**files)
    ended = cli(*LOCK, folder)

    assert ended.code == 4
    assert said in ended.err
    assert not (folder / "small-call" / "versions").exists()


def test_a_locked_version_that_was_edited_is_not_locked_again(cli: Cli, pack: Callable[..., Path]) -> None:
    assert cli(*LOCK, pack()).code == 0
    ended = cli(*LOCK, pack(size=SMALL_RULES.replace("Raise it", "Lift it")))

    assert ended.code == 4
    assert "the files have changed since. Give them a new version in call.yaml" in ended.err
    shown = cli("rules", "versions", "small-call", "--rules", pack()).out
    assert "Published on 2024-01-02" in shown


def test_several_calls_are_not_locked_at_once(cli: Cli, two: Path) -> None:
    (two / "other").mkdir()
    (two / "other" / "call.yaml").write_text(SMALL_CALL.replace("small-call", "other"), encoding="utf-8")
    ended = cli("rules", "lock", two, "--reason", "x")

    assert ended.code == 2
    assert "Choose one: other, small-call." in ended.err


@pytest.mark.parametrize("names", [("small-call@1", "small-call@2"), ("small-call@1", "small-call"), ("small-call@1",)])
def test_the_difference_is_said_in_words(
    cli: Cli, two: Path, names: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda name: None)
    ended = cli("rules", "diff", *names, "--rules", two)

    assert ended.code == 0
    assert ended.out == (
        "small-call: from version 1 to version 2\n"
        "  Version 1: published on 2024-01-02: The first version.\n"
        "  Version 2: a draft, not yet published.\n"
        "Verdicts may change: rules, limits or lists have changed.\n"
        "\nLimits\n"
        "  ~ smallest_total  The smallest total\n"
        "      The value has changed. It decides SIZE-1.\n"
        "      before: EUR 1 000.00 from 2024-01-01\n"
        "      now: EUR 2 000.00 from 2024-01-01\n"
        "\nExamples\n"
        "  ~ SIZE-1  The total is large enough\n"
        "      1 example added, 1 removed.\n"
        "\nWhose verdict changes\n"
        "Showing who loses and who wins by the change needs more libraries. To install\n"
        "them, type in the folder of mpfcheck: "
        'pip install ".[prove]"\n'
    )


def test_with_the_solver_the_difference_names_who_loses_and_proves_that_nobody_wins(cli: Cli, two: Path) -> None:
    out = cli("rules", "diff", "small-call@1", "--rules", two).out
    proofs = " ".join(out[out.index("Whose verdict changes") :].split())

    assert proofs.startswith("Whose verdict changes ! This proposal is no longer eligible. The rules: SIZE-1. Example:")
    assert '"total": "1' in proofs
    assert proofs.endswith("✓ No other proposal is eligible now.")


def test_the_difference_of_a_version_from_itself_is_nothing(cli: Cli, two: Path) -> None:
    out = cli("rules", "diff", "small-call@1", "small-call@1", "--rules", two).out

    assert out.endswith("  Version 1: published on 2024-01-02: The first version.\nNothing has changed.\n")


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (("small-call@3",), 'There is no version small-call@3. Did you mean "small-call@'),
        (("smal-call@1",), 'There is no call smal-call. Did you mean "small-call"?'),
        (("small-call",), "Version 2 of small-call is the current one. Compare it with one of: small-call@1."),
        (("small-call@2",), "Version 2 of small-call is the current one. Compare it with one of: small-call@1."),
        (("small-call@1", "mpf-2023-borders-security"), "are two calls. Compare two versions of one call."),
    ],
)
def test_wrong_names_are_told(cli: Cli, two: Path, names: tuple[str, ...], said: str) -> None:
    ended = cli("rules", "diff", *names, "--rules", two)

    assert ended.code == 2
    assert said in " ".join(ended.err.split())


def test_a_proposal_is_checked_by_an_old_version_and_the_report_says_so(
    cli: Cli, two: Path, write: Callable[..., str]
) -> None:
    proposal = write({"call": "small-call", "budget": {"total": 1500}})

    today = cli("check", proposal, "--rules", two)
    then = cli("check", proposal, "--rules", two, "--call", "small-call@1", "--format", "json")
    assert today.code == 1
    assert then.code == 0
    assert then.json()["reports"][0]["call"]["version"] == "1"


def test_by_which_version_it_is_checked_is_not_for_a_proposal_to_say(
    cli: Cli, two: Path, write: Callable[..., str]
) -> None:
    ended = cli("check", write({"call": "small-call@1", "budget": {"total": 1500}}), "--rules", two)

    assert ended.code == 3
    assert '"small-call@1"' in ended.out


def test_a_report_by_an_old_version_is_verified_by_that_version(
    cli: Cli, pack: Callable[..., Path], write: Callable[..., str], tmp_path: Path
) -> None:
    folder = pack()
    proposal = write([{"call": "small-call", "budget": {"total": 1500}}][0])
    assert cli("check", proposal, "--rules", folder, "--format", "json", "--output", tmp_path / "report.json").code == 0
    assert cli(*LOCK, folder).code == 0
    pack(call=NEW_CALL, size=NEW_RULES)

    ended = cli("verify", tmp_path / "report.json", proposal, "--rules", folder)
    assert ended.out.startswith("THE SAME"), ended


def test_two_proposals_are_reported_together_by_an_old_version(cli: Cli, two: Path, write: Callable[..., str]) -> None:
    paths = [write({"call": "small-call", "budget": {"total": total}}, f"{total}.json") for total in (1500, 10)]
    ended = cli("check", *paths, "--rules", two, "--call", "small-call@1", "--format", "json")

    assert ended.code == 1
    assert [one["verdict"] for one in ended.json()["reports"]] == ["eligible", "ineligible"]


def test_a_rule_of_an_old_version_is_shown(cli: Cli, two: Path) -> None:
    shown = cli("rules", "show", "SIZE-1", "--call", "small-call@1", "--rules", two)

    assert "EUR 1 000.00 from 2024-01-01" in shown.out


FORM = """\
form: small-call
title: A small call
pages:
  - id: money
    title: Money
    questions:
      - field: budget.total
        ask: What does it cost?
"""


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (FORM.replace("What does it cost?", "How much?"), "  ~ budget.total\n"),
        (FORM + "        hint: In EUR.\n", "  ~ budget.total\n"),
        (FORM + '        show when: lead.kind = "ngo"\n', "  ~ budget.total\n"),
        (FORM + "      - field: title\n        ask: What is it called?\n", "  + title\n"),
        (FORM.replace("title: Money", "title: The money"), "  ~ money\n"),
        (None, "This version no longer has a form."),
    ],
)
def test_the_form_belongs_to_the_version(cli: Cli, pack: Callable[..., Path], changed: str | None, said: str) -> None:
    folder = pack()
    form = folder / "small-call" / "form.yaml"
    form.write_text(FORM, encoding="utf-8")
    assert cli(*LOCK, folder).code == 0
    (kept,) = (folder / "small-call" / "versions").glob("form.*.yaml")
    assert kept.read_text(encoding="utf-8") == FORM
    assert "differs now" not in cli("rules", "lint", "small-call", "--rules", folder).out
    form.unlink() if changed is None else form.write_text(changed, encoding="utf-8")

    linted = cli("rules", "lint", "small-call", "--rules", folder)
    assert linted.code == 4
    assert "Version 1 was locked on 2024-01-02, and differs now in form.yaml." in linted.out
    assert "CHANGED since it was published" in cli("rules", "versions", "small-call", "--rules", folder).out
    difference = cli("rules", "diff", "small-call@1", "--rules", folder).out
    assert "No verdict can change" in difference
    assert said in difference.partition("The form\n")[2]
