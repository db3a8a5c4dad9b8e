"""A pack from who knows where can do no harm: no code, no files outside its folder, bounded size."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from mpfcheck.checking.checker import Checker
from mpfcheck.forms.load import load_form
from mpfcheck.packs import folder as pack_folder
from mpfcheck.packs.clause import load_clauses
from mpfcheck.packs.find import call_folders
from mpfcheck.packs.lint import lint
from mpfcheck.packs.load import load_pack
from mpfcheck.packs.mistake import PackError
from mpfcheck.packs.version import load_versions
from mpfcheck.proposal.answers import answers_from

PRIVATE = "private: do not show\n"

RULE = """\
- id: EVIL-1
  title: t
  severity: warning
  require: {}
  message: m
  source: {{document: notice, section: s}}
"""


@pytest.fixture
def away(tmp_path: Path) -> Path:
    """A file that is nobody's business."""
    file = tmp_path / "away" / "secret.yaml"
    file.parent.mkdir()
    file.write_text(PRIVATE, encoding="utf-8")
    return file


def with_rule(tiny: Path, condition: str) -> Path:
    """The small pack with one more rule."""
    (tiny / "money.yaml").write_text(
        (tiny / "money.yaml").read_text(encoding="utf-8") + RULE.format(condition), encoding="utf-8"
    )
    return tiny


def refused(read: Callable[[], object]) -> str:
    with pytest.raises(PackError) as error:
        read()
    return str(error.value)


@pytest.mark.parametrize(
    ("name", "read"),
    [
        ("call.yaml", load_pack),
        ("money.yaml", load_pack),
        ("codelists/neighbours.yaml", load_pack),
        ("annex.schema.json", load_pack),
        ("clauses.yaml", load_pack),
        ("clauses.yaml", lambda tiny: load_clauses(load_pack(tiny))),
        ("form.yaml", lambda tiny: load_form(load_pack(tiny))),
        ("versions.yaml", load_versions),
    ],
)
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_no_file_of_a_pack_leads_out_of_it_or_is_anything_but_a_file(
    tiny: Path, away: Path, name: str, read: Callable[[Path], object], kind: str
) -> None:
    file = tiny / name
    file.unlink(missing_ok=True)
    if kind == "link":
        file.symlink_to(away)
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.mkdir()
    if kind == "link":
        said = refused(lambda: read(tiny))
        assert "This link leads out of the pack's folder." in said
        assert "do not show" not in said
    else:
        # Such a thing is no file of the pack: it is as if it were not there, and nobody waits for a pipe.
        with suppress(PackError, LookupError):
            read(tiny)


@pytest.mark.parametrize("folder", ["codelists", "shared"])
def test_no_folder_of_a_pack_leads_out_of_it(tiny: Path, away: Path, folder: str) -> None:
    (away.parent / "neighbours.yaml").write_text(PRIVATE, encoding="utf-8")
    (tiny / folder).rename(tiny / "old") if (tiny / folder).exists() else None
    (tiny / folder).symlink_to(away.parent)
    if folder == "shared":
        call = tiny / "call.yaml"
        call.write_text(call.read_text().replace("rules: [", "rules: [shared/neighbours.yaml, "), encoding="utf-8")
    assert "This link leads out of the pack's folder." in refused(lambda: load_pack(tiny))


@pytest.mark.parametrize(
    "name", ["../away/secret.yaml", "/etc/passwd", "..", "shared/../../away/secret.yaml", "a/b.yaml"]
)
def test_no_name_of_a_rule_file_leads_out_of_the_folder(tiny: Path, away: Path, name: str) -> None:
    assert away.is_file()
    call = tiny / "call.yaml"
    call.write_text(call.read_text().replace("rules: [money.yaml", f"rules: [{name}"), encoding="utf-8")
    said = refused(lambda: load_pack(tiny))

    assert f'There is no rule file "{name}".' in said
    assert "do not show" not in said


@pytest.mark.parametrize("name", ["../away/secret", "/etc/passwd", "..", "Neighbours"])
def test_no_name_of_a_code_list_leads_out_of_the_folder(tiny: Path, away: Path, name: str) -> None:
    assert away.is_file()
    call = tiny / "call.yaml"
    call.write_text(call.read_text().replace("[neighbours]", f'[neighbours, "{name}"]'), encoding="utf-8")

    assert f'There is no code list "{name}".' in refused(lambda: load_pack(tiny))


