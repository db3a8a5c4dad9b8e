"""How to type an answer, by what kind of answer is wanted."""

from __future__ import annotations

from mpfcheck.forms.form import Question
from mpfcheck.proposal.fields import Code, Day, Exact, Many, Moment, Whole, YesNo

__all__ = ["FEW_CHOICES", "how_to_type", "prompt_for"]

FEW_CHOICES = 12
"""So many choices are told with the question; of more, only those that are asked for."""


def how_to_type(question: Question, number_of_choices: int) -> str:
    """What an answer to a question looks like."""
    match question.kind:
        case YesNo():
            return "Type yes or no."
        case Exact("EUR"):
            share = ", or a share of the total, such as 95 %" if question.percent_of else ""
            return f"Type an amount in EUR, such as 400 000.50 or 400.000,50{share}."
        case Whole("months"):
            return "Type a number of months, such as 24."
        case Exact() | Whole():
            return "Type a number, such as 24 or 5.5."
        case Day():
            return "Type a day, such as 2024-03-01 or 1 March 2024."
        case Moment():
            return "Type a day, a time and a time zone, such as 2024-03-01 12:00 UTC."
        case Many():
            return "Type names or codes with commas between them. The first letters of a name are enough to be helped."
        case Code() if number_of_choices > FEW_CHOICES:
            return "Type a name or a code. The first letters of a name are enough to be helped."
    if number_of_choices:
        own = ", or something else in your own words" if question.own_text else ""
        return f"Type the number, the name or the code of one of the choices{own}."
    if question.lines > 1:
        return "Type as many lines as you like. A line with nothing but a full stop ends the text."
    return "Type a text of one line."


def prompt_for(question: Question, number_of_choices: int) -> str:
    """The prompt, which says in a word or two what is wanted."""
    match question.kind:
        case YesNo():
            return "yes or no:"
        case Exact("EUR"):
            return "EUR:"
        case Whole("months"):
            return "Months:"
        case Exact() | Whole():
            return "Number:"
        case Day():
            return "Day:"
        case Moment():
            return "Day, time and time zone:"
        case Many():
            return "Names or codes:"
        case Code() if number_of_choices > FEW_CHOICES:
            return "Name or code:"
    if number_of_choices:
        return "Number or name:"
    return "Text, then a full stop alone:" if question.lines > 1 else "Text:"
