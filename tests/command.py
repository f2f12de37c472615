"""The program called as a script would call it: a process of its own, its words and its exit status.

Reading the modules in takes longer than most commands do, so where the system can, one process reads them once
and each call is a fresh copy of it, with its own environment, outputs and end.
"""

import multiprocessing
import os
import subprocess
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

COPIES = "forkserver" in multiprocessing.get_all_start_methods()
SECONDS = 300


def call(arguments: Sequence[str], environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run one command in a copy of the loaded program, or in an interpreter where there are no copies."""
    if not COPIES:
        return interpret(arguments, environment)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["caseapp.cli"])
    with TemporaryDirectory() as folder:
        out, errors = Path(folder) / "out", Path(folder) / "errors"
        process = context.Process(target=_answer, args=(tuple(arguments), dict(environment), out, errors))
        process.start()
        process.join(SECONDS)
        assert process.exitcode is not None, "The command did not end."
        words = [one.read_text(encoding="utf-8") for one in (out, errors)]
    return subprocess.CompletedProcess(["caseapp", *arguments], process.exitcode, *words)


def interpret(
    arguments: Sequence[str], environment: Mapping[str, str], **how: Any
) -> subprocess.CompletedProcess[str]:
    """Run one command in an interpreter of its own, as a person starts it."""
    command = [sys.executable, "-W", "error", "-m", "caseapp", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=SECONDS, **how)


def _answer(arguments: tuple[str, ...], environment: dict[str, str], out: Path, errors: Path) -> None:
    for number, path in ((1, out), (2, errors)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), number)
    os.environ.clear()
    os.environ.update(environment)
    warnings.simplefilter("error")
    from caseapp import cli

    sys.exit(cli.main(arguments))
