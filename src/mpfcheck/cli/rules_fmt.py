"""``mpfcheck rules fmt``: the files of a pack in one shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from mpfcheck.cli.exit_codes import ExitCode
from mpfcheck.cli.options import complete_calls, rules_option

__all__ = ["fmt"]


@click.command()
@click.argument("targets", metavar="CALL|FOLDER|FILE…", nargs=-1, required=True, shell_complete=complete_calls)
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if a file would change.")
@click.option("--diff", is_flag=True, help="Change nothing; show what would change.")
@rules_option
@click.pass_context
def fmt(context: click.Context, targets: Sequence[str], check: bool, diff: bool, folders: tuple[Path, ...]) -> None:
    """Lay out rule files, code lists and forms in one shape.

    Lines have at most 120 characters, long sentences are folded, examples are blocks, and the entries of a rule come in
    one order. What the files say stays the same, and so do their comments. Published versions are left alone.
    """
    import difflib

    from mpfcheck.packs.layout import laid_out
    from mpfcheck.packs.mistake import PackError
    from mpfcheck.report.plain import plain

    files = list(dict.fromkeys(file for target in targets for file in _files(target, folders)))
    changed = broken = 0
    for file in files:
        try:
            before = file.read_bytes()
            after = laid_out(before, file.name).encode()
        except PackError as error:
            for mistake in error.mistakes:
                place = f"{plain(str(file))}:{mistake.place.line}:{mistake.place.column}"
                click.echo(" ".join(filter(None, (f"{place}: {mistake.message}", mistake.hint))), err=True)
            broken += 1
            continue
        if before == after:
            continue
        changed += 1
        if diff:
            name = plain(str(file))
            lines = (before.decode("utf-8-sig").splitlines(), after.decode().splitlines())
            click.echo("\n".join(difflib.unified_diff(*lines, name, name, lineterm="")))
        elif check:
            click.echo(f"Would change {plain(str(file))}.")
        else:
            _replace(file, after)
            click.echo(f"Changed {plain(str(file))}.")
    verb = "would change" if check or diff else "changed"
    click.echo(f"{changed} of {len(files)} files {verb}.", err=True)
    if broken:
        context.exit(ExitCode.PACK)
    context.exit(ExitCode.FINDING if changed and (check or diff) else ExitCode.OK)


def _files(target: str, folders: tuple[Path, ...]) -> Iterator[Path]:
    """Find the YAML files of a call (with its form), in a folder (published versions left out), or the one file."""
    from mpfcheck.cli.chosen_packs import chosen_packs
    from mpfcheck.forms.load import form_folders

    path = Path(target)
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from (file for file in sorted(path.rglob("*.yaml")) if "versions" not in file.relative_to(path).parts)
    else:
        for call_id, folder in chosen_packs(target, folders).items():
            yield from sorted(folder.glob("*.yaml"))
            forms = (place / f"{call_id}.yaml" for place in form_folders(folder))
            yield from (form for form in forms if form.is_file())


def _replace(file: Path, data: bytes) -> None:
    """Replace a file as a whole, so that an interruption leaves the old one or the new one."""
    beside = file.with_name(f".{file.name}.tmp")
    beside.write_bytes(data)
    beside.chmod(file.stat().st_mode)
    beside.replace(file)
