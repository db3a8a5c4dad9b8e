"""Write generated proposals as JSON Lines to standard output."""

from __future__ import annotations

import argparse
import sys

from benchmarks.generate import Mix, proposals

__all__ = ["main"]


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mix", type=Mix, choices=list(Mix), default=Mix.COMPLETE)
    options = parser.parse_args()
    for line in proposals(options.count, options.seed, options.mix):
        sys.stdout.buffer.write(line + b"\n")


if __name__ == "__main__":
    main()
