"""The pages about versions of a pack: the changes between two of them, and the list of them."""

from __future__ import annotations

from collections.abc import Sequence

from mpfcheck.packs.call import Call
from mpfcheck.packs.version import PublishedVersion
from mpfcheck.report.pack_changes.changes import Change, Kind, Section
from mpfcheck.report.page import Page

__all__ = ["decides", "standing", "write_changes", "write_versions"]

COLOUR = {Kind.ADDED: "green", Kind.REMOVED: "red", Kind.CHANGED: "yellow"}
DECIDING = (Section.RULES, Section.LIMITS, Section.LISTS)


def write_changes(
    page: Page, old: Call, new: Call, changes: Sequence[Change], versions: Sequence[PublishedVersion]
) -> None:
    """Write what changed from one version to the other, and the reasons given for the versions in between."""
    page.say(f"{old.id}: from version {old.version} to version {new.version}", style="bold")
    published = {version.version: version for version in versions}
    for call in (old,) if old.sha256 == new.sha256 else (old, new):
        page.say(f"Version {call.version}: {_state(call, published.get(call.version))}", indent="  ", hang="    ")
    page.say(_summary(old, new, changes))
    for section in Section:
        shown = [change for change in changes if change.section is section]
        if shown:
            page.heading(section.value)
        for change in shown:
            page.entry(change.kind.value, COLOUR[change.kind], change.subject, change.title)
            page.detail(change.sentence)
            if change.before or change.after:
                page.detail(change.before, label="before")
                page.detail(change.after, label="now")


def decides(changes: Sequence[Change]) -> bool:
    """Whether any of these changes can change a verdict."""
    return any(change.section in DECIDING for change in changes)


def _state(call: Call, published: PublishedVersion | None) -> str:
    if published is None:
        return "a draft, not yet published."
    if published.sha256 not in (call.sha256, call.sha256_without_form):
        return f"changed since it was published on {published.date}."
    return f"published on {published.date}: {published.reason}"


def _summary(old: Call, new: Call, changes: Sequence[Change]) -> str:
    if not changes:
        same = old.sha256 == new.sha256
        return "Nothing has changed." if same else "Only comments and layout have changed."
    if decides(changes):
        return "Verdicts may change: rules, limits or lists have changed."
    return "No verdict can change: rules, limits and lists are the same."


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
        return "A draft, not yet published. It may still change."
    if published.sha256 == call.sha256_without_form != call.sha256:
        return f"{_published(published)} Its form was not stored; later changes of the form cannot be shown."
    if published.sha256 != call.sha256:
        return f"CHANGED since it was published on {published.date}."
    return _published(published)


def _published(version: PublishedVersion) -> str:
    return f"Published on {version.date}. {version.reason}"
