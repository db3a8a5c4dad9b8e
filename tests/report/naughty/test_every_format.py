"""Every naughty string, in every place a report has for text, through every format: each reads back as it should."""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from functools import partial
from io import StringIO

from jsonschema_rs import Draft7Validator
from markdown_it import MarkdownIt

from mpfcheck.checking.report import (
    CallReference,
    InputReference,
    LeadReference,
    Problem,
    ProposalReport,
    ReadField,
    Severity,
    SourceReference,
)
from mpfcheck.plain import plain
from mpfcheck.report.as_markdown import MarkdownReporter
from mpfcheck.report.as_text import TextReporter
from mpfcheck.report.commonmark import APART
from mpfcheck.report.csv import COLUMNS, CsvReporter
from mpfcheck.report.formats import reporter_of
from mpfcheck.report.junit import JunitReporter
from mpfcheck.report.overview import NOTHING_MORE, Overview
from mpfcheck.report.reporter import Reporter, Write
from mpfcheck.report.sarif import SarifReporter
from tests.data import NAUGHTY_STRINGS, sarif_schema
from tests.report.overviews import everything
from tests.report.samples import report, result

JOINERS = "\u200c\u200d"
CALCULATED = "=+-@＝＋－＠﹦﹢﹣﹫"  # noqa: RUF001 - the signs in every width
RENDERER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def naughty(text: str) -> ProposalReport:
    """A report with the text wherever a proposal, a file or a rule pack could bring it in."""
    given = {
        "title": text,
        "message": text,
        "fix": text,
        "source": SourceReference(text, text, f"https://example.org/{text}", text),
        "fields": (ReadField(f"/{text}", text, 1, 1), ReadField("/lead/name", text)),
    }
    kinds = ("fail", "review", "inconclusive", "pass", "not_applicable")
    results = [result(f"{status}-{text}", status, **given) for status in kinds]
    results.append(result("WARN", "fail", severity="warning", **given))
    results.append(result("WAIT", "undecided", **(given | {"missing": (f"/{text}",)})))
    return report(
        "ineligible",
        *results,
        problems=(Problem(text, text, f"/{text}", 1, 1, Severity.WARNING), Problem(text, text)),
        input=InputReference(text, None, None, text, text, LeadReference(text, text), text, text),
        call=CallReference(text, text, "ab" * 32),
        changed={text: text},
    )


REPORTS = [naughty(text) for text in NAUGHTY_STRINGS]


def overview(text: str) -> Overview:
    """What is said of all together, with the text wherever it can come in."""
    return everything(naughty(text), naughty(text), words=text)


def write(
    reporter_to: Callable[[Write], Reporter], reports: list[ProposalReport], of_all: Overview = NOTHING_MORE
) -> str:
    pieces: list[str] = []
    reporter = reporter_to(pieces.append)
    for one in reports:
        reporter.add(one)
    reporter.finish(of_all)
    text = "".join(pieces)
    text.encode("utf-8")
    assert all(sign in "\r\n" or sign.isprintable() or sign in JOINERS for sign in text)
    return text


def flat(text: str) -> str:
    return " ".join(plain(text).split())


def test_text() -> None:
    lines = write(lambda out: TextReporter(out, details=True), REPORTS).split("\n")

    assert sum(line.startswith("NOT ELIGIBLE") for line in lines) == len(REPORTS)
    assert not any(line.startswith("ELIGIBLE") for line in lines)


def test_text_on_very_many() -> None:
    lines = write(TextReporter, REPORTS).split("\n")

    assert sum(line.startswith("NOT ELIGIBLE") for line in lines) == 1
    assert not any(line.startswith("ELIGIBLE") for line in lines)
    assert sum(line.startswith("  ✗ ") for line in lines) == len(REPORTS)


def test_overviews_in_text() -> None:
    for text in NAUGHTY_STRINGS:
        lines = write(TextReporter, [naughty(text)], overview(text)).split("\n")
        assert not any(line.startswith("ELIGIBLE") for line in lines)
        assert sum(line.startswith("NOT ELIGIBLE") for line in lines) == 3


