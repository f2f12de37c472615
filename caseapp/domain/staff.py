"""Staff who sign in, and the agency they work for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from caseapp.domain.access import Role
from caseapp.domain.code_words import CodeWords
from caseapp.domain.disclosures import Law
from caseapp.domain.errors import CaseAppError

_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{1,39}")


class BadLogin(CaseAppError):
    """A sign-in name is 2 to 40 small letters, digits, dots, dashes or underscores."""

    code = "staff.bad-login"


class LoginTaken(CaseAppError):
    code = "staff.login-taken"


class StaffNameMissing(CaseAppError):
    code = "staff.name-missing"


class ProgramNameMissing(CaseAppError):
    code = "program.name-missing"


class ProgramStands(CaseAppError):
    """A program of this name is there already."""

    code = "program.stands"


class LastAdministrator(CaseAppError):
    """Somebody must be able to manage staff and restore backups."""

    code = "staff.last-administrator"


class LeftAlready(CaseAppError):
    """Whoever left is given no way in again."""

    code = "staff.left-already"


@dataclass(frozen=True, slots=True)
class StaffDetails:
    """What the form of a member of staff says."""

    name: str
    login: str
    role: Role
    discipline: str = ""
    phone: str = ""
    supervisor_id: UUID | None = None
    programs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A stored member of staff; `can_sign_in` is whether a password opens the file for them."""

    id: UUID
    version: int
    details: StaffDetails
    is_active: bool = True
    left_on: date | None = None
    can_sign_in: bool = False


@dataclass(frozen=True, slots=True)
class Agency:
    """The agency whose desk this is; `time_zone` is an IANA name, days are days there."""

    name: str
    time_zone: str
    phone: str = ""
    address: str = ""
    law: Law = Law.HIPAA
    part2_notice: str = ""
    repeat_threshold: int = 3
    is_sample: bool = False
    programs: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class OfficeLists:
    """What forms offer: the agency with its programs, who works there, list name -> code and label.

    `words` say every code of the lists, those too that are offered no more.
    """

    agency: Agency
    staff: tuple[StaffMember, ...]
    codes: Mapping[str, tuple[tuple[str, str], ...]]
    words: CodeWords


def check(details: StaffDetails) -> StaffDetails:
    """Return the details with the login normalised; raises StaffNameMissing or BadLogin."""
    login = details.login.strip().casefold()
    if not details.name.strip():
        raise StaffNameMissing()
    if not _LOGIN.fullmatch(login):
        raise BadLogin(login=login)
    return replace(details, name=" ".join(details.name.split()), login=login)
