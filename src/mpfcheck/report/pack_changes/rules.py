"""What changed in the rules: which came and went, what they demand, how they say it, where they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mpfcheck.packs.call import Call
from mpfcheck.packs.rule import Citation, Condition, Example, Rule, Severity
from mpfcheck.report.pack_changes.change import Change, Kind, Section, by_name, words
from mpfcheck.report.rule_words import condition_in_words
from mpfcheck.report.words import counted

__all__ = ["rule_changes"]

DEMANDS = {
    "for each": ("speaks of each of", "Of whom it speaks", "It speaks of the proposal as a whole."),
    "when": ("applies where", "Where it applies", "It applies always."),
    "require": ("demands", "What it demands", "It demands nothing, a person judges."),
    "doubt": ("is in doubt where", "Where it is in doubt", "It is never in doubt."),
    "note": ("has a remark, though it passes, where", "Where it has a remark", "It has no remark."),
}
"""What a condition of a rule says, what it is, and what it means if there is none."""

WORDING = {"message": "says", "fix": "advises", "doubt message": "says in doubt", "note": "remarks"}
NOTHING = "(nothing)"


def rule_changes(old: Call, new: Call) -> Iterator[Change]:
    """List the changes of the rules, in the order of the newer version."""
    added, removed, both = by_name({rule.id: rule for rule in old.rules}, {rule.id: rule for rule in new.rules})
    for rule in added:
        sentence = f"A new rule, {_weight(rule)}. {_demands(new, rule)}"
        yield Change(Section.RULES, Kind.ADDED, rule.id, rule.title, sentence)
    for rule in removed:
        sentence = f"The rule is gone; it was {_weight(rule)}. {_demands(old, rule)}"
        yield Change(Section.RULES, Kind.REMOVED, rule.id, rule.title, sentence)
    for before, after in both:
        yield from _severity(before, after)
        yield from _conditions(old, before, new, after)
        yield from _wording(before, after)
        yield from _sources(old, before, new, after)
        yield from _examples(before, after)


def _changed(section: Section, rule: Rule, sentence: str, before: str = "", after: str = "") -> Change:
    return Change(section, Kind.CHANGED, rule.id, rule.title, sentence, before, after)


def _weight(rule: Rule) -> str:
    return "for a person to judge" if rule.manual else rule.severity.value


def _demands(call: Call, rule: Rule) -> str:
    said = [f"It {DEMANDS[key][0]}: {condition_in_words(call, rule, one)}." for key, one in rule.conditions()]
    return " ".join(said) or "It has no condition."


def _severity(before: Rule, after: Rule) -> Iterator[Change]:
    if before.severity is not after.severity:
        blocks = Severity.BLOCKING in (before.severity, after.severity)
        effect = (
            "makes a proposal ineligible" if after.severity is Severity.BLOCKING else "makes none ineligible any more"
        )
        sentence = (
            f"It is {after.severity} now, and was {before.severity}{f': breaking it {effect}' if blocks else ''}."
        )
        yield _changed(Section.RULES, after, sentence)
    if before.manual is not after.manual:
        yield _changed(Section.RULES, after, f"It is judged by {'a person' if after.manual else 'its condition'} now.")
    if before.scope is not after.scope:
        yield _changed(Section.RULES, after, f"It speaks of a {after.scope} now, and spoke of a {before.scope}.")


def _conditions(old: Call, before: Rule, new: Call, after: Rule) -> Iterator[Change]:
    had, has = dict(before.conditions()), dict(after.conditions())
    for key, (_, what, without) in DEMANDS.items():
        one, other = had.get(key), has.get(key)
        if _text(one) == _text(other):
            continue
        yield _changed(
            Section.RULES,
            after,
            f"{what} has changed.",
            _in_words(old, before, one, without),
            _in_words(new, after, other, without),
        )


def _text(condition: Condition | None) -> str | None:
    return None if condition is None else words(condition.text)


def _in_words(call: Call, rule: Rule, condition: Condition | None, without: str) -> str:
    """A condition in words and as it is written, since words alone may hide a change."""
    if condition is None:
        return without
    return f"{condition_in_words(call, rule, condition)} [{words(condition.text)}]"


def _wording(before: Rule, after: Rule) -> Iterator[Change]:
    had, has = ({key: words(one.text) for key, one in rule.sentences()} for rule in (before, after))
    for key, says in WORDING.items():
        if had.get(key) != has.get(key):
            sentence = f"What it {says} is worded anew."
            yield _changed(Section.WORDING, after, sentence, had.get(key, NOTHING), has.get(key, NOTHING))
    if before.title != after.title:
        yield _changed(Section.WORDING, after, "Its title is another.", before.title, after.title)
    if words(before.why) != words(after.why):
        sentence = "The reason it gives is worded anew."
        yield _changed(Section.WORDING, after, sentence, words(before.why) or NOTHING, words(after.why) or NOTHING)


def _sources(old: Call, before: Rule, new: Call, after: Rule) -> Iterator[Change]:
    had = _cited(old, (before.source, *before.also))
    has = _cited(new, (after.source, *after.also))
    if had != has:
        gone, come = [one for one in had if one not in has], [one for one in has if one not in had]
        sentence = (
            "It stands on other sources, or says something else of them."
            if gone or come
            else "Its sources are in another order."
        )
        yield _changed(Section.SOURCES, after, sentence, "; ".join(gone) or NOTHING, "; ".join(come) or NOTHING)


def _cited(call: Call, citations: Sequence[Citation]) -> list[str]:
    return [
        f"{call.sources[one.document].title}, {one.section} ({one.authority})"
        + (f": {words(one.note)}" if one.note else "")
        for one in citations
    ]


def _examples(before: Rule, after: Rule) -> Iterator[Change]:
    had, has = map(_tried, (before.examples, after.examples))
    come, gone = [one for one in has if one not in had], [one for one in had if one not in has]
    if come or gone:
        yield _changed(Section.EXAMPLES, after, f"{counted(len(come), 'example')} added, {len(gone)} removed.")


def _tried(examples: Sequence[Example]) -> list[tuple[object, str, object]]:
    """What each example tries; how it is titled does not matter."""
    return [(dict(example.given), example.expect, example.as_of) for example in examples]
