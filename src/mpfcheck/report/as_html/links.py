"""Names of proposals that lead to their sections, where these are on the page."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from os.path import commonprefix

from mpfcheck.checking.report import InputReference
from mpfcheck.report.as_html.markup import Markup, element, joined, outside
from mpfcheck.report.as_html.tally import Line
from mpfcheck.report.words import input_name, project

__all__ = ["Links", "listed", "shared_folder"]


class Links:
    """Finds the section of a proposal by its name; of a file that was checked twice, the first one."""

    def __init__(self, lines: Sequence[Line], sections: Container[int]) -> None:
        """Link to those of the sections that are on the page."""
        self._folder = shared_folder(lines)
        self._numbers: dict[str, int] = {}
        for line in lines:
            if line.number in sections:
                self._numbers.setdefault(line.name, line.number)

    def to(self, input: InputReference) -> Markup:
        """The name of a proposal, a link where it has a section, and which project it is."""
        said = project(input)
        return joined([self.to_file(input), " · " if said else None, outside(said, class_="project") if said else None])

    def to_file(self, input: InputReference) -> Markup:
        """The name of the input alone; a link where the proposal has a section."""
        name = input_name(input)
        number = self._numbers.get(name)
        short = outside(name.removeprefix(self._folder))
        if number is None:
            return element("span", short, title=name)
        return element("a", short, href=f"#p{number}", title=name)


def listed(names: Sequence[Markup]) -> Markup:
    """Names with commas between them; each stays whole and with its comma on one line, if that is long enough."""
    parts: list[str] = []
    for place, name in enumerate(names, 1):
        parts += [element("span", name, "," if place < len(names) else None, class_="one"), " "]
    return joined(parts[:-1])


def shared_folder(lines: Iterable[Line]) -> str:
    """What all names begin with, up to a slash: where space is short, it tells nobody one from another."""
    shared = commonprefix([line.name for line in lines])  # noqa: RUF071 - cut at a slash in the next line
    folder, slash, _ = shared.rpartition("/")
    return folder + slash
