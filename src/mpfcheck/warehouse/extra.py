"""Whether the libraries for tables are installed: they come with the extra ``warehouse``."""

from __future__ import annotations

from importlib.util import find_spec

__all__ = ["WarehouseMissingError", "need_warehouse"]


class WarehouseMissingError(ModuleNotFoundError):
    """The libraries for tables are not installed; the message says how to install them."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} needs more libraries. Install them: pip install 'mpfcheck[warehouse]'")
        self.what = what

    def __reduce__(self) -> tuple[type[WarehouseMissingError], tuple[str]]:
        return type(self), (self.what,)


def need_warehouse(what: str) -> None:
    """Raise WarehouseMissingError where duckdb or pyarrow is not installed; neither is loaded."""
    if find_spec("duckdb") is None or find_spec("pyarrow") is None:
        raise WarehouseMissingError(what)
