"""``mpfcheck schema``: the published JSON Schemas, for editors, validators and other programs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mpfcheck.api.schemas import SCHEMAS, schema_text
from mpfcheck.cli.options import call_option, rules_option

if TYPE_CHECKING:
    from mpfcheck.packs.call import Call

__all__ = ["schema"]

OF_A_CALL = ("proposal", "annex")
"""The schemas that differ from call to call."""


@click.command()
@click.argument("name", type=click.Choice([*SCHEMAS, "annex"]))
@call_option("The call (for proposal and annex).")
@rules_option
def schema(name: str, call_id: str | None, folders: tuple[Path, ...]) -> None:
    """Print a JSON Schema (draft 2020-12).

    \b
    proposal   a proposal file; with --call, with the annex of the call
    annex      the questions of the call beyond the common fields
    report     a report of `check --format json`
    part       a part of a proposal, for a partner to fill in
    rules      a file of rules
    call       a call.yaml
    codelist   a list of codes
    form       the form of a call
    clauses    a clauses.yaml: what the sources say, and the rules that follow
    sources    a shared/sources.yaml: the sources that several calls cite
    assessment a line of a file of decisions, as `assess` writes it
    statuses   a line of `check --format statuses`
    """  # noqa: D301 - the backspace is click's mark for lines to keep as they are
    if call_id is not None and name not in OF_A_CALL:
        raise click.UsageError(f"The schema {name} is the same for every call. Leave out --call.")
    text = "" if name == "annex" else schema_text(name)
    if call_id is not None:
        from mpfcheck.cli.usage import usage_errors
        from mpfcheck.engine.registry import Registry

        with usage_errors():
            call = Registry(folders).call(call_id)
        annex = _annex(call, required=name == "annex")
        text = annex if name == "annex" else _with_annex(text, annex, call_id)
    elif name == "annex":
        raise click.UsageError("Each call has its own annex. Choose a call with --call.")
    click.echo(text, nl=False)


def _annex(call: Call, *, required: bool) -> str:
    """The schema of a call's annex as it is in its file; empty where it has none."""
    from mpfcheck.packs.load import ANNEX_FILE

    place = call.files.get(ANNEX_FILE)
    if (call.annex is None and not call.annex_parts) or place is None:
        if required:
            raise click.UsageError(f"The call {call.id} has no annex.")
        return ""
    return place.read_text(encoding="utf-8")


def _with_annex(proposal: str, annex: str, call_id: str) -> str:
    """The schema of proposals to one call: what the annex refers to is defined in the same schema then."""
    whole = json.loads(proposal)
    whole["$id"] = f"{whole['$id']}:{call_id}"
    if annex:
        inside = json.loads(annex.replace('"urn:mpfcheck:proposal:1#/', '"#/'))
        kept = {key: value for key, value in inside.items() if key not in ("$schema", "$id")}
        for name, part in kept.pop("$defs", {}).items():
            record = "".join(map(str.capitalize, name.split("_")))
            whole["$defs"][record]["properties"]["annex"] = {**part, "type": ["object", "null"]}
        if "properties" in kept:
            whole["properties"]["annex"] = {**kept, "type": ["object", "null"]}
    return json.dumps(whole, indent=2, ensure_ascii=False) + "\n"
