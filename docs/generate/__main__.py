"""``python -m docs.generate site FOLDER`` builds the site, ``… man`` writes the man pages anew."""

from __future__ import annotations

import sys
from pathlib import Path

from docs.generate.command_pages import man_pages
from docs.generate.site import ROOT, SiteError, build

MAN = ROOT / "docs" / "man"


def main(arguments: list[str]) -> int:
    """Do what is asked; the exit code."""
    match arguments:
        case ["site", folder]:
            try:
                print(f"Open {build(Path(folder)) / 'index.html'}")
            except SiteError as error:
                print(error, file=sys.stderr)
                return 1
            return 0
        case ["man"]:
            MAN.mkdir(exist_ok=True)
            for old in MAN.glob("*.1"):
                old.unlink()
            for name, text in man_pages().items():
                (MAN / name).write_text(text, encoding="utf-8")
            return 0
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
