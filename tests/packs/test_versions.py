"""Published versions of the packs that come with mpfcheck stay as they were published: no silent edit passes here."""

from __future__ import annotations

import pytest

from mpfcheck.checking.pack_tests.pack_test import run_examples
from mpfcheck.packs.find import call_folder, list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.packs.version import PublishedVersion, load_versions

PUBLISHED = [
    pytest.param(call_id, version, id=f"{call_id}@{version.version}")
    for call_id in list_calls()
    for version in load_versions(call_folder(call_id))
]


@pytest.mark.parametrize(("call_id", "version"), PUBLISHED)
def test_a_published_version_is_kept_as_it_was_locked(call_id: str, version: PublishedVersion) -> None:
    kept = load_call(f"{call_id}@{version.version}")

    assert kept.sha256 == version.sha256, "a correction is a new version: see `mpfcheck rules lock --help`"
    assert (kept.id, kept.version) == (call_id, version.version)


@pytest.mark.parametrize("call_id", list_calls())
def test_rules_with_the_name_of_a_published_version_are_that_version(call_id: str) -> None:
    """Rules that are worked on have a version of their own, which is a draft until it is locked."""
    call = load_call(call_id)
    locked = {version.version: version.sha256 for version in load_versions(call_folder(call_id))}

    assert locked.get(call.version, call.sha256) == call.sha256, (
        "give the rules a new version in call.yaml, then lock it"
    )


@pytest.mark.parametrize(("call_id", "version"), PUBLISHED)
def test_the_examples_of_a_published_version_still_hold(call_id: str, version: PublishedVersion) -> None:
    assert run_examples(load_call(f"{call_id}@{version.version}")).failed == ()
