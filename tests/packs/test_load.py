"""Calls come from their folders: found by id, read strictly, and nothing outside the folder is touched."""

from __future__ import annotations

import copy
import os
import pickle
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from mpfcheck.packs import find as shipped
from mpfcheck.packs.code_list import CodeListShelf, Labels
from mpfcheck.packs.find import UnknownCallError, list_calls
from mpfcheck.packs.folder import MAX_FILES, PackFolder
from mpfcheck.packs.load import Loading, load_call, load_pack
from mpfcheck.packs.mistake import PackError
from mpfcheck.packs.rule import Authority
from mpfcheck.packs.severity import Severity
from mpfcheck.packs.template import Condition
from mpfcheck.packs.yaml_file import MAX_BYTES, YamlList

BORDERS = "mpf-2023-borders-security"


def refused(folder: Path) -> list[str]:
    with pytest.raises(PackError) as error:
        load_pack(folder)
    return str(error.value).splitlines()


@pytest.mark.parametrize("call_id", list_calls())
def test_every_shipped_call_loads(call_id: str) -> None:
    call = load_call(call_id)
    assert call.id == call_id
    assert call.rules


def test_a_call_is_read_as_written(tiny: Path) -> None:
    call = load_pack(tiny)
    assert (call.title, call.version, call.as_of) == ("A call to try rule packs with", "1", date(2023, 12, 7))
    money, people, manual = call.rules
    assert (money.id, money.severity, people.severity) == ("MONEY-1", Severity.BLOCKING, Severity.WARNING)
    assert money.source.authority is Authority.SEED, "a citation takes the authority of its source"
    assert money.also[0].note == "says the same"
    assert money.examples[0].given == {"budget": {"total": Decimal("250000.00")}}
    assert money.examples[2].as_of == date(2023, 3, 10)
    assert (manual.manual, manual.item, manual.require) == (True, "partner", None)
    assert [str(part.text if isinstance(part, Condition) else part) for part in manual.message.parts] == [
        "Look at what ",
        "partner.name",
        " does {and why}.",
    ]
    assert manual.message.placeholders()[0].place == ("people.yaml", 23, 27)


def test_examples_that_are_read_later_are_the_same_and_so_is_what_is_wrong_with_them(tiny: Path) -> None:
    whole, later = (Loading(tiny, rules_whole=rules_whole).call() for rules_whole in (True, False))
    of_another = Loading(tiny, rules_whole=False).call().rules
    sent = pickle.loads(pickle.dumps(of_another))  # noqa: S301 - what was made here; another process gets the examples
    for rules in (later.rules, copy.deepcopy(later.rules), sent):
        assert [rule.examples for rule in rules] == [rule.examples for rule in whole.rules]
    money = tiny / "money.yaml"
    money.write_text(money.read_text().replace("expect: pass", "expect: passes"))
    unread = Loading(tiny).call().rules[0]
    with pytest.raises(PackError) as found:
        _ = unread.examples
    assert str(found.value).splitlines() == refused(tiny)


@pytest.mark.parametrize("call_id", list_calls())
def test_shipped_rules_are_read_without_their_examples_at_first_and_are_the_same(call_id: str) -> None:
    folder = shipped.call_folder(call_id)
    at_first, whole = Loading(folder), Loading(folder, rules_whole=True)
    assert at_first.call().rules == whole.call().rules
    found = [file.root.plain() for file in at_first.files.values() if isinstance(file.root, YamlList)]
    assert not any("examples" in rule for rules in found for rule in rules), "all have the shape of rules fmt"


def test_a_parameter_is_what_it_was_on_the_day(tiny: Path) -> None:
    least = load_pack(tiny).parameters["least_total"]
    held = [least.at(date.fromisoformat(day)) for day in ("2023-03-09", "2023-03-10", "2023-12-06", "2023-12-07")]
    assert [value and value.value for value in held] == [None, 200000, 200000, 250000]


