"""One small change to a call, as a slip of the pen might make it."""

from __future__ import annotations

from mpfcheck.frozen import Frozen
from mpfcheck.packs.rule import Place

__all__ = ["CODE_LIST", "DEFINITION", "PARAMETER", "Change"]

DEFINITION, PARAMETER, CODE_LIST = "definition", "parameter", "code list"
"""What is changed that rules share."""


class Change(Frozen):
    """What was changed, in words, and where: in the entry ``key`` of a rule, a definition, a parameter or a code list.

    ``owner`` is the id or name of that; it is a rule's where ``key`` is ``for each``, ``when``, ``require``, ``doubt``
    or ``note``.
    """

    owner: str
    key: str
    words: str
    place: Place
