"""The other engines say what the hand-written rules say of complete proposals."""

from __future__ import annotations

from benchmarks.agreement import disagreements
from benchmarks.generate import Mix, proposals
from benchmarks.handwritten import statuses
from benchmarks.peers import LEFT_OUT, peers  # only where the engines are


def test_the_peers_agree_with_the_hand_written_rules_on_every_rule() -> None:
    assert not disagreements(statuses, peers(), proposals(300, 20231207, Mix.COMPLETE), LEFT_OUT)
