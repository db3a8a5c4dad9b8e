"""The published schemas and the strict readers of rule packs and forms: made from one table, so they want the same."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema_rs
import pytest
from jsonschema_rs import Draft202012Validator

from mpfcheck.forms.form import FORM, read_form
from mpfcheck.packs.call import CALL, SOURCES, Call, read_call_file, read_shared_sources
from mpfcheck.packs.clause import CLAUSES, read_clauses
from mpfcheck.packs.code_list import CODE_LIST, read_code_list
from mpfcheck.packs.entries import FileTable
from mpfcheck.packs.load import load_call
from mpfcheck.packs.mistake import PackMistake
from mpfcheck.packs.rule import RULES, Source, read_rules
from mpfcheck.packs.version import VERSIONS, read_versions
from mpfcheck.packs.yaml_file import YamlFile, read_yaml
from mpfcheck.proposal.fields import proposal_record

CITATION = {"document": "page", "section": "Money", "authority": "official", "note": "Copied in 2023."}
SOURCE = {"title": "A page", "authority": "official", "url": "https://page", "date": "2023-12", "note": "Short."}
SOURCES_BY_ID = {"page": SOURCE}
RULE = {
    "id": "MONEY-1",
    "title": "The grant is small",
    "severity": "blocking",
    "scope": "proposal",
    "why": "There is little.",
    "for each": "co_applicants",
    "as": "partner",
    "when": 'partner.country = "MD"',
    "require": "true",
    "doubt": "budget.total > 3",
    "doubt message": "It may be too much.",
    "message": "It is {budget.total}.",
    "fix": "Ask for less.",
    "note": {"when": "true", "message": "Well done."},
    "source": CITATION,
    "also": [CITATION],
    "examples": [
        {
            "given": {"title": "x"},
            "expect": "pass",
            "title": "Little",
            "as_of": "2023-12-07",
            "noted": True,
            "likewise": {"title": ["y"]},
        }
    ],
}
MANUAL = {key: RULE[key] for key in ("title", "severity", "message", "source")} | {"id": "MONEY-2", "manual": True}
CHANGE = {key: RULE[key] for key in ("title", "severity", "note", "source")}
MEMBER = {"code": "MD", "label": "Moldova", "source": "page", "confidence": "low", "note": "Yes."}
QUESTION = {
    "field": "title",
    "ask": "What is it called?",
    "title": "Title",
    "hint": "A line.",
    "help": "Short is good.",
    "optional": True,
    "lines": 2,
    "show when": "true",
}
GROUP = {
    "group": "co_applicants",
    "ask": "Who else?",
    "title": "Others",
    "one": "partner",
    "as": "partner",
    "first id": "co-1",
    "optional": True,
    "none": "Nobody",
    "hint": "Add them.",
    "help": "All of them.",
    "columns": ["name"],
    "show when": "true",
    "questions": [{"field": "name", "ask": "What is it called?"}],
}
SAMPLES: Mapping[str, Any] = {
    "rules": [RULE, MANUAL],
    "call": {
        "id": "tiny",
        "title": "A call",
        "version": "1",
        "as_of": "2023-12-07",
        "published": "2023-03-10",
        "summary": "About little.",
        "sources": SOURCES_BY_ID,
        "code_lists": ["countries"],
        "parameters": {
            "least": {
                "title": "The least",
                "unit": "EUR",
                "values": [{"from": "2023-03-10", "value": 5, "source": CITATION, "note": "Yes."}],
            }
        },
        "definitions": {"large": {"title": "It is large", "value": "budget.total > 5", "note": "Yes."}},
        "rules": [
            "money.yaml",
            {"file": "shared/people.yaml", "change": {"MONEY-1": CHANGE}},
        ],
        "equivalent": [{"of": "MONEY-1", "changes": ["less"], "why": "It is the same."}],
        "next_steps": {
            step: [{"text": "Write.", "source": CITATION}] for step in ("submit", "ask", "deadline", "attach")
        },
        "gaps": [{"topic": "money", "text": "Nobody knows."}],
    },
    "sources": SOURCES_BY_ID,
    "codelist": {
        "id": "tiny",
        "title": "Countries",
        "of": "countries",
        "source": "page",
        "confidence": "medium",
        "note": "Yes.",
        "members": ["UA", MEMBER],
        "candidates": {"GE": "Georgia"},
    },
    "clauses": [
        {
            "source": {**CITATION, "document": "mpf-call-page"},
            "clauses": [
                {"id": "MONEY-1", "text": "Little.", "rules": ["TIME-1"], "left to people": "Ask."},
                {"id": "MONEY-2", "text": "Less.", "nothing to check": "A wish."},
            ],
        }
    ],
    "form": {
        "form": "tiny",
        "title": "A form",
        "intro": "Welcome.",
        "begin with": {"title": "x"},
        "pages": [
            {
                "id": "one",
                "title": "One",
                "intro": "Here.",
                "show when": "true",
                "questions": [
                    QUESTION,
                    {"field": "fund", "ask": "Which?", "choices": "funds", "own text": True},
                    {"field": "strand", "ask": "Of whom?", "refers to": ["lead", "co_applicants"]},
                    {
                        "field": "financing.grant_requested",
                        "ask": "How much?",
                        "percent of": "budget.total",
                        "effort": 1,
                    },
                    {"field": "lead.kind", "ask": "What kind?", "fixed": True},
                    GROUP,
                ],
                "figures": [
                    {"title": "Share", "part": "1", "whole": "2", "limit": "0.9"},
                    {"title": "Sums", "sum": "budget.lines", "by": "heading", "amount": "amount"},
                ],
            }
        ],
    },
    "versions": [
        {
            "version": "1",
            "date": "2023-12-07",
            "reason": "The first.",
            "sha256": "0" * 64,
            "files": {"lead.yaml": "0" * 64, "old.yaml": None},
        }
    ],
}
TABLES = {table.name: table for table in (RULES, CALL, SOURCES, CODE_LIST, CLAUSES, FORM, VERSIONS)}
WRONG = (None, True, 7, "", " ", "!", [], [[]], [7], {}, {"": 7})
"""What stands for each value of a sample in turn. A value may well be right where another is."""


@cache
def _sources() -> Mapping[str, Source]:
    return read_shared_sources(yaml(SOURCES_BY_ID), [])


def _rules(file: YamlFile, mistakes: list[PackMistake]) -> None:
    read_rules(file, _sources(), mistakes)


def _call(file: YamlFile, mistakes: list[PackMistake]) -> None:
    """Read a call, and what the loader does then: it looks for the files, and reads rules with what changes in them."""
    call = read_call_file(file, "tiny", dict, mistakes)
    for name, listed in call.rules.items():
        if name not in ("money.yaml", "shared/people.yaml"):
            mistakes.append(PackMistake(listed.node.place, "no such file"))
        elif listed.changes:
            read_rules(yaml([RULE]), _sources(), mistakes, listed.changes)
    mistakes += [
        PackMistake(node.place, "no such list") for name, node in call.code_lists.items() if name != "countries"
    ]


@cache
def _published_call() -> Call:
    return load_call("mpf-2023-borders-security")


READERS: Mapping[str, Callable[[YamlFile, list[PackMistake]], object]] = {
    "rules": _rules,
    "call": _call,
    "sources": read_shared_sources,
    "codelist": lambda file, mistakes: read_code_list(file, "tiny", mistakes),
    "clauses": lambda file, mistakes: read_clauses(file, _published_call(), mistakes),
    "form": lambda file, mistakes: read_form(file, proposal_record(), mistakes),
    "versions": read_versions,
}


def yaml(data: object) -> YamlFile:
    return read_yaml(json.dumps(data).encode(), "sample.yaml")


def mistakes_in(name: str, data: object) -> list[PackMistake]:
    found: list[PackMistake] = []
    READERS[name](yaml(data), found)
    return found


def changed_samples(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every place of a sample with every wrong value, and every key left out, as (path, value); ``...`` leaves out."""
    yield from ((path, wrong) for wrong in WRONG)
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*path, key), ...
            yield from changed_samples(inner, (*path, key))
        yield (*path, "nonsense"), 7
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from changed_samples(inner, (*path, number))


