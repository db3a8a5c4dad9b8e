"""``mpfcheck rules test``: what a call officer is told of the examples in rule files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mpfcheck.packs.find import list_calls
from tests.cli.conftest import CALL, SMALL_RULES, Cli

UNDECIDED = "    - {given: {}, expect: undecided}\n"


def test_the_shipped_calls_hold_and_lack_nothing(cli: Cli) -> None:
    ended = cli("rules", "test")

    assert ended.code == 0, ended.out
    assert ended.out.count("all passed.") == len(list_calls())
    assert f"{CALL}, version " in ended.out


def test_a_rule_that_was_changed_is_told_by_the_example_it_breaks(
    cli: Cli, pack: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pack(size=SMALL_RULES.replace(">=", ">") + UNDECIDED)
    monkeypatch.chdir(tmp_path)
    ended = cli("rules", "test", folder)

    assert ended.code == 4
    assert "✗ SIZE-1  The total is large enough\n" in ended.out
    assert f"{Path('packs/small-call/size.yaml')}:9:7\n" in ended.out
    assert 'Example 1 expects "pass", but the rule says "fail".' in ended.out
    assert "Message: The total is EUR 1 000.00, less than EUR 1 000.00." in ended.out
    assert "require: budget.total > smallest_total → no" in ended.out
    assert "3 examples of 1 rule: 2 passed, 1 failed." in ended.out


def test_what_is_lacking_is_a_finding(cli: Cli, pack: Callable[..., Path]) -> None:
    ended = cli("rules", "test", "small-call", "--rules", pack())

    assert ended.code == 1
    assert 'SIZE-1  No example expects "undecided". Add a small proposal that shows it.' in ended.out
    assert "1 rule needs more examples." in ended.out


def test_programs_get_the_same_as_json(cli: Cli, pack: Callable[..., Path]) -> None:
    ended = cli("rules", "test", pack(size=SMALL_RULES.replace("999.99", "1000")), "--format", "json")
    (call,) = ended.json()["calls"]
    (failed,) = call["examples"].pop("failed")

    assert ended.code == 4
    assert ended.json()["format"] == "mpfcheck-pack-test/1"
    assert call["call"]["id"] == "small-call"
    assert call["examples"] == {"run": 2, "held": 1, "compiled": 2}
    assert call["lacking"] == [{"rule": "SIZE-1", "file": "size.yaml", "line": 1, "column": 3, "kinds": ["undecided"]}]
    assert (failed["rule"], failed["example"], failed["line"]) == ("SIZE-1", 2, 10)
    assert (failed["expected"], failed["said"], failed["compiled"]) == ("fail", "pass", "pass")


def test_one_rule_can_be_tried_alone(cli: Cli) -> None:
    ended = cli("rules", "test", "--rule", "budget-1", "--rule", "POT-2")

    assert ended.code == 0
    assert "of 2 rules: all passed." in ended.out


def test_a_pack_that_cannot_be_read_does_not_hide_the_others(cli: Cli, pack: Callable[..., Path]) -> None:
    ended = cli("rules", "test", "--rules", pack(size="- id: SIZE-1\n"))

    assert ended.code == 4
    assert "size.yaml:1:" in ended.err
    assert f"{CALL}, version " in ended.out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere",), "There is no call and no folder nowhere."),
        (("--rule", "BUDGT-1"), 'Did you mean "BUDGET-1"?'),
        (("--rule", "X-99", CALL), "The rules are: "),
    ],
)
def test_what_is_not_there_is_told_with_what_is(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    ended = cli("rules", "test", *arguments)

    assert ended.code == 2
    assert said in ended.err


def test_what_the_examples_leave_untried_is_shown(
    cli: Cli, pack: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = SMALL_RULES.replace("{total: 999.99}}", "{total: 999.99}, fund: B}") + UNDECIDED
    folder = pack(size=rule.replace("budget.total >= smallest_total", 'budget.total >= smallest_total or fund = "A"'))
    monkeypatch.chdir(tmp_path)
    ended = cli("rules", "test", folder, "--coverage", "--mutate")

    assert ended.code == 1
    assert "3 examples of 1 rule: all passed." in ended.out
    assert "✗ SIZE-1\n" in ended.out
    assert f"{Path('packs/small-call/size.yaml')}:4:46\n" in ended.out
    assert 'require: `fund = "A"` is true in no example.' in ended.out
    assert "of the 6 ways in which parts of conditions can be true or false" in " ".join(ended.out.split())
    assert 'require: `fund = "A"` left out.' in ended.out
    assert "Changes: of 9 small changes" in ended.out


def test_coverage_and_changes_as_json(cli: Cli, pack: Callable[..., Path]) -> None:
    folder = pack(size=SMALL_RULES + UNDECIDED)
    (call,) = cli("rules", "test", folder, "--coverage", "--mutate", "--format", "json").json()["calls"]

    assert call["coverage"] == {"ways": 2, "shown": 2, "undecided": []}
    assert call["mutation"] == {"tried": 4, "noticed": 4, "unnoticed": [], "equivalent": [], "outdated": []}
    (call,) = cli("rules", "test", pack(), "--mutate", "--format", "json").json()["calls"]
    assert "coverage" not in call


def test_changes_that_change_nothing_are_shown_with_their_reason(cli: Cli) -> None:
    ended = cli("rules", "test", CALL, "--mutate")

    assert ended.code == 0, ended.out
    assert "- horn_of_africa  EG left out of the candidates\n" in ended.out
    assert "members of the Southern Neighbourhood" in ended.out


def test_nothing_is_tried_on_rules_whose_examples_do_not_hold(cli: Cli, pack: Callable[..., Path]) -> None:
    ended = cli("rules", "test", pack(size=SMALL_RULES.replace(">=", ">")), "--mutate", "--coverage")

    assert ended.code == 4
    assert "Changes: " not in ended.out


def test_values_of_one_answer_that_fail_alike_are_told_together(cli: Cli, pack: Callable[..., Path]) -> None:
    rule = SMALL_RULES.replace(
        "{given: {budget: {total: 1000}},", "{given: {budget: {total: 1}}, likewise: {budget.total: [2, 3]},"
    )
    ended = cli("rules", "test", pack(size=rule))

    assert ended.code == 4
    assert ended.out.count("Example 1 ") == 1
    assert "The same with budget.total: 2; budget.total: 3.\n" in ended.out
    assert "4 examples of 1 rule: 1 passed, 3 failed." in ended.out


def test_watching_runs_what_changed_again_until_ctrl_c(
    cli: Cli, pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pack(size=SMALL_RULES + UNDECIDED)
    (rules,) = folder.rglob("size.yaml")
    good = rules.read_text(encoding="utf-8")
    steps = iter(
        [
            lambda: rules.write_text(good.replace(">=", ">"), encoding="utf-8"),
            lambda: None,
            lambda: rules.write_text("- id: [", encoding="utf-8"),
            lambda: None,
            lambda: rules.unlink(),
            lambda: None,
            lambda: rules.write_text(good, encoding="utf-8"),
            lambda: None,
        ]
    )

    def wait(_: float) -> None:
        try:
            next(steps)()
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("mpfcheck.cli.rule_files.sleep", wait)
    ended = cli("rules", "test", folder, "--watch")

    assert ended.code == 0
    assert ended.err.count("Changed: small-call") == 4
    assert 'Example 1 expects "pass", but the rule says "fail".' in ended.out
    assert "size.yaml:2:1: This is not YAML" in ended.err
    assert 'There is no rule file "size.yaml".' in ended.err
    assert ended.out.count("all passed.") == 2
    assert ended.err.endswith("Stopped.\n")


def test_watching_ends_with_the_code_of_the_last_run_and_stays_while_a_rule_is_renamed(
    cli: Cli, pack: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pack(size=SMALL_RULES + UNDECIDED)
    (rules,) = folder.rglob("size.yaml")
    steps = iter([lambda: rules.write_text(SMALL_RULES.replace("SIZE-1", "SIZE-2"), encoding="utf-8"), lambda: None])

    def wait(_: float) -> None:
        try:
            next(steps)()
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr("mpfcheck.cli.rule_files.sleep", wait)
    ended = cli("rules", "test", folder, "--rule", "SIZE-1", "--watch")

    assert ended.code == 2
    assert "There is no rule SIZE-1." in ended.err
    assert ended.err.endswith("Stopped.\n")


def test_watching_is_for_people(cli: Cli) -> None:
    ended = cli("rules", "test", "--watch", "--format", "json")

    assert ended.code == 2
    assert "--watch writes text for people." in ended.err
