"""What every command is built on: its outcome, the way to an open database, and progress for who watches."""

import argparse
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from typing_extensions import override

from caseapp.domain.errors import CaseAppError
from caseapp.services import session
from caseapp.services.desk import Services, build_services
from caseapp.services.session import SignedIn
from caseapp.system import files, passwords
from caseapp.system.messages import sentence_for

DONE, PARTLY, REFUSED, BROKEN = 0, 1, 2, 3
SIGN_IN_FILE_HELP = "a file with the password in its first line, which nobody else may read"
JSON_HELP = "tell the result as JSON"
_CHOICES = re.compile(r"^argument (?:COMMAND|WHAT): (.*?) \(choose from .*\)$", re.DOTALL)
"""The list of commands after a wrong one, which `--help` shows with a word on each."""

_WRITTEN = ("out", "rejects", "recovery_out")
"""What the commands call a file that they write."""


class Usage(CaseAppError):
    """The command's words are not right."""

    code = "command.usage"


class WrongWords(CaseAppError):
    """The words of a command are not those that it takes."""

    code = "command.wrong-words"


class Parser(argparse.ArgumentParser):
    """Refuses in one sentence with the next step, as every other refusal does."""

    @override
    def error(self, message: str) -> NoReturn:
        words = _CHOICES.sub(r"\1", message)
        refusal = WrongWords(words=words[:1].upper() + words[1:], command=self.prog)
        self.exit(REFUSED, f"{sentence_for(refusal)}\n")


class Stopped(CaseAppError):
    """Somebody stopped the command before anything of it was saved."""

    code = "command.stopped"


class StoppedAfter(CaseAppError):
    """The command was stopped after some of what it does was true and in the journal."""

    code = "command.stopped-after"


class StoppedAfterImport(CaseAppError):
    """The command was stopped after the import was saved."""

    code = "command.stopped-after-import"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command prints: an object for `--json`, the same in words, and the exit status."""

    facts: dict[str, Any]
    words: str
    status: int = DONE


def with_database(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Give a command the words that name the database and who signs in."""
    parser.add_argument(
        "--database",
        type=Path,
        default=os.environ.get("CASEAPP_DATABASE"),
        help="the file; or CASEAPP_DATABASE",
    )
    parser.add_argument(
        "--login", default=os.environ.get("CASEAPP_LOGIN"), help="who signs in; or CASEAPP_LOGIN"
    )
    parser.add_argument(
        "--password-file",
        type=Path,
        default=os.environ.get("CASEAPP_PASSWORD_FILE"),
        help=f"{SIGN_IN_FILE_HELP}; or CASEAPP_PASSWORD_FILE",
    )
    parser.add_argument("--json", action="store_true", help=JSON_HELP)
    return parser


def signed_in(
    command: Callable[[Services, argparse.Namespace], Outcome],
) -> Callable[[argparse.Namespace], Outcome]:
    """Sign in, run, and close, also when the command is refused."""

    def run(options: argparse.Namespace) -> Outcome:
        if not (options.database and options.login and options.password_file):
            raise Usage(words="Name --database, --login and --password-file")
        password = passwords.from_file(Path(options.password_file))
        opened = session.sign_in(
            Path(options.database), login=options.login, password=password, progress=show_progress
        )
        try:
            return _told(command, opened, options)
        finally:
            with suppress(KeyboardInterrupt):
                opened.close()

    return run


def _told(
    command: Callable[[Services, argparse.Namespace], Outcome], opened: SignedIn, options: argparse.Namespace
) -> Outcome:
    """Run the command; where it is stopped, raise what says truly whether anything was saved before."""
    before = opened.journaled()
    try:
        return command(build_services(opened), options)
    except KeyboardInterrupt:
        saved = opened.saved_since(before)
    if saved.batch is not None:
        raise StoppedAfterImport(batch=saved.batch)
    raise StoppedAfter() if saved.anything else Stopped()


class _Shown:
    """For somebody who watches, a line each time it is another; a script finds nothing on standard error."""

    def __init__(self) -> None:
        self._line = ""

    def __call__(self, words: str, done: int, total: int) -> bool:
        line = f"{words}: {done / total:.0%}\n" if total else f"{words}\n"
        if line != self._line and sys.stderr.isatty():
            sys.stderr.write(line)
        self._line = line
        return True


show_progress = _Shown()


def check_outputs(options: argparse.Namespace) -> None:
    """Refuse, before anybody is signed in, what would write over a database or over what is read."""
    asked = vars(options)
    written = [asked[name] for name in _WRITTEN if isinstance(asked.get(name), Path)]
    read = [one for name, one in asked.items() if name not in _WRITTEN and isinstance(one, Path)]
    if asked.get("layout"):
        read.append(Path(asked["layout"]))
    for path in written:
        files.check_not_ours(path, database=asked.get("file") if "recovery_out" in asked else None)
        files.check_apart(path, read)
        files.check_writable(path)