def changed_at(sample: Any, path: tuple[str | int, ...], value: object) -> Any:
    if not path:
        return value
    data = copy.deepcopy(sample)
    holder = data
    for step in path[:-1]:
        holder = holder[step]
    if value is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = value
    return data


def validator(table: FileTable) -> Draft202012Validator:
    return Draft202012Validator(table.schema(), validate_formats=True)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_a_schema_is_a_schema_and_takes_the_sample_as_the_reader_does(table: FileTable) -> None:
    jsonschema_rs.meta.validate(table.schema())
    assert list(validator(table).iter_errors(SAMPLES[table.name])) == []
    assert list(map(str, mistakes_in(table.name, SAMPLES[table.name]))) == []


def keys_in(value: object, key: str = "") -> Iterator[str]:
    """Every key of a sample; of a schema with ``key="properties"``, every key it describes."""
    if isinstance(value, dict):
        yield from value.get(key, ()) if key else value
        for inner in value.values():
            yield from keys_in(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from keys_in(inner, key)


def test_the_samples_have_every_entry_there_is() -> None:
    described = {key for table in TABLES.values() for key in keys_in(table.schema(), "properties")}
    assert described <= set(keys_in(list(SAMPLES.values())))


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_what_the_schema_refuses_the_reader_refuses(table: FileTable) -> None:
    validate = validator(table)
    passed = []
    for path, value in changed_samples(SAMPLES[table.name]):
        data = changed_at(SAMPLES[table.name], path, value)
        refused = next(validate.iter_errors(data), None)
        if refused and data is not None and not mistakes_in(table.name, data):
            passed.append((path, value, refused.message))
    assert passed == []