def test_a_call_that_is_a_link_out_of_the_rules_is_passed_over(tiny: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    tiny.rename(elsewhere)
    (tmp_path / "rules" / "tiny").symlink_to(elsewhere)

    assert "tiny" not in call_folders([tmp_path / "rules"])


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x, x]\nb: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]\nc: [*b, *b, *b, *b, *b, *b, *b, *b, *b]\n",
        "&a [*a, *a]\n",
        "[" * 100_000,
        "{a: " * 50_000,
        "? " * 20_000 + "a",
        "- " * 50_000 + "a",
        "!!python/object/apply:os.system [touch harmed]\n",
        "!!python/name:os.system\n",
        "!<tag:yaml.org,2002:python/object/new:os.system> [touch harmed]\n",
        "%TAG ! tag:yaml.org,2002:\n--- !python/object:os.system {}\n",
        "x" * 1_000_001,
    ],
    ids=lambda text: text[:12],
)
@pytest.mark.parametrize(
    "name", ["call.yaml", "money.yaml", "codelists/neighbours.yaml", "clauses.yaml", "versions.yaml"]
)
def test_yaml_that_means_harm_is_refused_with_its_place(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tiny / name).write_text(text, encoding="utf-8")
    findings = lint(tiny)

    assert any(finding.place.file == name for finding in findings), findings
    assert not (tmp_path / "harmed").exists()


def test_many_large_files_are_refused_before_they_are_read(tiny: Path) -> None:
    for number in range(5):
        comment = "# " + "x" * 70 + "\n"
        (tiny / f"large-{number}.yaml").write_text(comment * 13_000 + "[]\n", encoding="utf-8")
    call = tiny / "call.yaml"
    listed = ", ".join(f"large-{number}.yaml" for number in range(5))
    call.write_text(call.read_text().replace("rules: [", f"rules: [{listed}, "), encoding="utf-8")

    assert f"have more than {pack_folder.MAX_TOGETHER} bytes together. Cut it down." in refused(lambda: load_pack(tiny))


@pytest.mark.parametrize(
    "condition",
    [
        '__import__("os").system("touch harmed") = 0',
        'open("/etc/passwd") != ""',
        "lead.__class__ = 1",
        "lead.name.__class__.__mro__ = 1",
        'eval("1") = 1',
        "Status.PASS",
        "answers = 1",
        'external("os") = 1',
        'now() > @"2020-01-01"',
    ],
)
def test_a_condition_reaches_nothing_but_the_proposal_and_the_call(tiny: Path, condition: str) -> None:
    with_rule(tiny, f"'{condition}'")

    assert "money.yaml:" in refused(lambda: load_pack(tiny))


@pytest.mark.parametrize(
    "text",
    ['") or __import__("os").abort() or ("', '\\\\\\"', "'''", "{0}", "%s", "\\n\\u0000", "PASS", "‮", "#"],
)
def test_a_text_in_a_condition_is_data_in_compiled_rules_too(tiny: Path, text: str) -> None:
    """The compiled rules are built from trees, never from text."""
    quoted = text.replace("\\", "\\\\").replace('"', '\\"') if '"' in text or "\\" in text else text
    (tiny / "evil.yaml").write_text(RULE.format('|-\n    lead.name = "' + quoted + '"'), encoding="utf-8")
    call = tiny / "call.yaml"
    call.write_text(call.read_text().replace("rules: [", "rules: [evil.yaml, "), encoding="utf-8")
    checker = Checker(load_pack(tiny))

    assert checker.statuses(answers_from({"lead": {"name": text}}))[0] in ("pass", "fail")
    assert checker.compiled_status(answers_from({"lead": {"name": "other"}}), "EVIL-1") == "fail"


def test_what_a_pack_says_is_text_on_a_terminal(tiny: Path) -> None:
    """Titles and messages with control characters come out spelled."""
    text = (tiny / "money.yaml").read_text(encoding="utf-8")
    (tiny / "money.yaml").write_text(
        text.replace("The project is large enough", '"A\\e[31m\\u202eB"'), encoding="utf-8"
    )
    from mpfcheck.report.as_text import write_blocks
    from mpfcheck.report.page import LinePage
    from mpfcheck.report.say.rule import rule_blocks
    from mpfcheck.report.style import Style

    call = load_pack(tiny)
    page = LinePage(80, Style(colour=False))
    write_blocks(page, rule_blocks(call, call.rules[0]))
    assert "\x1b" not in page.text()
    assert "\\x1b[31m\\u202eB" in page.text()
