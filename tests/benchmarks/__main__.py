"""Runs the measurements, each in a process of its own, and writes one table.

python -m tests.benchmarks [recognition|febrl|field|crowd|intake|retrieval|papers|import|calls|call-types] [--json FILE]
"""

import argparse
import subprocess
import sys
from pathlib import Path

from tests.benchmarks import figures, parts


def main() -> None:
    """Run what was named, else everything; a part alone prints JSON for the process that asked."""
    asked = argparse.ArgumentParser(prog="tests.benchmarks", description=__doc__)
    asked.add_argument("names", nargs="*", default=["recognition"], help="groups or parts, see parts.py")
    asked.add_argument("--json", type=Path, help="write the figures to this file too")
    asked.add_argument("--alone", action="store_true", help=argparse.SUPPRESS)
    options = asked.parse_args()
    if options.alone:
        print(figures.to_json(parts.PARTS[options.names[0]]()))  # noqa: T201
        return
    found = [one for name in parts.chosen(options.names) for one in _in_own_process(name)]
    if options.json:
        options.json.write_text(figures.to_json(found), encoding="utf-8")
    print(figures.markdown(found))  # noqa: T201


def _in_own_process(name: str) -> list[figures.Figure]:
    """So that the memory of one is not that of another."""
    print(f"{name} ...", file=sys.stderr)  # noqa: T201
    command = [sys.executable, "-m", "tests.benchmarks", "--alone", name]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    return figures.from_json(done.stdout.splitlines()[-1])


main()
