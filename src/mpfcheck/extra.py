"""The libraries that an extra of mpfcheck installs: whether they are here, and the error where they are not."""

from __future__ import annotations

from importlib.util import find_spec

__all__ = ["MissingLibraryError", "SolverMissingError", "has_solver", "need_libraries", "need_solver"]


class MissingLibraryError(ModuleNotFoundError):
    """A library of an extra is not installed; the message says how to install it."""

    def __init__(self, what: str, extra: str) -> None:
        """Say it of ``what`` needs the libraries of an extra: a command, a format, a method."""
        super().__init__(
            f'{what} needs more libraries. To install them, type in the folder of mpfcheck: pip install ".[{extra}]"'
        )
        self.what = what
        self.extra = extra

    def __reduce__(self) -> tuple[type[MissingLibraryError], tuple[str, ...]]:
        return MissingLibraryError, (self.what, self.extra)


class SolverMissingError(MissingLibraryError):
    """The solver is not installed: the extra ``prove``, and everything else works without it."""

    def __init__(self, what: str) -> None:
        """Say it of ``what`` needs the solver."""
        super().__init__(what, "prove")

    def __reduce__(self) -> tuple[type[MissingLibraryError], tuple[str, ...]]:
        return SolverMissingError, (self.what,)


def need_libraries(what: str, extra: str, *libraries: str) -> None:
    """Raise MissingLibraryError where one of the libraries, by the names they are imported by, is not installed.

    None of them is loaded.
    """
    if any(find_spec(library) is None for library in libraries):
        raise MissingLibraryError(what, extra)


def has_solver() -> bool:
    """Whether the solver is installed; it is not loaded."""
    return find_spec("z3") is not None


def need_solver(what: str) -> None:
    """Raise SolverMissingError where the solver is not installed; ``what`` is what needs it."""
    if not has_solver():
        raise SolverMissingError(what)
