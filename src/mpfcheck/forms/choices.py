"""What can be chosen as the answer to a question of a form: codes with their labels, in the order people read them."""

from __future__ import annotations

from functools import cached_property, lru_cache

from mpfcheck.forms.form import Question
from mpfcheck.forms.typed.choice import Choice
from mpfcheck.packs.call import Call
from mpfcheck.proposal.fields import Code, Many

__all__ = ["Choices"]


class Choices:
    """The choices of the questions about one call."""

    def __init__(self, call: Call) -> None:
        self._call = call
        self._codes = lru_cache(maxsize=None)(self._read_codes)

    def of(self, question: Question) -> tuple[Choice, ...]:
        """The codes to choose from, in the order of their list; countries by name, the call's own first.

        There are none for an open question, and for one that refers to records: these are in the proposal.
        """
        kind = question.kind.item if isinstance(question.kind, Many) else question.kind
        if question.code_list is None:
            return tuple(Choice(code, code) for code in kind.codes) if isinstance(kind, Code) else ()
        return self._codes(question.code_list, kind.codes if isinstance(kind, Code) else None)

    def _read_codes(self, list_id: str, codes: tuple[str, ...] | None) -> tuple[Choice, ...]:
        code_list = self._call.labels.code_list(list_id)
        members = (*code_list.members, *code_list.candidates) if code_list else ()
        listed = codes or tuple(member.code for member in members)
        choices = [Choice(code, self._call.label(list_id, code)) for code in listed]
        if list_id == "countries":
            choices.sort(key=lambda choice: (choice.code not in self._own_countries, choice.label))
        return tuple(choices)

    @cached_property
    def _own_countries(self) -> frozenset[str]:
        """The countries in any code list of the call: those its rules speak of."""
        lists = self._call.code_lists.values()
        return frozenset(member.code for one in lists for member in (*one.members, *one.candidates))
