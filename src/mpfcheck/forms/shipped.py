"""Where the forms that come with mpfcheck are."""

from __future__ import annotations

from pathlib import Path

__all__ = ["shipped_forms"]


def shipped_forms() -> Path:
    """Find the folder of the forms that come with mpfcheck.

    A wheel carries it inside the package; a checkout, also one installed as editable, has it at its top.
    """
    package = Path(__file__).parents[1]
    in_wheel = package / "_shipped" / "forms"
    return in_wheel if in_wheel.is_dir() else package.parents[1] / "forms"
