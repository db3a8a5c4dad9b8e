"""A new pack to start from: a folder that is without fault, with comments that tell what everything is."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

from mpfcheck.packs.find import CALL_ID
from mpfcheck.packs.yaml_file import quoted

__all__ = ["StartError", "start_pack"]

STARTER = Path(__file__).parent / "starter"


class StartError(Exception):
    """A pack that cannot be started; the message says why and what to do."""


def start_pack(parent: Path, call_id: str, title: str, day: date) -> Path:
    """Write a new pack into ``parent`` and return its folder. ``day`` is its version and the day its values hold from.

    Raises StartError where the id is none or the folder is there already, OSError where nothing can be written.
    """
    if not CALL_ID.fullmatch(call_id):
        raise StartError(
            f'"{call_id}" cannot be the id of a call: small letters, digits and hyphens, such as my-call-2025.'
        )
    folder = parent / call_id
    if folder.exists() or folder.is_symlink():
        raise StartError(f"There is a {folder} already. Choose another id, or move it away.")
    unfinished = parent / f".{call_id}.{os.getpid()}.tmp"
    try:
        unfinished.mkdir(parents=True)
        for file in sorted(STARTER.glob("*.yaml")):
            text = file.read_text(encoding="utf-8")
            for word, value in (("CALL-ID", call_id), ("CALL-TITLE", quoted(title)), ("CALL-DAY", day.isoformat())):
                text = text.replace(word, value)
            (unfinished / file.name).write_text(text, encoding="utf-8", newline="\n")
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder
