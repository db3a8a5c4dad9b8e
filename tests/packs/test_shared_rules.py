"""Rule files that several calls share: taken in whole, from the folders beside the call and from nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mpfcheck.packs.lint import lint
from mpfcheck.packs.load import load_pack
from mpfcheck.packs.mistake import PackError

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
