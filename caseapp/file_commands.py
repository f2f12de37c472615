"""The file from the command line: made, checked, copied and put back."""

import argparse
import sys
from pathlib import Path
from typing import Any

from caseapp.commands import (
    BROKEN,
    DONE,
    JSON_HELP,
    PARTLY,
    SIGN_IN_FILE_HELP,
    Outcome,
    Usage,
    show_progress,
    signed_in,
    with_database,
)
from caseapp.domain.access import Role
from caseapp.domain.staff import Agency, StaffDetails
from caseapp.services import creation, restoring
from caseapp.services.desk import Services
from caseapp.system import passwords

_CHECKED = ", the same bytes that were verified when the backup was made."
_NOT_CHECKED = (
    ", but it was not checked, because its .sha256 file is not beside it. Check it with: caseapp verify."
)
_SHOWN = 5
"""Problems of a check that are told in words."""


def add(commands: Any) -> None:
    """Put the commands about the file itself beside the others."""
    create = commands.add_parser("create", help="a new encrypted database with one administrator")
    create.add_argument("file", type=Path, help="the database to make")
    create.add_argument("--agency", required=True, help="its name, as papers say it")
    create.add_argument("--time-zone", required=True, help="where it is, such as America/Los_Angeles")
    create.add_argument("--name", required=True, help="of the administrator")
    create.add_argument("--login", required=True, help="what the administrator signs in with")
    create.add_argument("--password-file", type=Path, required=True, help=SIGN_IN_FILE_HELP)
    create.add_argument(
        "--recovery-out", type=Path, help="a PDF with the recovery key, instead of the key on the screen"
    )
    create.add_argument("--json", action="store_true", help=JSON_HELP)
    create.set_defaults(run=_create)
    verify = with_database(commands.add_parser("verify", help="check the whole file"))
    verify.set_defaults(run=signed_in(_verify))
    back_up = with_database(commands.add_parser("backup", help="an encrypted, verified copy"))
    back_up.add_argument("to", type=Path, help="the copy to make")
    back_up.set_defaults(run=signed_in(_back_up))
    restore = commands.add_parser("restore", help="put a backup in a new place")
    restore.add_argument("source", type=Path, help="the backup")
    restore.add_argument("--to", type=Path, required=True, help="the database to make of it")
    restore.add_argument("--json", action="store_true", help=JSON_HELP)
    restore.set_defaults(run=_restore)


def _create(options: argparse.Namespace) -> Outcome:
    if options.recovery_out and options.recovery_out.exists():
        raise Usage(words=f"“{options.recovery_out.name}” exists already; choose another name")
    agency = Agency(name=options.agency, time_zone=options.time_zone)
    administrator = StaffDetails(options.name, options.login, Role.ADMINISTRATOR)
    password, sheet = passwords.from_file(options.password_file), options.recovery_out
    if sheet:
        creation.create_with_sheet(
            options.file, sheet, agency=agency, administrator=administrator, password=password
        )
    else:
        printed = creation.create(options.file, agency=agency, administrator=administrator, password=password)
        print(f"Recovery key, shown only once: {printed}", file=sys.stderr)
    return Outcome({"file": options.file.name}, f"Made {options.file.name}.")


def _verify(services: Services, _options: argparse.Namespace) -> Outcome:
    checked = services.maintenance.verify(progress=show_progress)
    facts = {
        "ok": checked.ok,
        "checked": {
            "pages": checked.pages,
            "rows": checked.rows,
            "journal_entries": checked.journal_entries,
            "index_entries": checked.index_entries,
        },
        "problems": checked.problems,
    }
    counted = f"{checked.pages} pages, {checked.rows} rows, {checked.journal_entries} journal entries"
    words = f"Checked {counted}. " + ("All whole." if checked.ok else _first_of(checked.problems))
    return Outcome(facts, words, DONE if checked.ok else BROKEN)


def _first_of(problems: list[str]) -> str:
    """As many as can be read at a glance; --json has them all."""
    more = len(problems) - _SHOWN
    shown = problems[:_SHOWN] + ([f"and {more} more; --json lists all"] if more > 0 else [])
    return "\n".join(shown)


def _back_up(services: Services, options: argparse.Namespace) -> Outcome:
    checked = services.maintenance.back_up(target=options.to, progress=show_progress)
    facts = {"file": options.to.name, "rows": checked.rows, "pages": checked.pages, "verified": True}
    facts["problems"] = checked.problems
    words = [f"Copied and verified {checked.rows} rows into {options.to.name}.", *checked.problems]
    return Outcome(facts, "\n".join(words), DONE if checked.ok else PARTLY)


def _restore(options: argparse.Namespace) -> Outcome:
    is_checked = restoring.restore(options.source, options.to, progress=show_progress)
    words = f"Restored {options.to.name}{_CHECKED if is_checked else _NOT_CHECKED}"
    facts = {"file": options.to.name, "checked": is_checked}
    return Outcome(facts, f"{words} Sign in to it with the passwords of that day.")
