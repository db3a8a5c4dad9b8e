"""What the tests of tables share."""

from __future__ import annotations

from tests.cli.conftest import Cli, cli, nobodys_settings

__all__ = ["Cli", "cli", "nobodys_settings"]
