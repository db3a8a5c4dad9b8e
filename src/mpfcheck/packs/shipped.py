"""Where the rules that come with mpfcheck are, and what else comes with it beside its code."""

from __future__ import annotations

from pathlib import Path

__all__ = ["shipped_folder", "shipped_rules"]


def shipped_rules() -> Path:
    """Find the folder of the calls and code lists that come with mpfcheck."""
    return shipped_folder("rules")


def shipped_folder(name: str) -> Path:
    """Find a folder that comes with mpfcheck.

    A wheel carries it inside the package; a checkout, also one installed as editable, has it at its top.
    """
    package = Path(__file__).parents[1]
    in_wheel = package / "_shipped" / name
    return in_wheel if in_wheel.is_dir() else package.parents[1] / name
