"""The two themes, dark and light. Every text colour has a contrast of at least 4.5 on every ground."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace

from textual.theme import Theme

__all__ = ["DARK", "FEW_DARK", "FEW_LIGHT", "GROUNDS", "LIGHT", "TEXTS", "first_theme"]

GROUNDS = ("background", "panel", "field", "field-focus")
"""The colours behind text."""

TEXTS = ("foreground", "muted", "accent", "success", "warning", "error", "review")
"""The colours of text."""


def _theme(name: str, colours: Mapping[str, str], *, dark: bool) -> Theme:
    plain = ("background", "panel", "foreground", "accent", "success", "warning", "error")
    own = {key: value for key, value in colours.items() if key not in plain}
    return Theme(
        name=name,
        primary=colours["accent"],
        secondary=colours["muted"],
        surface=colours["field"],
        background=colours["background"],
        panel=colours["panel"],
        foreground=colours["foreground"],
        accent=colours["accent"],
        success=colours["success"],
        warning=colours["warning"],
        error=colours["error"],
        dark=dark,
        text_alpha=1.0,
        variables={
            **own,
            "block-cursor-background": colours["accent"],
            "block-cursor-foreground": colours["background"],
            "block-cursor-text-style": "bold",
            "input-cursor-background": colours["foreground"],
            "input-cursor-foreground": colours["background"],
            "input-selection-background": colours["selection"],
            "scrollbar": colours["line"],
            "scrollbar-hover": colours["muted"],
            "scrollbar-active": colours["accent"],
            "scrollbar-background": colours["background"],
            "scrollbar-background-hover": colours["background"],
            "scrollbar-background-active": colours["background"],
            "scrollbar-corner-color": colours["background"],
        },
    )


DARK = _theme(
    "mpfcheck-dark",
    {
        "background": "#12161d",
        "panel": "#181e27",
        "field": "#232b37",
        "field-focus": "#2d3848",
        "line": "#3a4556",
        "selection": "#3d5a80",
        "foreground": "#e8ebf0",
        "muted": "#a9b4c4",
        "accent": "#8ab8ff",
        "success": "#86d99b",
        "warning": "#f0c674",
        "error": "#ff9d94",
        "review": "#8fd6e0",
    },
    dark=True,
)

LIGHT = _theme(
    "mpfcheck-light",
    {
        "background": "#fcfbf8",
        "panel": "#f3f1eb",
        "field": "#e8e5dc",
        "field-focus": "#dde6f3",
        "line": "#c4bfb2",
        "selection": "#b5cdf0",
        "foreground": "#1b222d",
        "muted": "#4f5865",
        "accent": "#0a4f9e",
        "success": "#175c2e",
        "warning": "#704700",
        "error": "#a01d16",
        "review": "#0b5664",
    },
    dark=False,
)


def for_256_colours(theme: Theme, grounds: Mapping[str, str]) -> Theme:
    """A theme for terminals of 256 colours, which have no dark blues between black and navy: its grounds are greys."""
    plain = {name: grounds[name] for name in ("background", "panel")}
    inner = {"field": grounds["field"], "field-focus": grounds["field-focus"]}
    return replace(theme, **plain, surface=grounds["field"], variables={**theme.variables, **inner})  # type: ignore[arg-type]


FEW_DARK = for_256_colours(
    DARK, {"background": "#1c1c1c", "panel": "#262626", "field": "#303030", "field-focus": "#3a3a3a"}
)
FEW_LIGHT = for_256_colours(
    LIGHT, {"background": "#ffffff", "panel": "#eeeeee", "field": "#e4e4e4", "field-focus": "#dadada"}
)


def first_theme(environment: Mapping[str, str] | None = None) -> str:
    """The theme to begin with: light where the terminal says that it is light (``COLORFGBG``), dark otherwise."""
    ground = (os.environ if environment is None else environment).get("COLORFGBG", "").rpartition(";")[2]
    return LIGHT.name if ground in {"7", "15"} else DARK.name
