"""A lead and two partners on three copies: from a budget saved by LibreOffice to a signed-off PDF and ELIGIBLE."""

from __future__ import annotations

import json
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.conftest import EXAMPLES, Cli

OFFICE = shutil.which("soffice")
PARTNERS = {"bp-md": "General Inspectorate of Border Police", "cust-md": "Customs Service"}
ANSWERS = "\n\nPublic body\nMoldova\nCentral\nyes\n\n\n\n\n\n\nnone\n\nnone\n:quit\n"
"""Page by page, as a partner types them line by line: the organisation, its budget lines, co-financing, documents."""


def line(number: int, heading: str, applicant: str, quantity: str, unit_cost: str, amount: str) -> dict[str, object]:
    return {
        "id": str(number),
        "heading": heading,
        "description": f"Cost {number}",
        "applicant": applicant,
        "unit": "month",
        "quantity": quantity,
        "unit_cost": unit_cost,
        "amount": amount,
    }


BUDGET = [
    line(1, "human_resources", "lead", "24", "5000", "120000.00"),
    line(2, "human_resources", "bp-md", "20", "4000", "80000.00"),
    line(3, "travel", "cust-md", "40", "1250", "50000.00"),
    line(4, "equipment_and_supplies", "bp-md", "1", "130000", "130000.00"),
    line(5, "indirect_costs", "lead", "1", "20000", "20000.00"),
]
FINANCING = {
    "grant_requested": "380000.00",
    "contributions": [{"source": "lead", "kind": "staff_salaries", "amount": "20000.00"}],
}


def saved_by_office(workbook: Path, folder: Path) -> Path:
    """The workbook as LibreOffice saves it, with every formula worked out anew; as it is where there is no office."""
    if OFFICE is None:
        return workbook
    command = [
        *(OFFICE, f"-env:UserInstallation=file://{folder / 'profile'}", "--headless"),
        *("--convert-to", "xlsx", "--outdir", str(folder / "office"), str(workbook)),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    return folder / "office" / workbook.name


def test_a_budget_two_parts_and_a_signature(cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def sits_down(user: str) -> Path:
        """Another person at a computer of their own: nothing is shared but the files that are sent."""
        home = tmp_path / user
        home.mkdir(exist_ok=True)
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
        return home

    home = sits_down("lead")
    draft = home / "draft.json"
    proposal = json.loads((EXAMPLES / "eligible-lithuania-moldova.json").read_text("utf-8"))
    start = {
        **proposal,
        "co_applicants": [{"id": identity, "name": name} for identity, name in PARTNERS.items()],
        "budget": {"currency": "EUR"},
        "financing": {},
        "documents": [],
        "open": ["/budget/lines"],
    }
    draft.write_text(json.dumps(start), encoding="utf-8")
    planned = home / "planned.json"
    planned.write_text(
        json.dumps({**start, "budget": {"currency": "EUR", "lines": BUDGET}, "financing": FINANCING}), encoding="utf-8"
    )
    assert cli("budget", "write", planned, "-o", home / "budget.xlsx").code == 0
    taken = cli("budget", "read", saved_by_office(home / "budget.xlsx", tmp_path), draft, "--yes")
    assert (taken.code, "NOT COMPLETE" in taken.err) == (0, True)

    sent = []
    for identity in PARTNERS:
        part = home / f"{identity}.part.json"
        assert cli("part", "export", draft, identity, "-o", part).code == 0
        sent.append(part)
    back = []
    for part in sent:
        mine = Path(shutil.copy(part, sits_down(part.stem)))
        assert cli("apply", mine, "--plain", stdin=ANSWERS.encode()).code == 0
        back.append(mine)

    sits_down("lead")
    changed = json.loads(draft.read_text("utf-8"))
    draft.write_text(json.dumps({**changed, "acronym": "SAFE-2"}), encoding="utf-8")
    merged = cli("part", "merge", draft, *back, "--yes")
    assert (merged.code, "ELIGIBLE" in merged.err) == (0, True), merged

    state = json.loads(draft.read_text("utf-8"))
    assert state["acronym"] == "SAFE-2"
    assert state["budget"]["lines"] == [{**one, "quantity": one["quantity"]} for one in BUDGET]
    assert state["financing"] == FINANCING
    assert [one["kind"] for one in state["co_applicants"]] == ["public_body"] * 2
    assert "open" not in state
    checked = cli("check", draft, "--format", "json")
    assert checked.json()["reports"][0]["verdict"] == "eligible"

    assert cli("document", draft, "-o", home / "signed.pdf").code == 0
    data = (home / "signed.pdf").read_bytes()
    assert f"sha256:{sha256(draft.read_bytes()).hexdigest()}".encode() in data
    assert b"pdfuaid" in data
