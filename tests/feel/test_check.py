"""What the static check says, word for word: call officers read it."""

from __future__ import annotations

import pytest

from mpfcheck.feel.check.expression import CheckedExpression, check
from mpfcheck.feel.syntax.parser import parse
from mpfcheck.feel.syntax.tree import And, Compare
from mpfcheck.feel.types import (
    ANY,
    BOOLEAN,
    DATE,
    DAYS_DURATION,
    MONEY,
    MONTHS,
    MONTHS_DURATION,
    NULL,
    NUMBER,
    TEXT,
    ListType,
    TextType,
    Type,
)


def checked(text: str, names: dict[str, Type], *, wanted: Type = ANY) -> CheckedExpression:
    return check(parse(text, names), names, wanted=wanted)


MISTAKES = {
    "unknown name": ('leed.country = "LT"', "Unknown name `leed`.", "Did you mean `lead`?"),
    "field without its record": (
        "total > 3",
        "Unknown name `total`.",
        "Did you mean the field `budget.total`?",
    ),
    "code without quotation marks": (
        "lead.kind = ngo",
        "Unknown name `ngo`.",
        'Put a code in quotation marks: "ngo".',
    ),
    "unknown field": ('lead.contry = "LT"', "`lead` has no field `contry`.", "Did you mean `country`?"),
    "unknown field, none like it": (
        "budget.colour",
        "`budget` has no field `colour`.",
        "The fields are `lines` and `total`.",
    ),
    "unknown field of the items of a list": (
        'co_applicants.contry = ["LT"]',
        "`co_applicants` has no field `contry`.",
        "Did you mean `country`?",
    ),
    "field of a number": ("budget.total.amount", "`budget.total` is an amount in EUR and has no field `amount`.", ""),
    "part of a date": (
        "start_date.quarter",
        "`start_date` has no field `quarter`.",
        "The fields are `year`, `month`, `day` and `weekday`.",
    ),
    "unknown entry of a code list": (
        "lead.country in eastern_partnership.member",
        "`eastern_partnership` has no field `member`.",
        "Did you mean `members`?",
    ),
    "unknown function": ("summ(budget.lines.amount)", "Unknown function `summ`.", "Did you mean `sum`?"),
    "no function": ("lead(1)", "`lead` is an applicant, not a function.", ""),
    "too many arguments": (
        "count(co_applicants, 2)",
        "`count` takes 1 argument, not 2.",
        "Write `count(list)`.",
    ),
    "too few arguments": (
        'substring("abc")',
        "`substring` takes 2 or 3 arguments, not 1.",
        "Write `substring(string, start position, length?)`.",
    ),
    "unknown argument": (
        'substring(string: "abc", start position: 1, len: 2)',
        "`substring` has no argument `len`.",
        "Did you mean `length`?",
    ),
    "missing argument": (
        'substring(string: "abc", length: 2)',
        "`substring` does not accept this combination of arguments.",
        "Write `substring(string, start position, length?)`.",
    ),
    "argument of a wrong type": (
        "sum(budget.lines.heading)",
        "`sum` takes a list of numbers, but `budget.lines.heading` is a list of codes of the list `headings`.",
        "",
    ),
    "one of several arguments of a wrong type": (
        "matches(title, 3)",
        "`matches` takes a text as `pattern`, but `3` is a number.",
        "",
    ),
    "no list where one is wanted": (
        "count(lead)",
        "`count` takes a list, but `lead` is an applicant.",
        "Write a list in square brackets: `[lead]`.",
    ),
    "values of different units in one function": (
        "max(budget.total, duration_months)",
        "`max` needs values of the same kind: `budget.total` is an amount in EUR, "
        "`duration_months` is a number of months.",
        "",
    ),
    "arguments of a function written down": (
        "(function(a, b) a)(1)",
        "`function(a, b) a` takes 2 arguments, not 1.",
        "",
    ),
    "argument of a function with types": (
        '(function(a: number) a)("x")',
        '`function(a: number) a` takes a number, but `"x"` is a text.',
        "",
    ),
    "the clock": (
        "today() > start_date",
        "A rule cannot use the current date: `today()` gives a different result every day.",
        "Use `as_of`, the date of the check.",
    ),
    "number and text": (
        'budget.total >= "200000"',
        '`budget.total` (an amount in EUR) cannot be compared with `"200000"` (a text).',
        "Write a number without quotation marks: 200000.",
    ),
    "date and text": (
        'start_date >= "2024-03-01"',
        '`start_date` (a date) cannot be compared with `"2024-03-01"` (a text).',
        'Write a date as @"2024-03-01".',
    ),
    "yes and text": (
        'lead.non_profit = "yes"',
        '`lead.non_profit` (true or false) cannot be compared with `"yes"` (a text).',
        "Write true without quotation marks.",
    ),
    "list and one value": (
        'target_countries = "MD"',
        '`target_countries` (a list of codes of the list `countries`) cannot be compared with `"MD"` (a text).',
        'To check whether the value is in the list, write `"MD" in target_countries`.',
    ),
    "list and number": (
        "co_applicants = 3",
        "`co_applicants` (a list of applicants) cannot be compared with `3` (a number).",
        "To count the items, write `count(co_applicants)`.",
    ),
    "amount and number of months": (
        "budget.total > duration_months",
        "`budget.total` (an amount in EUR) cannot be compared with `duration_months` (a number of months).",
        "",
    ),
    "amount and plain parameter": (
        "budget.total > maximum_share",
        "`budget.total` (an amount in EUR) cannot be compared with `maximum_share` (a number).",
        "If `maximum_share` is in EUR, give it the unit EUR.",
    ),
    "order of true and false": (
        "lead.non_profit < true",
        "True and false have no order.",
        'To compare them, use "=" or "!=".',
    ),
    "order of records": (
        "lead > 3",
        "`lead` is an applicant and has no order.",
        "",
    ),
    "order of lists": (
        "co_applicants > 3",
        "`co_applicants` is a list of applicants and has no order.",
        "To count the items, write `count(co_applicants)`.",
    ),
    "between": (
        "budget.total between 1 and duration_months",
        "`budget.total` (an amount in EUR) cannot be compared with `duration_months` (a number of months).",
        "",
    ),
    "range of another type": (
        "budget.total in [1..duration_months]",
        "`budget.total` (an amount in EUR) can never be in `[1..duration_months]` (a range of numbers of months).",
        "",
    ),
    "list in a list": (
        "target_countries in eastern_partnership.members",
        "`target_countries` (a list of codes of the list `countries`) can never be in "
        "`eastern_partnership.members` (a list of codes of the list `countries`).",
        "To check the items one by one, write `some x in target_countries satisfies x in eastern_partnership.members`.",
    ),
    "value in a list of others": (
        "budget.total in eastern_partnership.members",
        "`budget.total` (an amount in EUR) can never be in `eastern_partnership.members` (a list of codes of the list "
        "`countries`).",
        "",
    ),
    "code that is not in its list": (
        'lead.kind = "publc_body"',
        'The code list `applicant_kinds` has no code "publc_body".',
        'Did you mean "public_body"?',
    ),
    "code like no other": (
        'lead.country != "Latvia"',
        'The code list `countries` has no code "Latvia".',
        'The codes are "FR", "LT", "LV", "MD".',
    ),
    "code in a list of codes": (
        'lead.kind in ["ngo", "publc_body"]',
        'The code list `applicant_kinds` has no code "publc_body".',
        'Did you mean "public_body"?',
    ),
    "code among several tests": (
        'lead.kind in ("ngo", "publc_body")',
        'The code list `applicant_kinds` has no code "publc_body".',
        'Did you mean "public_body"?',
    ),
    "code in a list of answers": (
        '"md" in target_countries',
        'The code list `countries` has no code "md".',
        'Did you mean "MD"?',
    ),
    "code in list contains": (
        'list contains(co_applicants.kind, "ngoo")',
        'The code list `applicant_kinds` has no code "ngoo".',
        'Did you mean "ngo"?',
    ),
    "code by way of a variable": (
        'every wanted in ["ngo", "publc_body"] satisfies some a in co_applicants satisfies a.kind = wanted',
        'The code list `applicant_kinds` has no code "publc_body".',
        'Did you mean "public_body"?',
    ),
    "code in a filter": (
        'count(budget.lines[heading = "travle"]) > 0',
        'The code list `headings` has no code "travle".',
        'Did you mean "travel"?',
    ),
    "codes of two lists": (
        "lead.country = lead.kind",
        "`lead.country` (codes of the list `countries`) can never be equal to "
        "`lead.kind` (codes of the list `applicant_kinds`).",
        "",
    ),
    "asking whether a field is answered": (
        "lead.mandate = null",
        "A rule cannot ask whether `lead.mandate` is answered: a missing answer is not null.",
        "Write the rule as if all answers were given. If an answer is missing, the result is undecided.",
    ),
    "asking so in a test": (
        "lead.country in (null)",
        "A rule cannot ask whether `lead.country` is answered: a missing answer is not null.",
        "Write the rule as if all answers were given. If an answer is missing, the result is undecided.",
    ),
    "amount times amount": (
        "budget.total * budget.total",
        "`budget.total` (an amount in EUR) cannot be multiplied by `budget.total` (an amount in EUR).",
        "Multiply the amount by a plain number, such as 0.95 for 95 %.",
    ),
    "amount plus months": (
        "budget.total + duration_months",
        "`duration_months` (a number of months) cannot be added to `budget.total` (an amount in EUR).",
        "",
    ),
    "amount minus plain parameter": (
        "budget.total - maximum_share",
        "`maximum_share` (a number) cannot be subtracted from `budget.total` (an amount in EUR).",
        "If the number has that unit, give its parameter the unit.",
    ),
    "number over amount": (
        "maximum_share / budget.total",
        "`maximum_share` (a number) cannot be divided by `budget.total` (an amount in EUR).",
        "",
    ),
    "date plus months": (
        "start_date + duration_months",
        "`duration_months` (a number of months) cannot be added to `start_date` (a date).",
        'Convert the number of months to a duration: `@"P1M" * …`.',
    ),
    "date plus number": (
        "start_date + 30",
        "`30` (a number) cannot be added to `start_date` (a date).",
        'Write `@"P1D" * …` for days or `@"P1M" * …` for months.',
    ),
    "text plus number": (
        "title + 1",
        "`1` (a number) cannot be added to `title` (a text).",
        "Convert the other value to a text with `string(…)`.",
    ),
    "minus a text": ("-title", "`-` needs a number or a duration, but `title` is a text.", ""),
    "text as a condition": (
        'lead.kind = "ngo" or lead.kind',
        "`or` takes conditions, but `lead.kind` is a code of the list `applicant_kinds`.",
        "",
    ),
    "number as the condition of if": (
        "if budget.total then 1 else 2",
        "`if` takes conditions, but `budget.total` is an amount in EUR.",
        "",
    ),
    "no condition after satisfies": (
        "every a in co_applicants satisfies a.country",
        "`every … satisfies` takes conditions, but `a.country` is a code of the list `countries`.",
        "",
    ),
    "text for not": ("not(title)", "`not` takes true or false, but `title` is a text.", ""),
    "branches of two kinds": (
        'if lead.non_profit then 1 else "a"',
        'The two branches of `if` must be of the same kind: `1` is a number, `"a"` is a text.',
        "",
    ),
    "filter of no list": ("lead[1]", "Only a list can be filtered, but `lead` is an applicant.", ""),
    "filter by a text": (
        "co_applicants[name]",
        "A filter takes a condition or a position, but `name` is a text.",
        "",
    ),
    "position 0": ("co_applicants[0]", "List positions start at 1; there is no item 0.", ""),
    "going over no list": (
        "some a in lead satisfies a.non_profit",
        "`a in …` needs a list, but `lead` is an applicant.",
        "",
    ),
    "counting between texts": (
        "for i in title .. 3 return i",
        "`..` needs numbers or dates, but `title` is a text.",
        "",
    ),
    "unknown type": ("title instance of strng", "Unknown type `strng`.", "Did you mean `string`?"),
    "no such day": (
        'start_date > date("2024-02-30")',
        '"2024-02-30" is not a date.',
        'Example: `date("2024-03-01")`.',
    ),
    "no date after @": (
        'start_date > @"1 March"',
        '"1 March" is not a date, time or duration.',
        'Write a date as @"2024-03-01" and a duration of 24 months as @"P24M".',
    ),
}


