"""Whether the solver is installed: it comes with the extra ``prove``, and everything else works without it."""

from __future__ import annotations

from importlib.util import find_spec

__all__ = ["SolverMissingError", "has_solver", "need_solver"]


class SolverMissingError(ModuleNotFoundError):
    """The solver is not installed; the message says how to install it."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} needs the solver z3: pip install 'mpfcheck[prove]'", name="z3")
        self.what = what

    def __reduce__(self) -> tuple[type[SolverMissingError], tuple[str]]:
        return type(self), (self.what,)


def has_solver() -> bool:
    """Whether the solver is installed; it is not loaded."""
    return find_spec("z3") is not None


def need_solver(what: str) -> None:
    """Raise SolverMissingError where the solver is not installed; ``what`` is what needs it."""
    if not has_solver():
        raise SolverMissingError(what)
