"""Every figure of the summary of many proposals, computed again by other means.

Five thousand proposals are made with slips that are written down as they are made; pandas counts from these notes and
from the statuses of the rules what the portfolio must say. DuckDB counts the same, and what a survey must say, with SQL
that was written by hand over the JSON of the proposals.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pandas as pd
import pytest

from mpfcheck.checking.checker import Checker, invalid_report
from mpfcheck.checking.portfolio.summary import Appearance, PortfolioSummary
from mpfcheck.checking.report import InputReference, Problem, Severity, Status, Verdict
from mpfcheck.engine.portfolio import Portfolio
from mpfcheck.packs.load import load_call
from mpfcheck.proposal.answers import json_values
from mpfcheck.reading.document import read_plain
from mpfcheck.warehouse.survey import Survey, Surveyor
from mpfcheck.warehouse.table import InputsNote, ProposalTable

NUMBER = 5_000
SEED = 2026
CHECKERS = {name: Checker(load_call(name)) for name in ("mpf-2023-borders-security", "mpf-2020-mpf-iii")}
EXAMPLE = json.loads(
    (Path(__file__).resolve().parents[2] / "examples" / "eligible-lithuania-moldova.json").read_text(encoding="utf-8")
)
COUNTRIES = ("LT", "LV", "FR", "MD", "UA", "SN", None)
SPELLINGS = (
    str,
    str.upper,
    lambda name: f" {name}  ",
    lambda name: name.replace(" ", "\N{NO-BREAK SPACE}"),
    lambda name: name.replace("Body", "Bo\N{SOFT HYPHEN}dy"),
)
Row = dict[str, Any]


class Maker:
    """Makes proposals; what is written down of each is what was meant, not what was written."""

    def __init__(self) -> None:
        self._random = Random(SEED)  # noqa: S311 - the same proposals every time
        self.rows: list[Row] = []
        self.proposals: list[Row] = []

    def make(self) -> None:
        for number in range(NUMBER):
            kind = self._random.random()
            if kind < 0.03:
                self._keep({}, content=None)
            elif kind < 0.13 and self._real():
                self._copy()
            elif kind < 0.2 and self._real():
                self._handed_in_again(number)
            elif kind < 0.6:
                self._in_order(number)
            else:
                self._new(number)

    def _real(self) -> list[int]:
        return [number for number, row in enumerate(self.rows) if row["content"] is not None][-400:]

    def _copy(self) -> None:
        """The same answers, laid out in another way."""
        number = self._random.choice(self._real())
        again = dict(reversed(list(copy.deepcopy(self.proposals[number]).items())))
        if again["budget"]["total"]:
            again["budget"]["total"] = (
                f"{int(Decimal(again['budget']['total']))}{self._random.choice(['', '.0', '.00'])}"
            )
        self._keep(again, **{name: self.rows[number][name] for name in ("content", "title", "people")})

    def _handed_in_again(self, number: int) -> None:
        """The same title and lead applicant, other answers."""
        old = self._random.choice(self._real())
        again = copy.deepcopy(self.proposals[old])
        again["summary"] = f"Other answers {number}"
        again["title"] = self._random.choice(SPELLINGS)(again["title"])
        self._keep(again, content=number, title=self.rows[old]["title"], people=self.rows[old]["people"])

    def _new(self, number: int) -> None:
        random = self._random
        made = copy.deepcopy(EXAMPLE)
        people = [self._applicant(role) for role in ["lead"] + ["co_applicant"] * random.randrange(3)]
        total = random.choice(["400000.00", "150000.00", None, f"{random.randrange(200_000, 900_000)}"])
        made |= {
            "call": random.choice(["mpf-2023-borders-security"] * 4 + ["mpf-2020-mpf-iii"]),
            "title": f"Title {number}",
            "fund": random.choice(["BMVI", "BMVI", "ISF", "AMIF", None]),
            "lead": made["lead"] | people[0].pop("answers"),
            "co_applicants": [made["co_applicants"][0] | person.pop("answers") for person in people[1:]],
            "budget": {"currency": "EUR", "lines": [], "total": total},
            "documents": [],
        }
        asked = random.choice(
            [None, "380000.00", total and str(Decimal(total) * Decimal("0.9")).rstrip("0").rstrip(".")]
        )
        made["financing"] = {"grant_requested": asked, "contributions": []}
        self._keep(made, content=number, title=number, people=people)

    def _in_order(self, number: int) -> None:
        """As eligible as the example, or one step from it."""
        made = copy.deepcopy(EXAMPLE) | {"title": f"Title {number}", "fund": self._random.choice(["BMVI", "ISF"])}
        people = [self._applicant("lead", 6 * self._random.randrange(250))]
        made["lead"] |= people[0].pop("answers")
        people.append(self._applicant("co_applicant", 6 * self._random.randrange(250) + 3))
        made["co_applicants"] = [made["co_applicants"][0] | people[1].pop("answers")]
        made["financing"]["grant_requested"] = self._random.choice(["380000.00", "379999.99", "380000.01"])
        self._keep(made, content=number, title=number, people=people)

    def _applicant(self, role: str, body: int | None = None) -> Row:
        """One of a few hundred organisations, its name in any spelling, now and then with a slip."""
        random = self._random
        body = random.randrange(1_500) if body is None else body
        country, pic = COUNTRIES[body % 6], f"9{body:08}" if body % 3 else None
        slip = random.random()
        if slip < 0.03:
            pic = f"9{random.randrange(200):08}"  # from another row
        elif slip < 0.06:
            country = None
        named: int | None = body
        if 0.06 <= slip < 0.09:
            named = None
        elif slip < 0.12:
            named = body + 10_000  # renamed
        name = None if named is None else random.choice(SPELLINGS)(f"Public Body {named}")
        written = None if pic is None else random.choice([pic, f"{pic[:3]} {pic[3:6]} {pic[6:]}"])
        answers = {"id": f"{role}-{random.randrange(10**9)}", "name": name, "country": country, "pic": written}
        person = {"role": role, "named": named, "country": country, "pic": pic}
        return person | {"name": name, "written": written, "answers": answers}

    def _keep(self, proposal: Row, **truth: Any) -> None:
        self.proposals.append(proposal)
        self.rows.append({"title": None, "people": []} | truth)


class Case:
    """The proposals, the summary of them, and what pandas has to count from."""

    def __init__(self) -> None:
        maker = Maker()
        maker.make()
        portfolio = Portfolio()
        rows, statuses = [], []
        for number, (proposal, truth) in enumerate(zip(maker.proposals, maker.rows, strict=True), 1):
            place = InputReference("all.jsonl", number, None)
            row = {"number": number, "verdict": Verdict.INVALID, "obstacles": 0, "call": None, **truth}
            rows.append(row)
            if truth["content"] is None:
                portfolio.add(invalid_report((Problem("Not a proposal."),), place))
                continue
            answers = read_plain(*json_values(proposal)).answers
            assert answers is not None
            checker = CHECKERS[proposal["call"]]
            portfolio.add(checker.report(answers, input=place), answers, checker)
            said = checker.statuses(answers)
            row |= _judged(checker, said)
            found = zip(checker.call.rules, said, strict=True)
            statuses += [(number, proposal["call"], rule.id, status) for rule, status in found]
            financing, lead = answers.get("financing"), answers.get("lead")
            assert isinstance(financing, Mapping)
            assert isinstance(lead, Mapping)
            row |= {"call": proposal["call"], "fund": answers.get("fund"), "asked": financing.get("grant_requested")}
            row |= {"lead": lead.get("country"), "lead_name": truth["people"][0]["named"]}
        self.proposals = maker.proposals
        self.summary = portfolio.summary(CHECKERS.__getitem__)
        self.frame = pd.DataFrame(rows)
        self.frame["copy"] = self.frame["content"].notna() & self.frame.duplicated("content")
        self.once = self.frame[~self.frame["copy"]]
        self.statuses = pd.DataFrame(statuses, columns=["number", "call", "rule", "status"])
        self.people = pd.DataFrame(
            {"number": row.number, "place": place, **person}
            for row in self.once.itertuples()
            for place, person in enumerate(row.people)
        )


def _judged(checker: Checker, said: Sequence[Status]) -> Row:
    """The verdict by the statuses alone, and the rules that stand between the proposal and being eligible."""
    deciding = [
        (rule.id, status)
        for rule, status in zip(checker.call.rules, said, strict=True)
        if rule.severity is Severity.BLOCKING and not rule.manual
    ]
    blocking = {status for rule, status in deciding}
    found = {
        Status.FAIL: Verdict.INELIGIBLE,
        Status.INCONCLUSIVE: Verdict.INCONCLUSIVE,
        Status.UNDECIDED: Verdict.INCOMPLETE,
        Status.REVIEW: Verdict.REVIEW,
    }
    verdict = next((found[status] for status in found if status in blocking), Verdict.ELIGIBLE)
    obstacles = [(rule, status) for rule, status in deciding if status not in (Status.PASS, Status.NOT_APPLICABLE)]
    nearly = obstacles[0][0] if len(obstacles) == 1 and obstacles[0][1] is Status.FAIL else None
    return {"verdict": verdict, "obstacles": len(obstacles), "nearly": nearly}


@cache
def case() -> Case:
    return Case()


@pytest.fixture
def summary() -> PortfolioSummary:
    return case().summary


def lines(inputs: tuple[InputReference, ...]) -> list[int | None]:
    return [input.line for input in inputs]


def test_every_slip_is_among_the_proposals() -> None:
    """Otherwise the others would say little."""
    frame, found = case().frame, case().summary

    assert len(frame) == NUMBER
    assert frame["copy"].sum() > 200
    assert (frame["verdict"] == Verdict.INVALID).sum() > 100
    assert set(frame["verdict"]) >= {Verdict.ELIGIBLE, Verdict.INELIGIBLE, Verdict.INCOMPLETE, Verdict.INVALID}
    assert frame["call"].nunique() == 2
    assert {one.by for one in found.shared_organisations} == {"name", "pic"}
    assert len(found.shared_pics) > 100
    assert found.nearly_eligible
    assert any(one.copies for one in found.nearly_eligible)


def test_verdicts_and_copies(summary: PortfolioSummary) -> None:
    frame = case().frame

    assert summary.proposals == NUMBER
    assert summary.copies == tuple(frame[frame["copy"]]["number"])
    assert {verdict: number for verdict, number in summary.distinct.items() if number} == (
        case().once["verdict"].value_counts().to_dict()
    )
    for verdict, found in summary.verdicts.items():
        expected = frame[frame["verdict"] == verdict].sort_values("obstacles", kind="stable")
        assert lines(found) == list(expected["number"])


def test_nearly_eligible(summary: PortfolioSummary) -> None:
    nearly = case().frame[case().frame["nearly"].notna()]
    copies = nearly.groupby("content").size() - 1
    once = nearly[~nearly["copy"]]

    assert [(one.input.line, one.call, one.rule, one.copies) for one in summary.nearly_eligible] == [
        (row.number, row.call, row.nearly, copies[row.content]) for row in once.itertuples()
    ]


def test_rules_by_failures(summary: PortfolioSummary) -> None:
    said = case().statuses[~case().statuses["status"].isin([Status.PASS, Status.NOT_APPLICABLE])]
    distinct = said[said["number"].isin(case().once["number"])]
    inputs = said.groupby(["call", "rule", "status"])["number"].agg(list).to_dict()
    counts = distinct.groupby(["call", "rule", "status"]).size().to_dict()
    spoken = (Status.FAIL, Status.UNDECIDED, Status.REVIEW, Status.INCONCLUSIVE)

    assert {
        (one.call, one.rule, status): lines(found) for one in summary.rules for status, found in one.inputs.items()
    } == inputs
    assert {
        (one.call, one.rule, status): one.count(status)
        for one in summary.rules
        for status in spoken
        if one.count(status)
    } == counts
    order = [tuple(-counts.get((one.call, one.rule, status), 0) for status in spoken) for one in summary.rules]
    assert order == sorted(order)


def test_pots(summary: PortfolioSummary) -> None:
    eligible = case().frame.query("verdict == 'eligible' and call == 'mpf-2023-borders-security'")
    once = eligible[~eligible["copy"]]
    (pots,) = summary.together

    assert (pots.proposals, pots.copies) == (len(once), len(eligible) - len(once))
    for item in pots.items:
        asked = once[once["fund"] == item.item]["asked"].dropna()
        assert item.compared is not None
        assert item.compared.amount == sum(asked, Decimal(0))


def test_countries(summary: PortfolioSummary) -> None:
    read = case().frame[case().frame["content"].notna()]
    expected = {}
    for country, all_of_it in read.groupby("lead", dropna=False):
        once = all_of_it[~all_of_it["copy"]]
        eligible = once[once["verdict"] == Verdict.ELIGIBLE]
        key = None if pd.isna(country) else country
        asked = sum(eligible["asked"].dropna(), Decimal(0))
        expected[key] = (len(once), len(eligible), asked, len(all_of_it) - len(once))

    assert {
        one.code: (one.proposals, one.eligible, one.requested, one.copies) for one in summary.lead_countries
    } == expected
    order = [one.proposals for one in summary.lead_countries]
    assert order == sorted(order, reverse=True)


def test_the_same_proposal(summary: PortfolioSummary) -> None:
    read = case().frame[case().frame["content"].notna()]
    copies = [list(group) for _, group in read.groupby("content", sort=False)["number"] if len(group) > 1]
    named = read[read["lead_name"].notna()]
    again = [
        list(group["number"])
        for _, group in named.groupby(["call", "title", "lead_name"], sort=False)
        if group["content"].nunique() > 1
    ]

    assert [lines(one.inputs) for one in summary.same_proposals if one.by == "content"] == copies
    assert [lines(one.inputs) for one in summary.same_proposals if one.by == "name"] == again


def places(appearances: tuple[Appearance, ...]) -> list[tuple[int | None, str, str | None, str | None]]:
    return [(one.input.line, one.role, one.name, one.pic) for one in appearances]


def met(group: pd.DataFrame) -> list[tuple[int, str, str | None, str | None]]:
    rows = group.sort_values(["number", "place"])
    return [
        (row.number, row.role, *(None if pd.isna(one) else one for one in (row.name_, row.written)))
        for row in rows.rename(columns={"name": "name_"}).itertuples()
    ]


def test_organisations(summary: PortfolioSummary) -> None:
    people = case().people
    named = people[people["named"].notna() & people["country"].notna()]
    by_name = [met(group) for _, group in named.groupby(["named", "country"]) if group["number"].nunique() > 1]
    by_pic = [
        met(group)
        for _, group in people[people["pic"].notna()].groupby("pic")
        if group["number"].nunique() > 1
        and group["named"].nunique() <= 1
        and group["country"].nunique() <= 1
        and len(group.drop_duplicates(["named", "country"])) > 1
    ]

    for by, expected in (("name", by_name), ("pic", by_pic)):
        found = [places(one.appearances) for one in summary.shared_organisations if one.by == by]
        assert sorted(found, key=str) == sorted(expected, key=str)
    order = [len(one.appearances) for one in summary.shared_organisations]
    assert order == sorted(order, reverse=True)


def test_pics_with_several_names_or_countries(summary: PortfolioSummary) -> None:
    people = case().people

    assert dict(_contradictions(people[people["pic"].notna()])) == {
        one.pic: Counter(str(places(holder.appearances)) for holder in one.holders) for one in summary.shared_pics
    }


def _contradictions(people: pd.DataFrame) -> Iterator[tuple[str, Counter[str]]]:
    for pic, group in people.groupby("pic"):
        if group["named"].nunique() > 1 or group["country"].nunique() > 1:
            holders = group.groupby(["named", "country"], dropna=False)
            yield str(pic), Counter(str(met(holder)) for _, holder in holders)


BY_HAND = """
CREATE TABLE proposals AS
SELECT number, content, copy, verdict, call, proposal->>'$.fund' AS fund, proposal->>'$.lead.country' AS country,
    CAST(proposal->>'$.budget.total' AS DECIMAL(18, 2)) AS total,
    CAST(proposal->>'$.financing.grant_requested' AS DECIMAL(18, 2)) AS asked