def test_codes_are_called_by_the_label_of_the_list_they_are_taken_from(tiny: Path) -> None:
    call = load_pack(tiny)
    assert call.label("neighbours", "MD") == call.label("countries", "MD") == "Moldova"
    assert call.label("applicant_kinds", "ngo") != "ngo", "the lists of the proposal format have labels too"
    assert call.label("countries", "??") == "??"
    assert call.label("no_such_list", "x") == "x"


def test_labels_that_are_read_line_by_line_are_those_of_the_whole_list() -> None:
    whole = load_call(BORDERS, whole=True)
    for path in sorted((shipped.shipped_rules() / "codelists").glob("*.yaml")):
        shelf = CodeListShelf([PackFolder(path.parent)])
        labels, rest = shelf.split(path.stem)
        listed = whole.labels.code_list(path.stem)
        assert rest is not None
        assert listed is not None
        codes = [member.code for member in (*listed.members, *listed.candidates)]
        assert sorted([*labels, *(member.code for member in (*rest.members, *rest.candidates))]) == sorted(codes)
        fresh = Labels(shelf.find, shelf.split)
        assert all(fresh.label(path.stem, code) == whole.label(path.stem, code) for code in codes)
        assert path.stem != "countries" or len(labels) > 200, "they stand line by line"


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("{code: AA, label: Here*}", "Here*"),
        ("{code: AA, label: Côte d'Or (the  hill)}", "Côte d'Or (the  hill)"),
        ("{code: AA, label: one  # a comment}", "AA"),
        ('{code: AA, label: "quoted"}', "quoted"),
        ("{code: AA, label: a 'b'}", "a 'b'"),
        ("{code: AA, label: true}", "AA"),
        ("{code: AA, label: truth}", "truth"),
        ("{code: AA, label: 12}", "AA"),
        ("{code: AA, label: here, note: not there}", "here"),
    ],
)
def test_a_label_is_what_yaml_says_it_is(tmp_path: Path, line: str, label: str) -> None:
    (tmp_path / "few.yaml").write_text(f"id: few\ntitle: Few\nmembers:\n  - {line}\n  - {{code: BB, label: Other}}\n")
    by_lines, by_yaml = (CodeListShelf([PackFolder(tmp_path)]) for _ in range(2))
    assert Labels(by_lines.find, by_lines.split).label("few", "AA") == label
    assert Labels(by_yaml.find).label("few", "AA") == label


