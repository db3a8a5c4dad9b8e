"""Questions line by line: answers, commands in their place, and ways to and fro."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest

from mpfcheck.checking.report import Verdict
from mpfcheck.drafting.desk import Desk, Ending
from mpfcheck.drafting.store.draft_file import DraftFile
from mpfcheck.drafting.store.folders import Folders
from mpfcheck.drafting.store.shelf import Shelf
from mpfcheck.prompts.interview import SIGNS, WORDS, as_answer, command_in
from mpfcheck.prompts.run import run_prompts
from tests.prompts.conftest import CALL, Talk


def answers(path: Path) -> dict[str, object]:
    document = json.loads(path.read_bytes())
    assert isinstance(document, dict)
    return document


def test_a_new_draft_is_asked_for_and_kept_where_its_path_says(talk: Talk, path: Path) -> None:
    said, ending = talk(path, "yes", "1", "Safer borders")

    assert "There is no draft" in said
    assert "1 of 5. What is the project called?" in said
    assert "  Noted: Safer borders" in said
    assert answers(path)["title"] == "Safer borders"
    assert ending == Ending(path, Verdict.INCOMPLETE)


def test_no_draft_is_begun_against_the_applicants_will(talk: Talk, path: Path) -> None:
    said, ending = talk(path, "perhaps", "no")

    assert "Type yes or no." in said
    assert ending == Ending()
    assert not path.exists()


@pytest.mark.parametrize("typed", [*SIGNS, *(f":{word}" for word in WORDS), ":7", ":-)", r"\x"])
def test_any_text_can_be_an_answer_with_a_backslash_before_it(talk: Talk, path: Path, typed: str) -> None:
    talk(path, "yes", "1", f"\\{typed}")

    assert answers(path)["title"] == (typed if command_in(typed) or typed.startswith("\\") else f"\\{typed}")


def test_a_backslash_is_an_answer_like_any_other() -> None:
    assert as_answer(r"C:\files") == r"C:\files"
    assert as_answer(r"\files") == r"\files"
    assert as_answer("\\\\files") == r"\files"


def test_what_is_no_command_after_a_colon_is_never_taken_for_an_answer(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", "1", ":-)")

    assert "Unknown command :-)" in said
    assert "title" not in answers(path)


def test_every_command_says_something_or_goes_somewhere(talk: Talk, example: Path) -> None:
    for word in WORDS:
        said, ending = talk(example, "1", f":{word}")
        assert ending.path == example
        assert said.count("What is the project called?") > (word in ("pages", "quit", "back")) - 1, word
        assert "Unknown command" not in said, word


def test_help_explains_a_question_with_its_rules_and_their_sources(talk: Talk, example: Path) -> None:
    said, _ = talk(example, ":go /budget/total", "?")

    assert "About: What does the whole project cost?" in said
    assert "Type an amount in EUR" in said
    assert "- BUDGET-1 met: The total budget must be at least EUR 200 000. [1]" in said
    assert "[1] Summary of the 6th International Border Management Conference" in said
    assert said.endswith("EUR: \n")


def test_standing_says_what_must_change_and_what_is_missing(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", ":go /budget/total", "178512.92", "=")

    assert "Status: NOT ELIGIBLE." in said
    assert "BUDGET-1 not met: The total budget must be at least EUR 200 000." in said
    assert "How to fix it: Raise the total budget" in said
    assert "Missing information: " in said
    assert "- Fund and countries, Fund" in said


def test_a_step_says_which_rules_it_broke_or_settled(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", ":go /budget/total", "100", "<", "250000")

    before, after = said.split("<", 1)
    assert "BUDGET-1 not met" in before
    assert "Status now: NOT ELIGIBLE." in before
    assert "BUDGET-1 met now" in after
    assert "Status now: NOT COMPLETE." in after


def test_an_empty_line_leaves_what_is_there(talk: Talk, example: Path) -> None:
    before = example.read_bytes()
    said, ending = talk(example, "1", "", "", "", "", "", "", "", "", "")

    assert "Page 2 of 8" in said
    assert ending.verdict is Verdict.ELIGIBLE
    assert example.read_bytes() == before


def test_back_goes_from_question_to_question_and_from_page_to_page(talk: Talk, example: Path) -> None:
    said, _ = talk(example, "2", "<", "<")

    assert said.index("Which fund") < said.index("How many months") < said.index("On which date would")


def test_a_text_of_several_lines_ends_with_a_full_stop_alone(talk: Talk, path: Path) -> None:
    talk(path, "yes", ":go /summary", "  First. ", "", "..", "...", ".5", ".", "2024-03-01")

    assert answers(path)["summary"] == "  First. \n\n.\n..\n.5"
    assert answers(path)["start_date"] == "2024-03-01"


def test_a_text_that_is_not_finished_is_kept_when_the_input_ends(talk: Talk, path: Path) -> None:
    talk(path, "yes", ":go /summary", "First.", "Second")

    assert "summary" not in answers(path)
    said, _ = talk(path, ":go /summary", ":1")
    assert "Typed before: First." in said
    assert "You typed this text, but did not confirm it." in said
    assert answers(path)["summary"] == "First.\nSecond"


def test_a_full_stop_alone_leaves_a_text_as_it_is(talk: Talk, example: Path) -> None:
    before = answers(example)["summary"]
    talk(example, ":go /summary", ".")

    assert answers(example)["summary"] == before


def test_few_choices_can_be_taken_by_their_number(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", ":go /fund", "3", "2")

    assert '"3" is none of the choices' in said
    assert answers(path)["fund"] == "ISF"


def test_choices_are_listed_whole_or_by_words(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", ":go /lead/country", ":choices republic", ":choices qqqq", ":choices")

    assert "  - Dominican Republic (DO)" in said
    assert "Nothing in the list matches." in said
    assert said.count("\n  - ") > 250


def test_own_text_is_taken_where_a_question_allows_it(talk: Talk, example: Path) -> None:
    talk(example, ":go /financing/contributions", "add", "World Bank")

    financing = answers(example)["financing"]
    assert isinstance(financing, dict)
    assert financing["contributions"][-1]["source"] == "World Bank"


def test_going_by_page_rule_words_and_place(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", ":go 5", ":go BUDGET-1", ":go lead applicant", ":go /declarations/not_started")

    assert "Page 5 of 8: Budget" in said
    assert "Page 3 of 8: Lead applicant" in said
    assert said.rstrip().endswith("yes or no:")


def test_going_nowhere_is_told(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", "99", ":go qqqq", ":go /nothing", ":go", "1", ":go /co_applicants/7/name")

    assert "There are 8 pages." in said
    assert "Nothing was found." in said
    assert "The form has no question there." in said
    assert "Type where to go, such as" in said
    assert "Who are the co-applicants?" in said


def test_words_that_lead_to_several_places_are_asked_back(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", ":go mandate", "1", ":quit")

    assert "  2. " in said
    assert "Number (Enter: none): 1" in said


def test_undo_and_redo_go_where_the_step_was(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", ":go /budget/total", "250000", ":go 1", ":undo", ":redo", ":redo", ":undo", ":undo")

    assert "Undone: Budget, Total budget: answered" in said
    assert "Redone: Budget, Total budget: answered" in said
    assert "There is nothing to redo." in said
    assert "There is nothing to undo." in said
    assert "  Now: EUR 250 000.00" in said
    budget = answers(path)["budget"]
    assert isinstance(budget, dict)
    assert "total" not in budget


def test_the_review_leads_back_to_a_question(talk: Talk, example: Path) -> None:
    said, _ = talk(example, "review", "1", "Another title", ":review", "")

    assert "  1. Title: " in said
    assert "Status: ELIGIBLE." in said
    assert answers(example)["title"] == "Another title"


def test_the_result_is_what_check_writes(talk: Talk, example: Path) -> None:
    said, _ = talk(example, "result")

    assert "\nELIGIBLE" in said
    assert "Manual review needed" in said


def test_the_figures_of_a_page_follow_it(talk: Talk, example: Path) -> None:
    said, _ = talk(example, ":go /financing/contributions", "")

    assert "EUR 380 000.00 of EUR 400 000.00, which is 95 %; at most 95 % is allowed." in said
    assert "Co-financing by source: State Border Guard Service" in said


def test_an_answer_that_is_not_understood_is_shown_again_on_return(talk: Talk, path: Path) -> None:
    talk(path, "yes", ":go /budget/total", "about 400")
    said, _ = talk(path, ":go /budget/total", "")

    assert "Some texts could not be understood as answers." in said
    assert "Budget, Total budget: about 400" in said
    assert "  Typed before: about 400" in said
    assert "it is not an answer yet" in said


def test_a_suggestion_that_is_not_there_is_told(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", ":go /budget/total", ":1", "400.000", ":3", ":2")

    assert "There is no suggestion 1 here." in said
    assert "There is no suggestion 3 here." in said
    assert "Noted: EUR 400.00" in said


def test_control_characters_reach_the_file_and_not_the_terminal(talk: Talk, path: Path) -> None:
    said, _ = talk(path, "yes", "1", "\x1b[31mred\x07 \N{RIGHT-TO-LEFT OVERRIDE}x", "=", "review", "")

    assert answers(path)["title"] == "\x1b[31mred\x07 \N{RIGHT-TO-LEFT OVERRIDE}x"
    assert "\x1b" not in said
    assert "\x07" not in said
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in said


def test_half_a_character_is_asked_back_and_kept_from_the_file(talk: Talk, path: Path) -> None:
    said, ending = talk(path, "yes", "1", "broken \udcff bytes")

    assert "half of a character" in said
    assert ending.saved
    assert "title" not in answers(path)


def test_ctrl_c_leaves_kindly(path: Path) -> None:
    class Interrupting(StringIO):
        def readline(self, size: int | None = -1, /) -> str:
            line = super().readline(size)
            if not line:
                raise KeyboardInterrupt
            return line

    out = StringIO()
    ending = run_prompts(path, call_id=CALL, typed=Interrupting("yes\n:go /summary\nFirst\nSecond\n"), out=out)

    assert ending == Ending(path, Verdict.INCOMPLETE, interrupted=True, unconfirmed=("The project, Summary",))
    with DraftFile.open(path) as file:
        assert file.typing == {"/summary": "First\nSecond"}
    assert not list(path.parent.glob(".*lock"))


def test_what_goes_out_has_no_line_longer_than_the_window(
    talk: Talk, example: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    said, _ = talk(example, "1", "?", "=", "", "", ":go /co_applicants", "?", ":commands", "review", "")

    prompts = ("Number", "Type add", "Text", "Months", "Date", "Replace", "File")
    told = [line for line in said.splitlines() if not line.startswith(prompts)]
    assert max(map(len, told)) <= 60


@pytest.mark.parametrize("call", [call.id for call in Desk(shelf=Shelf(Folders(Path(), Path()))).calls()])
def test_every_question_of_every_form_is_asked_and_explained(talk: Talk, path: Path, call: str) -> None:
    form = Desk(shelf=Shelf(Folders(path.parent, path.parent))).form(call)
    said, ending = talk(path, "yes", *["", "?"] * 120, call_id=call)

    assert ending.verdict is Verdict.INCOMPLETE
    for page, part in form.parts():
        if page.shown_when is None and part.shown_when is None:
            assert f". {part.ask}" in said
            assert f"About: {part.ask}" in said
