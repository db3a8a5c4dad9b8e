"""``mpfcheck calls`` and ``mpfcheck rules``: what the calls say, for people, and what is wrong with rule files."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mpfcheck.forms.load import shipped_forms
from mpfcheck.packs.find import list_calls, shipped_rules
from mpfcheck.packs.load import load_call
from mpfcheck.report.paragraph import columns
from tests.cli.conftest import CALL, SMALL_RULES, Cli

RULES = [rule.id for rule in load_call(CALL).rules]


def test_calls_are_listed_with_version_and_day(cli: Cli) -> None:
    ended = cli("calls")

    assert ended.code == 0
    assert f"{CALL}\n  Migration Partnership Facility" in ended.out
    assert f"Version {load_call(CALL).version}, {len(RULES)} rules, values as of 2023-12-07." in ended.out
    assert [line for line in ended.out.splitlines() if line[:1].strip()] == list(list_calls())


def test_a_broken_call_does_not_hide_the_others(cli: Cli, pack: Callable[..., Path]) -> None:
    ended = cli("calls", "--rules", pack(size="- id: SIZE-1\n"))

    assert ended.code == 4
    assert CALL in ended.out
    assert "small-call" in ended.err
    assert "size.yaml:1:" in ended.err


@pytest.mark.parametrize(("arguments", "calls"), [((), list_calls()), ((CALL,), (CALL,))])
def test_every_rule_is_listed_in_order(cli: Cli, arguments: tuple[str, ...], calls: tuple[str, ...]) -> None:
    lines = cli("rules", "list", *arguments).out.splitlines()

    assert [line.split()[0] for line in lines if line[2:3].isupper()] == [
        rule.id for call in calls for rule in load_call(call).rules
    ]
    assert all(columns(line) <= 80 for line in lines)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_can_be_shown(cli: Cli, rule: str) -> None:
    ended = cli("rules", "show", rule, "--call", CALL)
    overlong = [line for line in ended.out.splitlines() if columns(line) > 80 and "http" not in line]

    assert ended.code == 0
    assert ended.out.startswith(f"{rule}  ")
    assert "Sources\n" in ended.out
    assert "Authority: " in ended.out
    assert "Examples (each is a test)\n" in ended.out
    assert not overlong


def test_a_rule_is_shown_with_its_condition_its_words_and_what_contradicts_it(cli: Cli) -> None:
    out = cli("rules", "show", "budget-1", "--call", CALL).out

    assert "    budget.total >= minimum_total_budget\n" in out
    assert "Required: the total budget is at least the minimum total budget.\n" in out
    assert "EUR 200 000.00 from 2023-03-10" in out
    assert "Contradicts this rule: it gives 200 000 as the minimum grant." in " ".join(out.split())
    assert "never used for blocking rules" in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("show", "BUDGT-1"), 'Did you mean "BUDGET-1"?'),
        (("show", "NOTHING-LIKE-IT"), "The rules are: "),
        (("show", "BUDGET-1", "--call", "mpf-2023"), "There is no call mpf-2023."),
        (("list", "mpf-2023-border-security"), f'Did you mean "{CALL}"?'),
        (("lint", "nowhere"), "There is no call and no folder nowhere."),
        (("lst",), "Did you mean 'list'?"),
    ],
)
def test_what_is_not_there_is_told_with_what_is(cli: Cli, arguments: tuple[str, ...], said: str) -> None:
    ended = cli("rules", *arguments)

    assert ended.code == 2
    assert said in ended.err


def test_a_rule_of_several_calls_must_be_chosen(cli: Cli, pack: Callable[..., Path]) -> None:
    folder = pack()
    twin = folder / "twin-call"
    twin.mkdir()
    for file in (folder / "small-call").iterdir():
        text = file.read_text(encoding="utf-8").replace("small-call", "twin-call")
        (twin / file.name).write_text(text, encoding="utf-8")

    ended = cli("rules", "show", "SIZE-1", "--rules", folder)
    chosen = cli("rules", "show", "SIZE-1", "--call", "twin-call", "--rules", folder)

    assert ended.code == 2
    assert "Choose one with --call: small-call, twin-call." in ended.err
    assert chosen.code == 0


def test_the_shipped_calls_are_without_errors(cli: Cli) -> None:
    ended = cli("rules", "lint")

    assert ended.code == 0, ended.out
    assert f"{CALL}: " in ended.err


def test_mistakes_are_told_with_file_line_and_column(
    cli: Cli, pack: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = (
        "- id: SIZE-1\n  title: The total is large enough\n  severity: blocking\n"
        '  require: budget.totl >= smallest_total\n  message: "No."\n'
        '  source: {document: guidelines, section: "1"}\n'
        "  examples:\n    - {given: {}, expect: pass}\n    - {given: {}, expect: fail}\n"
    )
    folder = pack(size=rules)
    monkeypatch.chdir(tmp_path)

    for target in (str(folder), str(folder / "small-call")):
        ended = cli("rules", "lint", target)
        assert ended.code == 4
        assert f"{Path('packs/small-call/size.yaml')}:4:" in ended.out
        assert "total" in ended.out
    assert cli("rules", "lint", "small-call", "--rules", folder).code == 4


def test_programs_get_the_findings_as_json(
    cli: Cli, pack: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pack(size=SMALL_RULES.replace("budget.total >= smallest_total", "budget.total == smallest_total"))
    monkeypatch.chdir(tmp_path)
    ended = cli("rules", "lint", folder, "--format", "json")
    (call,) = ended.json()["calls"]

    assert ended.code == 4
    assert (ended.json()["format"], call["call"]) == ("mpfcheck-pack-lint/1", "small-call")
    assert call["findings"] == [
        {
            "rule": "SIZE-1",
            "file": str(Path("packs/small-call/size.yaml")),
            "line": 4,
            "column": 26,
            "severity": "error",
            "message": "Expected a value or a name, found '='.",
            "hint": "Write one equals sign: `=`.",
        }
    ]


def test_a_folder_without_a_call_is_said(cli: Cli, tmp_path: Path) -> None:
    ended = cli("rules", "lint", tmp_path)

    assert ended.code == 2
    assert "A call is a folder with a call.yaml file" in ended.err.replace("\n", " ")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("field: fund", "field: fond", 'A proposal has no field "fond". Did you mean "fund"?'),
        ("pages:", "pagess:", 'The form has no entry "pagess". Did you mean "pages"?'),
        ("pages:", "pages: [", "This is not YAML"),
    ],
)
def test_lint_looks_at_the_form_of_a_call_too(cli: Cli, tmp_path: Path, old: str, new: str, said: str) -> None:
    for name in (CALL, "codelists"):
        shutil.copytree(shipped_rules() / name, tmp_path / name)
    form = (shipped_forms() / f"{CALL}.yaml").read_text(encoding="utf-8")
    (tmp_path / CALL / "form.yaml").write_text(form.replace(old, new, 1), encoding="utf-8")
    ended = cli("rules", "lint", tmp_path / CALL)

    assert ended.code == 4
    assert said in ended.out
    assert "form.yaml:" in ended.out
