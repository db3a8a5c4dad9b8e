"""The steps of all features; each module holds the words of one topic."""

# pytest-bdd finds steps as fixtures, and a package of step modules becomes fixtures by being imported whole.
from .steps.applicants import *  # noqa: F403
from .steps.checking import *  # noqa: F403
from .steps.declarations import *  # noqa: F403
from .steps.money import *  # noqa: F403
from .steps.other_calls import *  # noqa: F403
from .steps.project import *  # noqa: F403
from .steps.report import *  # noqa: F403
from .steps.verdict import *  # noqa: F403
from .steps.wizard import *  # noqa: F403