FROM notes JOIN given USING (number) WHERE content IS NOT NULL
"""


@pytest.fixture(scope="module")
def by_hand() -> Iterator[duckdb.DuckDBPyConnection]:
    """The proposals as DuckDB reads their JSON, with the statuses that the rules have one by one."""
    notes = case().frame[["number", "content", "copy", "verdict", "call"]].astype({"verdict": str})
    texts = list(map(json.dumps, case().proposals))
    with duckdb.connect() as engine:
        engine.register("notes", notes)
        engine.register("given", pd.DataFrame({"number": range(1, NUMBER + 1), "proposal": texts}))
        engine.register("statuses", case().statuses.astype({"status": str}))
        engine.execute(BY_HAND)
        yield engine


def surveyed(by: Sequence[str]) -> Survey:
    checker = CHECKERS["mpf-2023-borders-security"]
    table = ProposalTable(checker.call)
    surveyor = Surveyor(checker, by=by)
    read = [
        read_plain(*json_values(proposal)).answers or {}
        for proposal in case().proposals
        if proposal.get("call") == checker.call.id
    ]
    rows = table.batch([("all.jsonl", number, None, answers) for number, answers in enumerate(read)])
    assert sum(surveyor.count([rows])) == len(read)
    return surveyor.finish(InputsNote(), of_table=False)


def test_every_figure_of_a_survey_by_hand(by_hand: duckdb.DuckDBPyConnection) -> None:
    survey = surveyed(("fund", "lead.country"))
    by_hand.execute(
        """CREATE VIEW ours AS SELECT *, if(verdict = 'eligible', asked, 0) AS requested
        FROM proposals WHERE call = 'mpf-2023-borders-security'"""
    )

    def rows(query: str) -> list[tuple[Any, ...]]:
        return by_hand.sql(query).fetchall()

    assert [(survey.proposals, survey.requested)] == rows("SELECT count(*), sum(requested) FROM ours")
    assert dict(rows("SELECT verdict, count(*) FROM ours GROUP BY ALL")) == survey.verdicts
    found = rows("SELECT rule, status, count(*) FROM statuses JOIN ours USING (number) GROUP BY ALL")
    portfolio = {rule.id for rule in CHECKERS["mpf-2023-borders-security"].call.rules} - {
        one.rule for one in survey.rules
    }
    assert {(rule, status): number for rule, status, number in found if rule not in portfolio} == {
        (one.rule, status.value): number for one in survey.rules for status, number in one.statuses.items() if number
    }
    assert sorted(rows("SELECT fund, country, count(*), sum(requested) FROM ours GROUP BY ALL"), key=str) == sorted(
        ((*one.values, sum(one.verdicts.values()), one.requested) for one in survey.groups), key=str
    )
    (pots,) = survey.together
    funds = dict(rows("SELECT fund, sum(asked) FROM ours WHERE verdict = 'eligible' GROUP BY ALL"))
    assert {one.item: one.compared and one.compared.amount for one in pots.items} == {
        one.item: funds.get(one.item, Decimal(0)) for one in pots.items
    }
    # Two rules from the text of the call, without mpfcheck.
    counts = {one.rule: one.statuses for one in survey.rules}
    assert rows("SELECT count(*) FILTER (total < 200000), count(*) FILTER (total IS NULL) FROM ours") == [
        (counts["BUDGET-1"][Status.FAIL], counts["BUDGET-1"].get(Status.UNDECIDED, 0))
    ]
    assert rows("SELECT count(*) FILTER (asked > 0.95 * total) FROM ours") == [(counts["GRANT-1"][Status.FAIL],)]


def test_the_figures_of_the_summary_by_hand(by_hand: duckdb.DuckDBPyConnection, summary: PortfolioSummary) -> None:
    def rows(query: str) -> list[tuple[Any, ...]]:
        return by_hand.sql(query).fetchall()

    assert summary.proposals == NUMBER
    distinct = {verdict.value: number for verdict, number in summary.distinct.items() if number}
    assert dict(rows("SELECT verdict, count(*) FROM notes WHERE NOT copy GROUP BY ALL")) == distinct
    assert [len(summary.copies)] == [number for (number,) in rows("SELECT count(*) FROM proposals WHERE copy")]
    countries = rows(
        """SELECT country, count(*) FILTER (NOT copy), count(*) FILTER (NOT copy AND verdict = 'eligible'),
        coalesce(sum(asked) FILTER (NOT copy AND verdict = 'eligible'), 0), count(*) FILTER (copy)
        FROM proposals GROUP BY ALL"""
    )
    assert sorted(countries, key=str) == sorted(
        ((one.code, one.proposals, one.eligible, one.requested, one.copies) for one in summary.lead_countries), key=str
    )
    rules = rows(
        """SELECT statuses.call, rule, status, count(*) FROM statuses JOIN proposals USING (number)
        WHERE NOT copy AND status NOT IN ('pass', 'not_applicable') GROUP BY ALL"""
    )
    assert sorted(rules) == sorted(
        (one.call, one.rule, status.value, one.count(status))
        for one in summary.rules
        for status in (Status.FAIL, Status.UNDECIDED, Status.REVIEW, Status.INCONCLUSIVE)
        if one.count(status)
    )