@pytest.mark.parametrize("kind", MISTAKES)
def test_says_what_is_wrong_and_what_to_do(kind: str, names: dict[str, Type]) -> None:
    text, message, hint = MISTAKES[kind]
    assert [(mistake.message, mistake.hint) for mistake in checked(text, names).mistakes] == [(message, hint)]


def test_points_at_the_misspelt_code_and_not_at_the_whole_condition(names: dict[str, Type]) -> None:
    text = 'lead.kind in ["ngo", "publc_body"]'
    [mistake] = checked(text, names).mistakes
    assert text[slice(*mistake.span)] == '"publc_body"'


def test_finds_all_mistakes_in_the_order_of_the_text(names: dict[str, Type]) -> None:
    text = 'leed.country = "LT" and lead.kind = "ngoo" and summ(1) > budget.totl'
    found = [text[slice(*mistake.span)] for mistake in checked(text, names).mistakes]
    assert found == ["leed", '"ngoo"', "summ", "budget.totl"]


def test_one_mistake_does_not_cause_others(names: dict[str, Type]) -> None:
    text = 'sum(leed.lines[heading = "travel"].amount) + 1 > 3 and leed.country in leed.countries'
    assert {mistake.message for mistake in checked(text, names).mistakes} <= {
        "Unknown name `leed`.",
        "Unknown name `heading`.",
    }