def test_the_checksum_depends_on_what_the_files_say_and_not_on_where_they_are(tiny: Path, tmp_path: Path) -> None:
    first = load_pack(tiny).sha256
    elsewhere = tmp_path / "elsewhere" / "tiny"
    shutil.copytree(tiny, elsewhere)
    for path in elsewhere.glob("*.yaml"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert load_pack(elsewhere).sha256 == first
    with (elsewhere / "codelists" / "neighbours.yaml").open("a") as file:
        file.write("note: changed\n")
    assert load_pack(elsewhere).sha256 != first


def test_calls_from_elsewhere_come_before_the_shipped_ones(tiny: Path) -> None:
    assert list_calls([tiny.parent]) == tuple(sorted({"tiny", *list_calls()}))
    assert load_call("tiny", [tiny.parent]).id == "tiny"
    assert load_call("tiny", [tiny]).id == "tiny", "a call's own folder will do"
    assert load_call(BORDERS, [tiny.parent]).id == BORDERS


@pytest.mark.parametrize("call_id", ["mpf-2023-border-security", "../mpf-2023-borders-security", "", "codelists"])
def test_a_call_that_is_not_there_is_said_with_those_that_are(call_id: str) -> None:
    with pytest.raises(UnknownCallError, match=BORDERS):
        load_call(call_id)


def test_a_folder_without_a_call_is_said_to_have_none(tmp_path: Path) -> None:
    assert refused(tmp_path) == ["call.yaml:1:1: There is no such file."]
    assert refused(tmp_path / "nowhere") == ["call.yaml:1:1: There is no such file."]


def test_code_lists_are_found_beside_the_call_before_the_shipped_ones(tiny: Path) -> None:
    shutil.move(tiny / "codelists", tiny.parent / "codelists")
    assert {member.code for member in load_pack(tiny).code_lists["neighbours"].members} == {"MD", "UA"}


def test_a_link_that_leads_out_of_the_folder_is_not_followed(tiny: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("- id: SECRET-1\n")
    (tiny / "money.yaml").unlink()
    (tiny / "money.yaml").symlink_to(secret)
    said = "money.yaml:1:1: This link leads out of the pack's folder. Put the file itself there."
    assert said in refused(tiny)


def test_a_link_to_a_folder_elsewhere_is_not_followed(tiny: Path, tmp_path: Path) -> None:
    shutil.move(tiny / "codelists", tmp_path / "elsewhere")
    (tiny / "codelists").symlink_to(tmp_path / "elsewhere")
    assert refused(tiny) == [
        "codelists/neighbours.yaml:1:1: This link leads out of the pack's folder. Put the file itself there."
    ]
    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "tiny").symlink_to(tiny)
    assert "tiny" not in list_calls([tmp_path / "more"])


def test_a_folder_may_be_named_from_where_one_stands(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tiny)
    assert load_pack(Path()).id == load_call("tiny", [Path()]).id == load_call("tiny", [Path("..")]).id == "tiny"


def test_a_link_inside_the_folder_is_fine(tiny: Path) -> None:
    (tiny / "money.yaml").rename(tiny / "money-2023.txt")
    (tiny / "money.yaml").symlink_to("money-2023.txt")
    assert load_pack(tiny).rules


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_is_no_file_and_nobody_waits_for_it(tiny: Path) -> None:
    (tiny / "call.yaml").unlink()
    os.mkfifo(tiny / "call.yaml")
    assert refused(tiny) == ["call.yaml:1:1: This is not a file."]


def test_a_file_beyond_the_limit_is_not_read(tiny: Path) -> None:
    with (tiny / "money.yaml").open("a") as file:
        file.write("#" * MAX_BYTES)
    assert refused(tiny)[0] == f"money.yaml:1:1: The file is larger than {MAX_BYTES} bytes. Split it up."


def test_a_folder_of_far_too_many_files_is_refused(tiny: Path) -> None:
    for number in range(MAX_FILES):
        (tiny / f"more-{number}.yaml").touch()
    (tiny / "people.yaml").unlink()
    assert any(f"more than {MAX_FILES} YAML files" in said for said in refused(tiny))


def test_a_sentence_of_a_shipped_call_is_read_when_it_is_said(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is shipped is checked by tests, so loading need not pay for sentences; a broken one is still a PackError."""
    shutil.copytree(shipped.shipped_rules() / "codelists", tiny.parent / "codelists")
    text = (tiny / "money.yaml").read_text()
    (tiny / "money.yaml").write_text(text.replace("{budget.total}", "{budget total +}"))
    for module in ("find", "load"):
        monkeypatch.setattr(f"mpfcheck.packs.{module}.shipped_rules", lambda: tiny.parent)
    placeholder = load_call("tiny").rules[0].message.placeholders()[0]
    with pytest.raises(PackError, match=r"money.yaml:5:41: "):
        _ = placeholder.tree


def test_a_wheel_carries_the_rules_and_a_checkout_has_them_at_its_top(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = tmp_path / "src" / "mpfcheck" / "calls" / "shipped.py"
    monkeypatch.setattr(shipped, "__file__", str(module))
    assert shipped.shipped_rules() == tmp_path / "rules"
    in_wheel = tmp_path / "src" / "mpfcheck" / "_shipped" / "rules"
    in_wheel.mkdir(parents=True)
    assert shipped.shipped_rules() == in_wheel
