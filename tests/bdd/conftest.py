"""The steps of all features; each module holds the words of one topic."""

from importlib import import_module

import pytest
from _pytest.fixtures import FixtureDef, FixtureManager
from _pytest.nodes import Node
from pytest_bdd.parser import Step

# pytest-bdd finds steps as fixtures, and a package of step modules becomes fixtures by being imported whole.
from .steps.applicants import *  # noqa: F403
from .steps.batches import *  # noqa: F403
from .steps.checking import *  # noqa: F403
from .steps.decisions import *  # noqa: F403
from .steps.declarations import *  # noqa: F403
from .steps.money import *  # noqa: F403
from .steps.other_calls import *  # noqa: F403
from .steps.project import *  # noqa: F403
from .steps.report import *  # noqa: F403
from .steps.verdict import *  # noqa: F403
from .steps.wizard import *  # noqa: F403


def _find_each_step_once() -> None:
    """Find the function of a sentence once in each module: pytest-bdd looks through all fixtures for each step."""
    scenario = import_module("pytest_bdd.scenario")  # a function of the same name hides it
    find = scenario.find_fixturedefs_for_step

    known: dict[tuple[object, ...], tuple[FixtureDef[object], ...]] = {}

    def find_once(step: Step, fixturemanager: FixtureManager, node: Node) -> tuple[FixtureDef[object], ...]:
        at = (step.type, step.name, node.parent)
        if at not in known:
            known[at] = tuple(find(step, fixturemanager, node))
        return known[at]

    scenario.find_fixturedefs_for_step = find_once


_find_each_step_once()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out at the screens, which are slow to start, what cannot differ there.

    Typed text is read the same everywhere: one row of each table is enough. What is chosen from a list there cannot be
    typed wrongly.
    """
    left_out, seen = [], set()
    for item in items:
        if item.get_closest_marker("half_typed") and item.path.name in (
            "test_wizard_line_by_line.py",
            "test_wizard_in_the_browser.py",
        ):
            left_out.append(item)
            continue
        if item.get_closest_marker("screens") and item.path.name != "test_wizard_on_screens.py":
            left_out.append(item)
            continue
        if item.path.name != "test_wizard_on_screens.py":
            continue
        name = getattr(item, "originalname", item.name)
        if item.get_closest_marker("typed_choice") or (hasattr(item, "callspec") and name in seen):
            left_out.append(item)
        seen.add(name)
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
