"""What now: what the sources say of the way on has its source, and what they do not say is said to be not known."""

from __future__ import annotations

import pytest

from mpfcheck.packs.call import NextSteps
from mpfcheck.packs.find import list_calls
from mpfcheck.packs.load import load_call
from mpfcheck.report.blocks import Say
from mpfcheck.report.say.next_steps import next_steps

TOPICS = ("Where to submit", "Whom to ask", "Deadline", "Documents to attach", "This check")


def said(call_id: str) -> dict[str, str]:
    return {
        section.heading: " ".join("".join(block.spans) for block in section.blocks if isinstance(block, Say))
        for section in next_steps(load_call(call_id))
    }


@pytest.mark.parametrize("call_id", list_calls())
def test_every_call_has_every_topic_and_guesses_none(call_id: str) -> None:
    call, told = load_call(call_id), said(call_id)
    assert tuple(told) == TOPICS
    for topic, steps in zip(TOPICS, (getattr(call.next_steps, one) for one in NextSteps.fields_of_class), strict=False):
        assert told[topic].startswith("We do not know") is not bool(steps), topic
        for step in steps:
            assert step.text in told[topic]
            assert call.sources[step.source.document].title in told[topic]
    assert "guidance only" in told["This check"]


def test_the_call_of_2023() -> None:
    told = said("mpf-2023-borders-security")
    assert "Submit here" in told["Where to submit"]
    assert "Talk to the MPF before you submit" in told["Whom to ask"]
    assert "ongoing" in told["Deadline"]
    assert "(secondary source)" in told["Deadline"], "a portal is no official source, and this is said"
    assert told["Documents to attach"].startswith("We do not know")
