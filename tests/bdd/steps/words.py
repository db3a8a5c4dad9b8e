"""The words of the features and what they stand for: countries and types of organisation by the names people read."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import yaml

CODE_LISTS = Path(__file__).resolve().parents[3] / "rules" / "codelists"
NOT_ANSWERED = {"not answered", "not given", "nothing"}
SHORT = {
    "NGO": "ngo",
    "another private-law body": "private_law_body",
    "organisation": None,
}

_APPLICANT = re.compile(
    r"(?:an? )?(?:(?P<level>central|regional|local) )?(?P<kind>.+?)"
    r"(?: from (?P<country>.+?))?(?: mandated by (?P<mandate>.+))?"
)


@cache
def codes(code_list: str) -> dict[str, str]:
    """The codes of a code list by their labels, in small letters where people write them so."""
    members = yaml.safe_load((CODE_LISTS / f"{code_list}.yaml").read_text(encoding="utf-8"))["members"]
    labels = {member["label"]: member["code"] for member in members}
    return labels | {label[:1].lower() + label[1:]: code for label, code in labels.items()}


def country(name: str) -> str:
    """The code of a country by its name."""
    return codes("countries")[name]


def listed(text: str) -> list[str]:
    """The parts of ``A``, ``A and B`` or ``A, B and C``; ``none`` is not a part."""
    return [] if text == "none" else re.split(r", (?!Ascension)| and (?!Tristan|Príncipe|Herzegovina)", text)


def applicant(text: str) -> dict[str, object]:
    """The answers in ``a mandated body from Belgium mandated by Denmark``, and no others."""
    found = _APPLICANT.fullmatch(text)
    assert found, text
    kind = SHORT[found["kind"]] if found["kind"] in SHORT else codes("applicant_kinds")[found["kind"]]
    said: dict[str, object] = {"kind": kind}
    if found["level"]:
        said["level"] = found["level"]
    if found["country"]:
        said["country"] = country(found["country"])
    if found["mandate"]:
        said["mandate"] = {"country": country(found["mandate"])}
    return {name: value for name, value in said.items() if value is not None}


def yes_or_no(text: str) -> bool | None:
    """``yes``, ``no``, or None for ``nothing``."""
    return {"yes": True, "no": False, "nothing": None}[text]


def answer(text: str) -> str | None:
    """A text, or None where it says that there is no answer."""
    return None if text in NOT_ANSWERED else text
