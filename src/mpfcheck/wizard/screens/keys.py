"""How to move about: every key, in words."""

from __future__ import annotations

from textual.content import Content

from mpfcheck.wizard.screens.explain import Explain

__all__ = ["keys_help"]

_KEYS = (
    ("In a form", (
        ("Tab, Enter", "next field"),
        ("Shift+Tab", "field before"),
        ("Arrows, Space", "move among choices, choose one; so does its first letter"),
        ("Down", "to the suggestions below a field; Enter there takes one"),
        ("Delete", "take a choice away"),
        ("Page Down, Ctrl+N", "next page"),
        ("Page Up, Ctrl+T", "page before"),
    )),
    ("In a table", (
        ("Enter", "edit the row"),
        ("+, Ctrl+D, Delete", "add a row, copy it, delete it"),
        ("[ and ]", "move the row up or down"),
    )),
    ("Anywhere", (
        ("F1", "explain the question, and the rules that read it"),
        ("F2", "where does it stand? (and back)"),
        ("F3", "all pages"),
        ("F4", "check your answers"),
        ("F5", "the result"),
        ("F6", "export"),
        ("F9", "light or dark colours"),
        ("Ctrl+P, Ctrl+F", "find any question, page, rule or action by words"),
        ("Ctrl+Z, Ctrl+Y", "undo and redo answers"),
        ("Ctrl+S", "is it saved, and where?"),
        ("Esc", "close what is open; never quits"),
        ("F10", "leave the draft"),
        ("Ctrl+Q, Ctrl+C twice", "quit; everything is saved"),
    )),
)  # fmt: skip


def keys_help() -> Explain:
    """All keys, by where they work."""
    parts = []
    for heading, keys in _KEYS:
        lines = [Content.styled(heading, "bold")]
        lines += [Content.assemble((f"  {key:<22}", "$accent"), words) for key, words in keys]
        parts.append(Content("\n").join(lines))
    words = "Everything here is also in the palette (Ctrl+P), and most of it can be clicked in the last line."
    parts.append(Content.styled(words, "$muted"))
    return Explain("Keys and how to move about", parts)
