"""The versions of a pack, for people: which are published, when and why, and how far the rules at hand are settled."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.packs.call import Call
from mpfcheck.packs.version import PublishedVersion
from mpfcheck.report.page import Page

__all__ = ["standing", "write_versions"]


def write_versions(page: Page, call: Call, versions: Sequence[PublishedVersion]) -> None:
    """Write the versions of a call, the newest first."""
    page.heading(call.id)
    if not any(one.version == call.version for one in versions):
        page.entry("·", "yellow", call.version, standing(call, versions))
    for one in reversed(versions):
        said = standing(call, versions) if one.version == call.version else _published(one)
        page.entry("•", "green", one.version, said)
        page.detail(f"SHA-256 {one.sha256}", style="dim")


def standing(call: Call, versions: Sequence[PublishedVersion]) -> str:
    """How far a call's rules are settled: published, changed since, or a draft."""
    published = next((one for one in versions if one.version == call.version), None)
    if published is None:
        return "A draft: not published yet, it may still change."
    if published.sha256 == call.sha256_without_form != call.sha256:
        return f"{_published(published)} Its form was not kept: a change of the form since then cannot be seen."
    if published.sha256 != call.sha256:
        return f"CHANGED since it was published on {published.date}."
    return _published(published)


def _published(version: PublishedVersion) -> str:
    return f"Published on {version.date}. {version.reason}"
