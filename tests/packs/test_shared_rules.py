"""Rules and sources that several calls share: taken from the folders beside the call and from nowhere else."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from mpfcheck.packs.clause import load_clauses
from mpfcheck.packs.lint import lint
from mpfcheck.packs.load import load_call, load_pack
from mpfcheck.packs.lock import Locking
from mpfcheck.packs.mistake import PackError
from mpfcheck.report.pack_changes import rule_changes

COMMON = """\
- id: COMMON-1
  title: Nothing is paid twice
  severity: warning
  require: declarations.no_double_funding
  message: Something is paid twice.
  source: {document: notice, section: Money}
  examples:
    - {given: {declarations: {no_double_funding: true}}, expect: pass}
    - {given: {declarations: {no_double_funding: false}}, expect: fail}
    - {given: {}, expect: undecided}
"""


@pytest.fixture
def sharing(tiny: Path) -> Path:
    """The small pack, taking in a shared file that lies beside it."""
    call = tiny / "call.yaml"
    call.write_text(call.read_text().replace("people.yaml]", "people.yaml, shared/common.yaml]"))
    put(tiny.parent, COMMON)
    return tiny


def put(folder: Path, text: str) -> Path:
    (folder / "shared").mkdir(exist_ok=True)
    file = folder / "shared" / "common.yaml"
    file.write_text(text)
    return file


def test_shared_rules_come_in_the_order_of_the_list_with_their_place(sharing: Path) -> None:
    rules = load_pack(sharing).rules

    assert [rule.id for rule in rules] == ["MONEY-1", "PEOPLE-1", "PEOPLE-2", "COMMON-1"]
    assert rules[-1].place.file == "shared/common.yaml"
    assert lint(sharing) == []


def test_a_file_in_the_pack_itself_goes_before_one_beside_it(sharing: Path) -> None:
    put(sharing, COMMON.replace("Nothing is paid twice", "Nothing is paid three times"))

    assert load_pack(sharing).rules[-1].title == "Nothing is paid three times"


def test_the_shared_text_counts_in_the_checksum_of_the_call(sharing: Path) -> None:
    before = load_pack(sharing).sha256
    put(sharing.parent, COMMON.replace("Something is paid twice.", "Something is paid for twice."))

    assert load_pack(sharing).sha256 != before


def test_what_a_shared_rule_cites_and_the_call_does_not_declare_is_said_at_its_place(sharing: Path) -> None:
    put(sharing.parent, COMMON.replace("document: notice", "document: gazette"))

    with pytest.raises(PackError) as refused:
        load_pack(sharing)
    assert str(refused.value) == (
        'shared/common.yaml:6:22: There is no source "gazette". Add it to the sources in call.yaml.'
    )


def test_the_same_id_in_the_call_and_in_the_shared_file_is_refused(sharing: Path) -> None:
    put(sharing.parent, COMMON.replace("COMMON-1", "MONEY-1"))

    with pytest.raises(PackError, match="There are two rules MONEY-1"):
        load_pack(sharing)


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="there are no links here")
@pytest.mark.parametrize("kind", ["file", "folder"])
def test_a_link_that_leads_away_is_refused(sharing: Path, tmp_path: Path, kind: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    file = sharing.parent / "shared" / "common.yaml"
    file.rename(outside / "common.yaml")
    if kind == "file":
        file.symlink_to(outside / "common.yaml")
    else:
        file.parent.rmdir()
        file.parent.symlink_to(outside, target_is_directory=True)

    with pytest.raises(PackError, match="This link leads out of the pack's folder"):
        load_pack(sharing)


@pytest.mark.parametrize("name", ["shared/../common.yaml", "shared/sub/common.yaml", "../shared/common.yaml"])
def test_no_path_leads_elsewhere(sharing: Path, name: str) -> None:
    call = sharing / "call.yaml"
    call.write_text(call.read_text().replace("shared/common.yaml", name))

    with pytest.raises(PackError, match="There is no rule file"):
        load_pack(sharing)


def change(call: Path, changes: str) -> None:
    """Let the small pack take the shared file with changes."""
    text = (call / "call.yaml").read_text()
    (call / "call.yaml").write_text(
        text.replace("shared/common.yaml", f"{{file: shared/common.yaml, change: {changes}}}")
    )


def refused(call: Path) -> str:
    with pytest.raises(PackError) as error:
        load_pack(call)
    return str(error.value)


def test_a_call_changes_single_entries_of_a_shared_rule(sharing: Path) -> None:
    before = load_pack(sharing).rules[-1]
    change(sharing, "{COMMON-1: {severity: advice, message: Twice., also: []}}")
    after = load_pack(sharing).rules[-1]

    assert (after.severity, after.message.text) == ("advice", "Twice.")
    assert (after.id, after.title, after.require, after.examples) == (
        before.id,
        before.title,
        before.require,
        before.examples,
    )
    assert after.place.file == "shared/common.yaml"
    assert after.message.place.file == after.changed_at.file == "call.yaml"
    assert after.changed == ("severity", "message", "also")
    assert [finding for finding in lint(sharing) if "longer than" not in finding.message] == []


def test_a_mistake_in_a_change_is_reported_at_its_line_of_the_call(sharing: Path) -> None:
    change(sharing, "{COMMON-1: {severity: urgent}}")

    place, said = refused(sharing).split(": ", 1)
    assert place.startswith("call.yaml:")
    assert said == '"severity" cannot be "urgent". It is one of blocking, warning, advice.'


@pytest.mark.parametrize("key", ["id", "require", "when", "doubt", "manual", "scope", "for each", "as"])
def test_a_call_cannot_change_what_a_shared_rule_requires(sharing: Path, key: str) -> None:
    change(sharing, f"{{COMMON-1: {{{key}: x}}}}")

    assert f'A call cannot change "{key}" of a shared rule.' in refused(sharing)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ("{COMON-1: {title: X}}", 'Shared/common.yaml does not have a rule "COMON-1". Did you mean "COMMON-1"?'),
        ("{COMMON-1: {titel: X}}", 'The change of COMMON-1 has no entry "titel". Did you mean "title"?'),
        ("{COMMON-1: {}}", "The change of COMMON-1 is empty."),
        ("{COMMON-1: X}", "The change of COMMON-1 must be entries of the form key: value"),
        ("[COMMON-1]", '"change" must list rules by their ids, not a list.'),
    ],
)
def test_a_change_that_cannot_be_made_is_refused(sharing: Path, changes: str, said: str) -> None:
    change(sharing, changes)

    assert said in refused(sharing)


def test_only_shared_files_are_changed(sharing: Path) -> None:
    call = sharing / "call.yaml"
    text = call.read_text().replace("people.yaml, ", "{file: people.yaml, change: {PEOPLE-1: {title: X}}}, ")
    call.write_text(text)

    assert "People.yaml is not a shared file of rules. Change the rules in people.yaml itself." in refused(sharing)


def test_lint_warns_of_a_change_that_changes_nothing(sharing: Path) -> None:
    change(sharing, "{COMMON-1: {severity: warning}}")

    (finding,) = lint(sharing)
    assert (finding.message, finding.rule) == ('"severity" of COMMON-1 is the same in shared/common.yaml.', "COMMON-1")


GAZETTE = "gazette:\n  title: The gazette\n  authority: official\n  date: 2024-01-01\n"


def test_a_call_takes_the_shared_sources_it_cites(sharing: Path) -> None:
    put(sharing.parent, COMMON.replace("document: notice", "document: gazette"))
    listed = sharing.parent / "shared" / "sources.yaml"
    listed.write_text(GAZETTE + GAZETTE.replace("gazette:", "almanac:"))
    call = load_pack(sharing)

    assert call.sources["gazette"].title == "The gazette"
    assert call.sources["gazette"].place.file == "shared/sources.yaml"
    assert "almanac" not in call.sources
    assert [str(finding) for finding in lint(sharing)] == [
        'shared/sources.yaml:5:1: warning: No call cites the source "almanac". Cite it, or remove it.'
    ]
    listed.write_text(GAZETTE)
    assert load_pack(sharing).sha256 != call.sha256
    assert lint(sharing) == []


def test_a_clause_may_cite_a_shared_source(sharing: Path) -> None:
    (sharing.parent / "shared" / "sources.yaml").write_text(GAZETTE)
    clauses = (
        "- source: {document: gazette, section: All}\n  clauses:\n    - {id: G-1, text: Words., rules: [COMMON-1]}\n"
    )
    (sharing / "clauses.yaml").write_text(clauses)
    call = load_pack(sharing)

    assert "gazette" in call.sources
    assert [clause.source.document for clause in load_clauses(call)] == ["gazette"]


def test_the_own_entry_goes_before_the_shared_one_and_lint_names_a_repeated_one(sharing: Path) -> None:
    text = (sharing / "call.yaml").read_text()
    (sharing / "call.yaml").write_text(
        text.replace("sources:\n", "sources:\n" + "".join(f"  {line}\n" for line in GAZETTE.splitlines()), 1)
    )
    put(sharing.parent, COMMON.replace("document: notice", "document: gazette"))
    listed = sharing.parent / "shared" / "sources.yaml"
    listed.write_text(GAZETTE.replace("The gazette", "Another gazette"))

    assert load_pack(sharing).sources["gazette"].title == "The gazette"
    assert "shared/sources.yaml" not in load_pack(sharing).files
    assert lint(sharing) == []
    listed.write_text(GAZETTE)
    assert [finding.message for finding in lint(sharing)] == [
        'The source "gazette" is the same in shared/sources.yaml.'
    ]


def test_a_published_version_keeps_the_shared_sources_as_they_were(sharing: Path) -> None:
    put(sharing.parent, COMMON.replace("document: notice", "document: gazette"))
    listed = sharing.parent / "shared" / "sources.yaml"
    listed.write_text(GAZETTE)
    published = Locking(sharing).lock("First.", date(2024, 1, 2))
    listed.write_text(GAZETTE.replace("The gazette", "Another gazette"))

    kept = load_call(f"{sharing.name}@{published.version}", [sharing.parent])
    assert kept.sources["gazette"].title == "The gazette"


def test_rules_diff_reports_a_changed_entry(sharing: Path) -> None:
    before = load_pack(sharing)
    change(sharing, "{COMMON-1: {severity: blocking}}")

    (found,) = rule_changes(before, load_pack(sharing))
    assert found.subject == "COMMON-1"
