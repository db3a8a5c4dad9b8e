"""The addresses the calls stand on, for ``rules/addresses.yaml``; ``python -m tests.packs.addresses`` writes it.

Write it only after the pages were compared with the clauses again. The days on which pages were read are kept.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import cast

from mpfcheck.packs.clause import load_clauses
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.layout import laid_out
from mpfcheck.packs.load import load_call
from mpfcheck.packs.yaml_file import read_yaml

LIST = Path(__file__).parents[2] / "rules" / "addresses.yaml"
NOT_KNOWN = "not known"


def listed() -> dict[str, dict[str, object]]:
    """What the list holds, by address."""
    entries = cast("list[dict[str, object]]", read_yaml(LIST.read_bytes(), LIST.name).root.plain())
    return {str(entry["url"]): entry for entry in entries}


def addresses() -> dict[str, dict[str, object]]:
    """Every address in the sources of the calls, with the calls that cite it and the checksum of its clauses."""
    words: dict[str, list[str]] = {}
    calls: dict[str, list[str]] = {}
    for call_id in list_calls():
        call = load_call(call_id)
        of_source: dict[str, list[str]] = {}
        for clause in load_clauses(call):
            of_source.setdefault(clause.source.document, []).append(" ".join(clause.text.split()))
        for source in call.sources.values():
            if source.url:
                calls.setdefault(source.url, []).append(f"{call_id}/{source.id}")
                words.setdefault(source.url, []).extend(of_source.get(source.id, ()))
    return {
        url: {
            "sources": calls[url],
            "words": hashlib.sha256("\n".join(sorted(set(words[url]))).encode()).hexdigest() if words[url] else "none",
        }
        for url in sorted(calls)
    }


def write() -> None:
    """Write the list anew, with the comment it begins with and the days that are in it."""
    head = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    before = listed()
    for url, entry in addresses().items():
        read = before.get(url, {}).get("read", NOT_KNOWN)
        sources = ", ".join(cast("list[str]", entry["sources"]))
        head += [f"- url: {url}", f"  read: {read}", f"  sources: [{sources}]", f"  words: {entry['words']}"]
    LIST.write_text(laid_out("\n".join(head).encode(), LIST.name), encoding="utf-8")


if __name__ == "__main__":
    write()
