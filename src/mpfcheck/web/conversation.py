"""Dialogues held over pages: a step is shown on a page of its own, and its reply comes with a later request."""

from __future__ import annotations

from collections.abc import Mapping

from mpfcheck.drafting.dialogues.steps import Choose, Confirm, Dialogue, EnterPath, EnterText, Notice, Settle, Step
from mpfcheck.drafting.store.errors import DraftError

__all__ = ["Conversation", "NotAReplyError", "reply_in"]


class NotAReplyError(ValueError):
    """What was sent is no reply to the step that is shown. The message says what to do."""


class Conversation:
    """Holds one dialogue at a time. Its outcome is the address to go to.

    ``step`` is what is asked now, None where nothing is; ``number`` tells a step from those before it. ``notices`` are
    to be said on the next page. A new dialogue takes the place of one that was not finished.
    """

    def __init__(self) -> None:
        self.step: Step | None = None
        self.number = 0
        self.notices: list[Notice] = []
        self._dialogue: Dialogue[str] | None = None
        self._otherwise = ""

    def start(self, dialogue: Dialogue[str], otherwise: str, *, strict: bool = False) -> str | None:
        """Begin a dialogue; the address to go to, None where it asks something.

        ``otherwise`` is the address where the dialogue ends with a DraftError, which is said there. With ``strict`` it
        is raised as long as nothing was asked.
        """
        self.end()
        self._dialogue, self._otherwise = dialogue, otherwise
        return self._go_on(None, strict=strict)

    def reply(self, reply: object) -> str | None:
        """Go on with the reply to the step."""
        return self._go_on(reply)

    def end(self) -> None:
        """Let go of what is asked; nothing more of it is done."""
        if self._dialogue is not None:
            self._dialogue.close()
        self._dialogue = self.step = None

    def _go_on(self, reply: object, *, strict: bool = False) -> str | None:
        dialogue = self._dialogue
        if dialogue is None:
            return self._otherwise
        self.number += 1
        try:
            while isinstance(step := dialogue.send(reply), Notice):
                self.notices.append(step)
                reply = None
        except StopIteration as end:
            address: str = end.value
            self._dialogue = self.step = None
            return address
        except DraftError as error:
            self._dialogue = self.step = None
            if strict:
                raise
            self.notices.append(Notice(f"{error.message} {error.hint}", warning=True))
            return self._otherwise
        self.step = step
        return None

    def news(self) -> list[Notice]:
        """What is to be said, once."""
        news, self.notices = self.notices, []
        return news


def reply_in(step: Step, sent: Mapping[str, str]) -> object:
    """The reply to a step in what was sent; raises NotAReplyError where it is not complete."""
    if sent.get("do") == "close":
        return None
    match step:
        case Confirm():
            return sent.get("reply") == step.yes.id
        case Choose():
            reply = sent.get("reply")
            if reply not in {one.id for one in step.replies}:
                raise NotAReplyError("Choose one of the answers.")
            return reply
        case EnterPath():
            return sent.get("path", "")
        case EnterText():
            return sent.get("text", "")
        case Settle():
            sides = {field.pointer: sent.get(field.pointer, "") for field in step.fields}
            if any(sides[field.pointer] not in {side.id for side in field.sides} for field in step.fields):
                raise NotAReplyError("Choose one answer for each field first.")
            return sides
    return None