def test_says_what_a_condition_must_be(names: dict[str, Type]) -> None:
    [mistake] = checked("budget.total", names, wanted=BOOLEAN).mistakes
    assert mistake.message == "`budget.total` is an amount in EUR, but this must be true or false."
    [mistake] = checked("lead", names, wanted=ListType(ANY)).mistakes
    assert mistake.message == "`lead` is an applicant, but this must be a list."


RIGHT = [
    'lead.country in eastern_partnership.members or lead.country in ["LT", "LV"]',
    "financing.grant_requested <= 0.95 * budget.total",
    "financing.grant_requested <= maximum_share * budget.total",
    "financing.grant_requested / budget.total <= maximum_share",
    "budget.total - 0.01 > minimum_total and budget.total >= 200000.00",
    "abs(budget.total - sum(budget.lines.amount)) <= 0.01",
    "every l in budget.lines satisfies l.amount = round half up(l.quantity * l.unit_cost, 2)",
    "budget.total / duration_months * 12 > 1000",
    "budget.total > count(co_applicants) * 50000",
    'start_date + @"P1M" * duration_months < as_of + duration("P2Y")',
    'some c in target_countries satisfies c in eastern_partnership.members and c != "FR"',
    'count(budget.lines[heading = "travel" and amount > 10]) > 0',
    'concatenate([lead], co_applicants)[kind = "ngo"].country = ["LT"]',
    'every wanted in ["ngo", "public_body"] satisfies some a in co_applicants satisfies a.kind = wanted',
    "sum(append(budget.lines.amount, 0)) < budget.total",
    "not(lead.non_profit) and lead.non_profit = false",
    'if lead.kind = "ngo" then lead.mandate.country = "LT" else true',
    "budget.total in [1..5] or budget.total in (< 5, > 10)",
    "sort(co_applicants, function(a, b) a.name < b.name)[1].name != lead.name",
    "co_applicants[-1].name = lead.name and co_applicants[item.country = lead.country] = []",
    'is(lead.kind, "ngo") and list contains(target_countries, "MD") and lead.name != null + null',
    "(if lead.non_profit then null else 3) = 3",
    "for i in 1 .. count(co_applicants) return co_applicants[i].name",
    'upper case(lead.country) = "LATVIA" and start_date.year = 2024',
    "max(budget.total, 0) > min(minimum_total, budget.lines[1].amount)",
    "[1, null, 3] = [1, 2, 3]",
]


