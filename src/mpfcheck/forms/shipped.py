"""Where the forms that come with mpfcheck are."""

from __future__ import annotations

from pathlib import Path

from mpfcheck.packs.find import shipped_folder

__all__ = ["shipped_forms"]


def shipped_forms() -> Path:
    """Find the folder of the forms that come with mpfcheck."""
    return shipped_folder("forms")
