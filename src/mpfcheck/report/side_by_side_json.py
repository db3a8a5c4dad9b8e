"""Calls side by side as JSON for programs: ``mpfcheck-calls-compared/1``."""

from __future__ import annotations

from mpfcheck.packs.side_by_side import Said, SideBySide
from mpfcheck.report.json_codec import json_text, plain_json

__all__ = ["side_by_side_as_json"]

FORMAT = "mpfcheck-calls-compared/1"


def side_by_side_as_json(compared: SideBySide) -> str:
    """The comparison as one JSON object; amounts and shares are texts, as everywhere."""
    calls = zip(compared.calls, compared.days, strict=True)
    return json_text(
        {
            "format": FORMAT,
            "calls": [
                {"id": call.id, "title": call.title, "version": call.version, "as_of": day.isoformat()}
                for call, day in calls
            ],
            "rows": [
                {
                    "topic": row.topic,
                    "cells": {
                        call.id: [_said(said) for said in cell]
                        for call, cell in zip(compared.calls, row.cells, strict=True)
                    },
                }
                for row in compared.rows
            ],
            "common": [_said(said) for said in compared.common],
        }
    )


def _said(said: Said) -> dict[str, object]:
    return {**plain_json(said), "weight": said.weight or None}
