"""The blocks about the versions of a pack: their list, and the changes between two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mpfcheck.packs.call import Call
from mpfcheck.packs.version import PublishedVersion
from mpfcheck.report.blocks import Block, Detail, Entry, Lines, Listing, Mark, Say, Section, Tone
from mpfcheck.report.pack_changes import Kind, Topic, VersionChange

__all__ = ["change_blocks", "decides", "standing", "version_blocks"]

MARKS = {Kind.ADDED: Mark.ADDED, Kind.REMOVED: Mark.REMOVED, Kind.CHANGED: Mark.CHANGED}
DECIDING = (Topic.RULES, Topic.LIMITS, Topic.LISTS)


def change_blocks(
    old: Call, new: Call, changes: Sequence[VersionChange], versions: Sequence[PublishedVersion]
) -> Iterator[Block]:
    """What changed from one version to the other, and the reasons given for the two versions."""
    yield Say((f"{old.id}: from version {old.version} to version {new.version}",), Tone.STRONG)
    published = {version.version: version for version in versions}
    calls = (old,) if old.sha256 == new.sha256 else (old, new)
    yield Lines([f"Version {call.version}: {_state(call, published.get(call.version))}" for call in calls])
    yield Say((_summary(old, new, changes),))
    for topic in Topic:
        if entries := [_entry(change) for change in changes if change.topic is topic]:
            yield Section(topic.value, (Listing(entries),))


def _entry(change: VersionChange) -> Entry:
    details = [Detail((change.sentence,))]
    if change.before or change.after:
        details += [Detail((change.before,), "before"), Detail((change.after,), "now")]
    return Entry(MARKS[change.kind], change.subject, change.title, details=tuple(details))


def decides(changes: Sequence[VersionChange]) -> bool:
    """Whether any of these changes can change a verdict."""
    return any(change.topic in DECIDING for change in changes)


def _state(call: Call, published: PublishedVersion | None) -> str:
    if published is None:
        return "a draft, not yet published."
    if published.sha256 not in (call.sha256, call.sha256_without_form):
        return f"changed since it was published on {published.date}."
    return f"published on {published.date}: {published.reason}"


def _summary(old: Call, new: Call, changes: Sequence[VersionChange]) -> str:
    if not changes:
        same = old.sha256 == new.sha256
        return "Nothing has changed." if same else "Only comments and layout have changed."
    if decides(changes):
        return "Verdicts may change: rules, limits or lists have changed."
    return "No verdict can change: rules, limits and lists are the same."


def version_blocks(call: Call, versions: Sequence[PublishedVersion]) -> Section:
    """The versions of a call, the newest first."""
    state = standing(call, versions)
    entries = []
    if not any(one.version == call.version for one in versions):
        entries.append(Entry(Mark.OPEN, call.version, state))
    for one in reversed(versions):
        sentence = state if one.version == call.version else _publication(one)
        entries.append(Entry(Mark.GOOD, one.version, sentence, details=(Detail((f"SHA-256 {one.sha256}",)),)))
    return Section(call.id, (Listing(entries),))


def standing(call: Call, versions: Sequence[PublishedVersion]) -> str:
    """How far a call's rules are settled: published, changed since, or a draft."""
    published = next((one for one in versions if one.version == call.version), None)
    if published is None:
        return "A draft, not yet published. It may still change."
    if published.sha256 == call.sha256_without_form != call.sha256:
        return f"{_publication(published)} Its form was not stored; later changes of the form cannot be shown."
    if published.sha256 != call.sha256:
        return f"CHANGED since it was published on {published.date}."
    return _publication(published)


def _publication(version: PublishedVersion) -> str:
    return f"Published on {version.date}. {version.reason}"