@pytest.mark.parametrize("text", RIGHT)
def test_leaves_what_is_right_alone(text: str, names: dict[str, Type]) -> None:
    assert checked(text, names).mistakes == ()


COUNTRY = TextType("countries", frozenset({"FR", "LT", "LV", "MD"}))
TYPES = {
    "budget.total * 2": MONEY,
    "budget.total - 0.01": MONEY,
    "budget.total / budget.total": NUMBER,
    "budget.total / 3": MONEY,
    "budget.total * duration_months": MONEY,
    "budget.total / duration_months": MONEY,
    "duration_months + 1": MONTHS,
    "sum(budget.lines.amount)": MONEY,
    "sum(append(budget.lines.amount, 0))": MONEY,
    "round up(budget.total, 2)": MONEY,
    "max(budget.total, 0)": MONEY,
    "abs(budget.total)": MONEY,
    "count(budget.lines)": NUMBER,
    "budget.lines.amount": ListType(MONEY),
    "budget.lines[1].amount": MONEY,
    "reverse(sublist(budget.lines.amount, 2))": ListType(MONEY),
    "distinct values(co_applicants.country)": ListType(COUNTRY),
    'append(target_countries, "FR")': ListType(COUNTRY),
    "concatenate(target_countries, co_applicants.country)": ListType(COUNTRY),
    "concatenate(target_countries, co_applicants.kind)": ListType(TEXT),
    "flatten([target_countries, [lead.country]])": ListType(COUNTRY),
    "if lead.non_profit then lead.country else lead.mandate.country": COUNTRY,
    "if lead.non_profit then budget.total else 0": MONEY,
    "if lead.non_profit then null else lead.country": COUNTRY,
    "start_date - as_of": DAYS_DURATION,
    'start_date + @"P1M"': DATE,
    'duration("P2M")': MONTHS_DURATION,
    "upper case(lead.country)": TEXT,
    "[]": ListType(NULL),
    "for l in budget.lines return l.amount * 2": ListType(MONEY),
    "some l in budget.lines satisfies l.amount > 2": BOOLEAN,
}


@pytest.mark.parametrize("text", TYPES)
def test_keeps_units_and_code_lists(text: str, names: dict[str, Type]) -> None:
    found = checked(text, names)
    assert (found.type, found.mistakes) == (TYPES[text], ())


def test_tells_the_type_of_every_part(names: dict[str, Type]) -> None:
    tree = parse('lead.country = "LT" and budget.total > 3')
    found = check(tree, names)
    assert isinstance(tree, And)
    left, right = tree.parts
    assert isinstance(left, Compare)
    assert isinstance(right, Compare)
    assert found.type_of(left.left) == COUNTRY
    assert found.type_of(right.left) == MONEY
    assert found.type_of(right) == BOOLEAN


def test_names_outside_may_be_shadowed_by_variables_and_by_fields_in_a_filter(names: dict[str, Type]) -> None:
    assert checked("for lead in [1, 2] return lead + 1", names).type == ListType(NUMBER)
    inner = {**names, "heading": NUMBER}
    assert checked('budget.lines[heading = "travel"]', inner).mistakes == ()
    assert checked("target_countries[item = lead.country]", names).mistakes == ()
