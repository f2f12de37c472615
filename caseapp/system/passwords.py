"""Reads a password from a file for the command line, because an argument is seen by every process."""

import os
from pathlib import Path

from caseapp.domain.errors import CaseAppError
from caseapp.system import files

_AT_MOST = 64 * 1024
"""Bytes that are looked at for the first line."""


class PasswordFileOpen(CaseAppError):
    """Others on this machine can read the password file."""

    code = "password-file.readable-by-others"


class PasswordFileEmpty(CaseAppError):
    code = "password-file.empty"


def from_file(path: Path) -> str:
    """The first line, its line end aside; raises CannotRead, PasswordFileOpen or PasswordFileEmpty."""
    content = files.read(path, at_most=_AT_MOST)
    if os.name != "nt" and path.stat().st_mode & 0o077:
        raise PasswordFileOpen(file=path.name)
    try:
        line = content.decode("utf-8").splitlines()[0]
    except (UnicodeDecodeError, IndexError):
        raise PasswordFileEmpty(file=path.name) from None
    if not line:
        raise PasswordFileEmpty(file=path.name)
    return line


def strength(password: str) -> tuple[int, str]:
    """0 to 3 and words, by length and by how many different characters there are; a hint, not a wall."""
    variety = len(set(password))
    if len(password) < 10 or variety < 5:
        return 0, "Too short: use at least 10 characters, or four words."
    if len(password) < 14 or variety < 8:
        return 1, "Fair. A few words more make it strong."
    return (2, "Strong.") if len(password) < 20 else (3, "Very strong.")
