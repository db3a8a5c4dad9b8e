"""``mpfcheck schema``: the published JSON Schemas, for editors, validators and other programs."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["schema"]

SCHEMAS = {
    # Where each lies in the package.
    "proposal": "proposal/proposal.schema.json",
    "report": "reporting/report.schema.json",
    "rules": "calls/schemas/rules.schema.json",
    "call": "calls/schemas/call.schema.json",
    "codelist": "calls/schemas/codelist.schema.json",
    "form": "forms/form.schema.json",
    "clauses": "calls/schemas/clauses.schema.json",
}


@click.command()
@click.argument("name", type=click.Choice(list(SCHEMAS)))
def schema(name: str) -> None:
    """Print a JSON Schema (draft 2020-12).

    \b
    proposal   what a proposal file holds
    report     what `check --format json` prints
    rules      a file of rules, call: a call.yaml, codelist: a list of codes
    form       what people are asked for a call
    clauses    a clauses.yaml: what the sources say, and the rules it leads to
    """  # noqa: D301 - the backspace is click's mark for lines to keep as they are
    package = Path(__file__).parents[1]
    click.echo((package / SCHEMAS[name]).read_text(encoding="utf-8"), nl=False)
