"""Habits from other languages, spreadsheets and handwriting: what was written, and how FEEL writes it.

Used only once something is wrong: these hints explain mistakes, and never make or fix one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

__all__ = [
    "hint_for_function",
    "hint_for_name",
    "hint_for_syntax",
]

_Hint = str | Callable[[re.Match[str]], str]
_NameHint = str | Callable[[re.Match[str], str], str]
"""Of a name that follows an owner and a point, or nothing."""

NEAR = 200
"""How many characters around a mistake are looked at."""

_BOTH_COMPARISONS = "Write both comparisons in full: `x >= 6 and x <= 18`, or `x between 6 and 18`."
AS_IF_ANSWERED = "Write the rule as if all answers were given. If an answer is missing, the result is undecided."
_PLAIN_NUMBER = "Write a number without spaces or commas, with a point before the decimals: 200000.00."

_HERE: tuple[tuple[str, _Hint], ...] = (
    # The text around a syntax mistake, which is marked ¦, and the hint.
    (r"=¦=", "Write one equals sign: `=`."),
    (r"=¦>", "Write `>=` for at least, `>` for more than."),
    (r"=¦<", "Write `<=` for at most, `<` for less than."),
    (r"<¦>", "Write `!=` for not equal."),
    (r"¦&&?", "Write `and`."),
    (r"¦\|\|?", "Write `or`."),
    (r"¦AND\b", "Write `and` in small letters."),
    (r"¦OR\b", "Write `or` in small letters."),
    (r"¦!", "Write `not(…)`, with the condition in brackets."),
    (r"¦≥", "Write `>=` for at least."),
    (r"¦≤", "Write `<=` for at most."),
    (r"¦≠", "Write `!=` for not equal."),
    (r"¦[×·]", "Write `*` for times."),  # noqa: RUF001 - the sign itself is what is looked for
    (r"¦÷", "Write `/` for divided by."),
    (r"¦['‘’]([^'‘’]*)['‘’]", lambda found: f'Put a text in double quotation marks: "{found[1]}".'),  # noqa: RUF001
    (r"¦[“”„]([^“”„\"]*)[“”„\"]", lambda found: f'Put a text in straight quotation marks: "{found[1]}".'),
    (
        r"(\d+(?:\.\d+)?)\s*¦%",
        lambda found: f"Write a percentage as a plain number: {found[1]} % is {_share(found[1])}.",
    ),
    (r"\d¦[,'’]\d", _PLAIN_NUMBER),  # noqa: RUF001
    (r"\d\s+¦\d{3}", _PLAIN_NUMBER),
    (r"\d\s*¦(?:€|EUR)", "Write an amount as a plain number, without its currency."),
    (r"\b(?:is|equals)\s+¦", "Write `=` for equal."),
    (r"\b(?:contains|like|includes)\s+¦", 'Write `contains(text, "part")` for texts, `item in list` for lists.'),
    (r"\b(?:and|or)\s+¦[<>=]", _BOTH_COMPARISONS),
    (r"\bnot\s+¦", "Write `not` with brackets: `not(…)`."),
    (
        r"(\bnot|[-])\s+(?:some|every|for|if)\b.*¦(?:satisfies|return|then)\b",
        "Put brackets around the whole: `not(every x in list satisfies …)`, `-(if … then … else …)`.",
    ),
    (r"\b(?:all|each|every)\s.*¦satisfies\b", "Write `every x in list satisfies …`, with x for one item."),
    (r"\b(?:any|some)\s.*¦satisfies\b", "Write `some x in list satisfies …`, with x for one item."),
    (r"\bfor\s.*¦satisfies\b", "Write `every x in … satisfies …`; `for x in … return …` makes a list."),
    (
        r"\b(some|every)\s(?:(?!\bin\b)[^¦])*\bsatisfies\b.*¦",
        lambda found: f"Write `{found[1]} x in list satisfies …`, with x for one item.",
    ),
    (
        r"\bif\b(?:(?!\belse\b)[^¦])*\bthen\b(?:(?!\belse\b)[^¦])*¦(?!.*\belse\b)",
        "Add an `else`: `if … then … else …`.",
    ),
)
_SYNTAX = tuple((re.compile(pattern, re.DOTALL), hint) for pattern, hint in _HERE)

_NAMES: tuple[tuple[re.Pattern[str], _NameHint], ...] = tuple(
    (re.compile(pattern), hint)
    for pattern, hint in (
        (r"not (.+)", lambda found, _: f"Write `not` with brackets: `not({found[1]}…)`."),
        (
            r"(.+?) (?:is )?not",
            lambda found, owner: f"Put `not` around the whole condition: `not({owner}{found[1]} in …)`.",
        ),
        (r"(.+) (?:is|equals)", lambda found, owner: f"Remove the last word: `{owner}{found[1]} in …`."),
        (r"(.+) (?:IN|AND|OR)(?: .*)?", "Write `in`, `and` and `or` in small letters."),
        (r"(.+) (?:contains|includes|has)(?: .*)?", 'Write `item in list`, or `contains(text, "part")` for texts.'),
        (r"(?i:true|yes)", "Write `true`."),
        (r"(?i:false|no)", 'Write `false`, or "NO" for Norway.'),
        (r"(?i:null|none|nil|undefined|empty)", AS_IF_ANSWERED),
        (r"(?:€|EUR) ?(\d.*)", "Write an amount as a plain number, without its currency."),
    )
)

_FUNCTIONS: Mapping[str, str] = {
    **dict.fromkeys(("len", "length", "size"), "Write `count(list)` for items, `string length(text)` for characters."),
    **dict.fromkeys(("avg", "average"), "Did you mean `mean`?"),
    **dict.fromkeys(("round", "rounded"), "Did you mean `round half up`?"),
    **dict.fromkeys(("exists", "isset", "defined", "isempty", "isblank"), AS_IF_ANSWERED),
    **dict.fromkeys(("if", "iff"), "Write `if … then … else …`."),
    **dict.fromkeys(("and", "or"), "Write `and` and `or` between the conditions: `… and …`, `… or …`."),
    **dict.fromkeys(("year", "month", "day"), "Write it after a dot: `start_date.year`."),
    "upper": "Did you mean `upper case`?",
    "lower": "Did you mean `lower case`?",
}


def hint_for_syntax(text: str, position: int) -> str:
    """How to write in FEEL the text at a position; empty where no known habit matches."""
    # What explains a mistake stands near it; a text made to be slow to search gets no chance.
    marked = f"{text[max(position - NEAR, 0) : position]}¦{text[position : position + NEAR]}"
    for pattern, hint in _SYNTAX:
        if found := pattern.search(marked):
            return hint if isinstance(hint, str) else hint(found)
    return ""


def hint_for_name(name: str, owner: str = "") -> str:
    """What an unknown name may mean: names go on over blanks, so words stick to them.

    ``owner`` is the text before the name, with its point.
    """
    for pattern, hint in _NAMES:
        if found := pattern.fullmatch(name):
            return hint if isinstance(hint, str) else hint(found, owner)
    return ""


def hint_for_function(name: str) -> str:
    """What other languages call something that FEEL calls otherwise."""
    return _FUNCTIONS.get(name.lower().replace(" ", "").replace("_", ""), "")


def _share(percent: str) -> str:
    from decimal import Decimal

    return f"{Decimal(percent) / 100:f}"
