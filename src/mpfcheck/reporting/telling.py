"""What the rules of a call tell people, on their own examples: with values in it, a sentence says more than without."""

from __future__ import annotations

from mpfcheck.calls.call import Call
from mpfcheck.calls.rule import Example, Rule, Scope
from mpfcheck.checking.checker import Checker
from mpfcheck.proposal.answers import MistakenProposalError, answers_from

__all__ = ["Teller"]

TOLD = ("fail", "review")
"""The examples a person is told something of; the first is shown."""


class Teller:
    """Tells what a rule of a call says of the first of its examples that fails, or that a person must judge."""

    def __init__(self, call: Call) -> None:
        """Nothing is checked yet."""
        self._call = call

    def __call__(self, rule: Rule) -> str:
        """The message on the example; as it stands in the file where no example makes the rule speak."""
        for status in TOLD:
            for example in rule.examples:
                if example.expect == status and (told := self._told(rule, example)):
                    return told
        return rule.message.text

    def _told(self, rule: Rule, example: Example) -> str:
        checker = Checker(self._call, example.as_of)
        try:
            if rule.scope is Scope.PORTFOLIO:
                listed = example.given.get("proposals")
                proposals = [answers_from(one) for one in listed] if isinstance(listed, list) else []
                said = [one for one in checker.together(proposals) if one.rule == rule.id]
                return next((item.message for one in said for item in one.items if item.message), "")
            results = checker.report(answers_from(example.given)).results
        except MistakenProposalError:
            # Lint says what is wrong with such an example.
            return ""
        return next((result.message for result in results if result.rule == rule.id), "")
