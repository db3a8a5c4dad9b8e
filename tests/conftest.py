"""What holds for all tests: one profile of hypothesis, printed seeds, failures in any process, what was left out."""

from __future__ import annotations

import gc
import os
import random
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from mpfcheck.forms import load as forms
from mpfcheck.packs import load as packs
from mpfcheck.packs.call import Call
from mpfcheck.packs.find import shipped_rules

# How long one example takes says more about the machine than about the program, and generated proposals are large.
settings.register_profile("mpfcheck", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("mpfcheck")

HERE = Path(__file__).parent

SLOW = frozenset(
    {
        "api/test_compare.py",
        "api/test_content.py",
        "api/test_installed_calls.py",
        "api/test_many.py",
        "api/test_outlook.py",
        "api/test_sharing.py",
        "api/test_side_effects.py",
        "api/test_values.py",
        "architecture/test_files.py",
        "architecture/test_no_code_from_text.py",
        "architecture/test_the_tests.py",
        "bdd/test_wizard_in_the_browser.py",
        "bdd/test_wizard_line_by_line.py",
        "bdd/test_wizard_on_screens.py",
        "benchmarks/test_agreement.py",
        "benchmarks/test_generate.py",
        "benchmarks/test_peers.py",
        "checking/test_laws.py",
        "checking/test_portfolio_recomputed.py",
        "checking/test_work_limits.py",
        "cli/test_apply.py",
        "cli/test_budget.py",
        "cli/test_bundle.py",
        "cli/test_compare.py",
        "cli/test_completion.py",
        "cli/test_document.py",
        "cli/test_formats.py",
        "cli/test_help.py",
        "cli/test_hostile_input.py",
        "cli/test_interruption.py",
        "cli/test_jobs.py",
        "cli/test_no_false_pass.py",
        "cli/test_outlook.py",
        "cli/test_output.py",
        "cli/test_letters.py",
        "cli/test_part.py",
        "cli/test_rules.py",
        "cli/test_rules_matrix.py",
        "cli/test_rules_test.py",
        "cli/test_terminal_safety.py",
        "cli/test_three_users.py",
        "cli/test_verify.py",
        "cli/test_whole_batches.py",
        "docs/test_call_officers.py",
        "docs/test_how_to.py",
        "docs/test_rule_language.py",
        "docs/test_site.py",
        "docs/test_tutorials.py",
        "drafting/parts/test_no_answer_is_lost.py",
        "drafting/parts/test_parts.py",
        "drafting/store/test_kill.py",
        "drafting/store/test_merge.py",
        "drafting/store/test_round_trip.py",
        "drafting/store/test_two_programs.py",
        "drafting/test_ahead.py",
        "drafting/test_document.py",
        "drafting/test_session.py",
        "feel/test_habits.py",
        "feel/test_half_filled.py",
        "feel/test_open_lists.py",
        "feel/test_patterns.py",
        "feel/test_static_laws.py",
        "feel/test_tck.py",
        "feel/test_unanswered.py",
        "forms/test_published_schemas.py",
        "forms/typed/test_laws.py",
        "forms/typed/test_names_of_the_world.py",
        "interchange/test_cccev.py",
        "interchange/test_dmn.py",
        "packaging/test_dist.py",
        "packaging/test_wheel.py",
        "packs/test_broken_packs.py",
        "packs/test_check_dates.py",
        "packs/test_lint.py",
        "packs/test_shipped_packs.py",
        "packs/test_unanswered.py",
        "packs/test_versions.py",
        "prompts/test_enter.py",
        "prompts/test_kill.py",
        "prompts/test_naughty.py",
        "prompts/test_terminal.py",
        "proposal/test_answers.py",
        "proposal/test_models.py",
        "proposal/test_reader.py",
        "proposal/test_schema.py",
        "proving/test_certainty.py",
        "proving/test_proofs.py",
        "reading/test_document.py",
        "reading/test_folders.py",
        "reading/test_gunzip.py",
        "reading/test_json_text.py",
        "reading/test_places.py",
        "reading/test_tables.py",
        "report/html/test_injection.py",
        "report/naughty/test_every_format.py",
        "report/test_paper.py",
        "report/test_same_bytes.py",
        "report/test_workbook.py",
        "service/test_openapi.py",
        "service/test_requests.py",
        "service/test_serve.py",
        "typing/test_typing.py",
        "warehouse/test_survey.py",
        "warehouse/test_walk.py",
        "web/test_gate.py",
        "web/test_in_chromium.py",
        "web/test_naughty_texts.py",
        "web/test_outlook.py",
        "web/test_pages.py",
        "web/test_partners.py",
        "web/test_run.py",
        "web/test_together.py",
        "wizard/test_ahead.py",
        "wizard/test_end_to_end.py",
        "wizard/test_fields.py",
        "wizard/test_first_steps.py",
        "wizard/test_groups.py",
        "wizard/test_keeping.py",
        "wizard/test_keys.py",
        "wizard/test_moving.py",
        "wizard/test_naughty.py",
        "wizard/test_nothing_lost.py",
        "wizard/test_notices.py",
        "wizard/test_screens.py",
        "wizard/test_start_and_import.py",
    }
)
"""The files of tests that take many seconds: ``make quick`` leaves them out. Together they take most of the time.

A test of seconds among quick ones has the mark ``slow`` itself.
"""


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even import the slow files where they would be left out: that takes as long as many quick tests."""
    if config.option.markexpr != "not slow" or not collection_path.is_relative_to(HERE):
        return None
    return collection_path.relative_to(HERE).as_posix() in SLOW or None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests of slow files, in this one place."""
    for item in items:
        if item.path.is_relative_to(HERE) and item.path.relative_to(HERE).as_posix() in SLOW:
            item.add_marker(pytest.mark.slow)


def _read_shipped_calls_once() -> None:
    """Read each call that comes with mpfcheck once in a run, and its form: they cannot change, and most tests need one.

    The tests of loading are about calls of their own.
    """
    shipped, load_pack = shipped_rules().resolve(), packs.load_pack
    known_pack, known_form = cache(load_pack), cache(forms.load_form)

    def load_once(folder: Path, *, name: str = "", whole: bool = False) -> Call:
        here = Path(os.path.abspath(folder))
        return (known_pack if here.parent == shipped else load_pack)(here, name=name, whole=whole)

    packs.load_pack = load_once
    forms.load_form = known_form


_read_shipped_calls_once()


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    """Choose the seed of hypothesis here, so that it can be printed and every worker has the same."""
    if config.getoption("--hypothesis-seed", None) is None:
        config.option.hypothesis_seed = str(random.SystemRandom().randrange(2**32))


def pytest_report_header(config: pytest.Config) -> str:
    """Say how to draw the same examples again."""
    return f"to draw the same examples again: --hypothesis-seed={config.option.hypothesis_seed}"


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over what was collected: it lives to the end and is a million objects."""
    gc.collect()
    gc.freeze()


def _encodable(value: object) -> object:
    """The same report with lone surrogates escaped: a worker cannot send them to the process that prints."""
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_encodable(key): _encodable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_encodable(item) for item in value)
    return value


@pytest.hookimpl(wrapper=True)
def pytest_report_to_serializable():  # type: ignore[no-untyped-def]
    """Let a failure whose text holds a lone surrogate reach the report of a run in several processes."""
    data = yield
    return _encodable(data)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """End with what was left out and why, so that a green run does not hide it."""
    reasons = Counter(
        report.longrepr[2].removeprefix("Skipped: ") if isinstance(report.longrepr, tuple) else str(report.longrepr)
        for report in terminalreporter.stats.get("skipped", ())
    )
    for reason, count in sorted(reasons.items()):
        terminalreporter.write_line(f"left out on this computer: {count} x {reason}")
    terminalreporter.write_line(f"hypothesis seed: {terminalreporter.config.option.hypothesis_seed}")
