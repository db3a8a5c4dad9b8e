"""The tables of a proposal's fields, made from its published schema.

``python -m tests.docs.field_tables`` writes them into the page again.
"""

from __future__ import annotations

from collections.abc import Iterator

from mpfcheck.proposal.fields import Code, Day, Exact, Kind, Many, Open, Record, Text, Whole, YesNo, proposal_record
from tests.docs.markdown import DOCS, page

PAGE = "rule-language.md"
BEGIN, END = "<!-- fields -->\n", "<!-- end of fields -->\n"
FEW = 12


def field_tables() -> str:
    """A table of the proposal's fields, one for every record in it, and one of the codes."""
    records = list(_records(proposal_record()))
    parts = [_table(record) for record in records]
    return "\n".join([*parts, _codes(records)])


def _records(record: Record) -> Iterator[Record]:
    """The records in a record, each once, itself first."""
    seen: list[Record] = []
    waiting = [record]
    while waiting:
        one = waiting.pop(0)
        if one in seen:
            continue
        seen.append(one)
        kinds = [field.kind for field in one.fields.values()]
        inner = [kind.item if isinstance(kind, Many) else kind for kind in kinds]
        waiting += [kind for kind in inner if isinstance(kind, Record)]
    yield from seen


def _table(record: Record) -> str:
    lines = [f"**{record.name.capitalize()}**", "", "| field | holds | what it is |", "|---|---|---|"]
    lines += [f"| `{name}` | {_holds(field.kind)} | {field.description} |" for name, field in record.fields.items()]
    return "\n".join(lines) + "\n"


def _holds(kind: Kind) -> str:
    match kind:
        case Text():
            return "text"
        case YesNo():
            return "true or false"
        case Day():
            return "day"
        case Whole("months"):
            return "months"
        case Exact("EUR", _):
            return "amount in EUR"
        case Whole() | Exact():
            return "number"
        case Code(None, codes):
            return f"always `{codes[0]}`" if len(codes) == 1 else ", ".join(f"`{code}`" for code in codes)
        case Code(code_list, _):
            return f"code of `{code_list}`"
        case Many(item):
            return f"list: {_holds(item)}"
        case Record(name, _):
            return name
        case Open():
            return "open"


def _codes(records: list[Record]) -> str:
    found: dict[str, tuple[str, ...]] = {}
    for record in records:
        for field in record.fields.values():
            kind = field.kind.item if isinstance(field.kind, Many) else field.kind
            if isinstance(kind, Code) and kind.code_list:
                found[kind.code_list] = kind.codes
    lines = ["**Codes**", "", "| code list | codes |", "|---|---|"]
    for name, codes in sorted(found.items()):
        few = ", ".join(f"`{code}`" for code in codes)
        many = f"{len(codes)} codes, such as `{codes[0]}` and `{codes[-1]}`: see `codelists/{name}.yaml`"
        lines.append(f"| `{name}` | {few if len(codes) <= FEW else many} |")
    return "\n".join(lines) + "\n"


def with_field_tables(text: str) -> str:
    """The text of the page with the tables as they should be."""
    before, rest = text.split(BEGIN, 1)
    return f"{before}{BEGIN}\n{field_tables()}\n{END}{rest.split(END, 1)[1]}"


if __name__ == "__main__":
    (DOCS / PAGE).write_text(with_field_tables(page(PAGE)), encoding="utf-8")