def test_overviews_in_json() -> None:
    for text in NAUGHTY_STRINGS:
        found = json.loads(write(partial(reporter_of, "json", version="1"), [naughty(text)], overview(text)))
        assert found["what_if"]["changes"][0]["input"]["path"] == text
        assert found["portfolio"]["verdicts"]["ineligible"][0]["path"] == text


def test_json() -> None:
    found = json.loads(write(partial(reporter_of, "json", version="1"), REPORTS))["reports"]

    assert [one["results"][0]["message"] for one in found] == NAUGHTY_STRINGS
    assert [one["input"]["path"] for one in found] == NAUGHTY_STRINGS
    assert [(one["input"]["title"], one["input"]["lead"]["name"]) for one in found] == [
        (text, text) for text in NAUGHTY_STRINGS
    ]


def test_jsonl() -> None:
    lines = write(partial(reporter_of, "jsonl", version="1"), REPORTS).split("\n")

    assert [json.loads(line)["results"][0]["message"] for line in lines[:-1]] == NAUGHTY_STRINGS


def test_csv() -> None:
    table = list(csv.reader(StringIO(write(CsvReporter, REPORTS), newline=""), strict=True))

    assert len(table) == 1 + 7 * len(REPORTS)
    assert {len(row) for row in table} == {len(COLUMNS)}
    for value in (value for row in table for value in row):
        starts = (part.lstrip(' "\u200c\u200d') for part in re.split("[;\n]", value))
        assert not any(len(start.rstrip()) > 1 and start[0] in CALCULATED for start in starts), value


def test_markdown() -> None:
    """The blocks are those of a report with plain words in it, and no more is in them than was put there."""
    shape = blocks(write(MarkdownReporter, [naughty("word")]))
    for text, one in zip(NAUGHTY_STRINGS, REPORTS, strict=True):
        source = write(MarkdownReporter, [one])
        if flat(text) and len(text.splitlines()) == 1:
            assert blocks(source) == shape, text
        parts = [part for block in RENDERER.parse(source) for part in block.children or ()]
        assert {part.content for part in parts if part.type == "html_inline"} <= {APART}
        assert all(str(part.attrs["href"]).startswith("https://example.org/") for part in parts if part.attrs)
        assert not any(part.type in {"image", "hardbreak", "s_open"} for part in parts)
        shown = "".join(part.content for part in parts if part.type in {"text", "code_inline"})
        assert shown.count(flat(text)) >= 10, text


def test_overviews_in_markdown() -> None:
    shape = blocks(write(MarkdownReporter, [naughty("word")], overview("word")))
    for text in NAUGHTY_STRINGS:
        source = write(MarkdownReporter, [naughty(text)], overview(text))
        if flat(text) and len(text.splitlines()) == 1 and text.strip():
            assert blocks(source) == shape, text
        parts = [part for block in RENDERER.parse(source) for part in block.children or ()]
        assert {part.content for part in parts if part.type == "html_inline"} <= {APART}
        assert all(str(part.attrs["href"]).startswith("https://example.org/") for part in parts if part.attrs)
        assert not any(part.type in {"image", "hardbreak", "s_open"} for part in parts)


def blocks(source: str) -> list[tuple[str, int]]:
    return [(block.type, block.level) for block in RENDERER.parse(source)]


def test_junit() -> None:
    root = ElementTree.fromstring(write(JunitReporter, REPORTS).encode("utf-8"))  # noqa: S314 - our own text

    assert len(root) == len(REPORTS)
    for suite in root:
        counts = [suite.get(name) for name in ("tests", "failures", "errors", "skipped")]
        assert counts == ["8", "1", "2", "3"]
        assert len(suite.findall("testcase")) == 8


def test_sarif() -> None:
    log = json.loads(write(lambda out: SarifReporter(out, version="1"), REPORTS))

    Draft7Validator(sarif_schema()).validate(log)
    results = log["runs"][0]["results"]
    assert len(results) == 3 * len(REPORTS)
    for each in results:
        message = each["message"]["text"]
        assert "](" not in message
        assert not re.search(r"[{}]", message.replace("{{", "").replace("}}", ""))
