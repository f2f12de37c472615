"""Who may do what: a right for each kind of information and each change to it, by role; deny is the rule."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from uuid import UUID

from caseapp.domain.errors import CaseAppError


class Role(Enum):
    """The seven kinds of staff that sign in."""

    PEER_SPECIALIST = "peer-specialist"
    SOCIAL_WORKER = "social-worker"
    CLINICIAN = "clinician"
    SUPERVISOR = "supervisor"
    PROGRAM_MANAGER = "program-manager"
    ADMINISTRATOR = "administrator"
    AUDITOR = "auditor"


class Right(Enum):
    """What a service verb asks for before it reads or writes anything."""

    SEE_PEOPLE = "see-people"
    CHANGE_PEOPLE = "change-people"
    LINK_PEOPLE = "link-people"
    SEE_CALLS = "see-calls"
    CHANGE_CALLS = "change-calls"
    SEE_CASES = "see-cases"
    CHANGE_CASES = "change-cases"
    SEE_CLINICAL = "see-clinical"
    LOG_CONTACTS = "log-contacts"
    LEAD_TEAM = "lead-team"
    CHANGE_FOLLOW_UPS = "change-follow-ups"
    CHANGE_REFERRALS = "change-referrals"
    CHANGE_CONSENTS = "change-consents"
    SEE_DIRECTORY = "see-directory"
    CHANGE_DIRECTORY = "change-directory"
    DISCLOSE = "disclose"
    DISCLOSE_WITHOUT_CONSENT = "disclose-without-consent"
    IMPORT = "import"
    EXPORT = "export"
    EXPORT_EVERYTHING = "export-everything"
    SEE_REPORTS = "see-reports"
    CHANGE_REPORTS = "change-reports"
    SEE_STAFF = "see-staff"
    CHANGE_STAFF = "change-staff"
    CHANGE_AGENCY = "change-agency"
    SEE_JOURNAL = "see-journal"
    SEE_SEALED = "see-sealed"
    VERIFY = "verify"
    BACK_UP = "back-up"


SEALED_NAME = "Restricted person"
"""What stands for somebody whose record may not be opened, where the row itself must still count."""


_LOOK = {
    Right.SEE_PEOPLE,
    Right.SEE_CALLS,
    Right.SEE_CASES,
    Right.SEE_DIRECTORY,
    Right.SEE_STAFF,
}
_FIELD = _LOOK | {
    Right.CHANGE_PEOPLE,
    Right.LINK_PEOPLE,
    Right.CHANGE_CALLS,
    Right.CHANGE_CASES,
    Right.LOG_CONTACTS,
    Right.CHANGE_FOLLOW_UPS,
    Right.CHANGE_REFERRALS,
    Right.CHANGE_CONSENTS,
    Right.DISCLOSE,
}
_DESK = _FIELD | {Right.SEE_CLINICAL, Right.CHANGE_DIRECTORY, Right.IMPORT}
_LEAD = _DESK | {
    Right.LEAD_TEAM,
    Right.DISCLOSE_WITHOUT_CONSENT,
    Right.EXPORT,
    Right.SEE_REPORTS,
    Right.CHANGE_REPORTS,
    Right.SEE_JOURNAL,
}

RIGHTS: dict[Role, frozenset[Right]] = {
    Role.PEER_SPECIALIST: frozenset(_FIELD),
    Role.SOCIAL_WORKER: frozenset(_DESK),
    Role.CLINICIAN: frozenset(_DESK | {Right.DISCLOSE_WITHOUT_CONSENT}),
    Role.SUPERVISOR: frozenset(_LEAD | {Right.SEE_SEALED, Right.VERIFY}),
    Role.PROGRAM_MANAGER: frozenset(_LEAD | {Right.VERIFY, Right.BACK_UP}),
    Role.ADMINISTRATOR: frozenset(set(Right) - {Right.SEE_CLINICAL, Right.SEE_SEALED}),
    Role.AUDITOR: frozenset(_LOOK | {Right.SEE_CLINICAL, Right.SEE_REPORTS, Right.SEE_JOURNAL, Right.VERIFY}),
}
"""Which rights a role holds; what is not listed is refused. An auditor's rights only look."""


class Scope(Enum):
    """Whose cases a right reaches: what is written in the others stays closed, that they exist does not."""

    OWN = "own"
    TEAM = "team"
    PROGRAM = "program"
    ALL = "all"


SCOPED: dict[Role, Scope] = {
    Role.PEER_SPECIALIST: Scope.PROGRAM,
    Role.SOCIAL_WORKER: Scope.PROGRAM,
    Role.CLINICIAN: Scope.PROGRAM,
}
"""The roles whose scope an agency sets, each with the one it starts with; the others reach all."""


@dataclass(frozen=True, slots=True)
class Actor:
    """The one person who is signed in; every verb is done in this name.

    `team` are those with the same supervisor and those the actor supervises; without a program of their own
    somebody works in every program.
    """

    staff_id: UUID
    name: str
    role: Role
    scope: Scope = Scope.ALL
    programs: frozenset[UUID] = field(default_factory=frozenset)
    team: frozenset[UUID] = field(default_factory=frozenset)


class NotAllowed(CaseAppError):
    """The role of the actor does not hold the right that the verb asks for."""

    code = "access.not-allowed"


class BeyondScope(CaseAppError):
    """The case is in the hands of others, and the actor's scope ends before it."""

    code = "access.beyond-scope"


class SignedOut(CaseAppError):
    """The actor left the agency while the desk was open: nothing is read or written in their name."""

    code = "access.signed-out"


class RoleChanged(CaseAppError):
    """The actor was given another role while the desk was open: its screens show what the old one may."""

    code = "access.role-changed"


class Sealed(CaseAppError):
    """The record is restricted to named staff, and the actor is not one of them."""

    code = "access.sealed"


def has_right(role: Role, right: Right) -> bool:
    """Answer from the table alone, so that a screen can leave out what would be refused."""
    return right in RIGHTS[role]


def require(actor: Actor, right: Right) -> None:
    """Raise NotAllowed unless the actor's role holds the right; deny is the default."""
    if not has_right(actor.role, right):
        raise NotAllowed(right=right.value, role=actor.role.value)


@dataclass(frozen=True, slots=True)
class Hands:
    """In whose hands a case is: who is on its team today, and the program it stands in."""

    staff: frozenset[UUID]
    program_id: UUID | None = None


def reaches_all(actor: Actor) -> bool:
    """Whether no case lies beyond the actor's scope."""
    return actor.scope is Scope.ALL or (actor.scope is Scope.PROGRAM and not actor.programs)


def reaches(actor: Actor, hands: Hands) -> bool:
    """Whether a case lies within the actor's scope; whoever is on its team always reaches it."""
    if reaches_all(actor) or actor.staff_id in hands.staff:
        return True
    if actor.scope is Scope.TEAM:
        return bool(actor.team & hands.staff)
    return actor.scope is Scope.PROGRAM and (hands.program_id is None or hands.program_id in actor.programs)


@dataclass(frozen=True, slots=True)
class Seal:
    """Who may open a restricted person: named staff, and whoever gave a reason until a moment."""

    named: frozenset[UUID]
    open_until: dict[UUID, datetime] = field(default_factory=dict)


def may_open(*, actor: Actor, seal: Seal | None, now: datetime) -> bool:
    """Tell whether a person's record may be opened: free, named, by reason in time, or by right."""
    if seal is None or actor.staff_id in seal.named:
        return True
    until = seal.open_until.get(actor.staff_id)
    if until is not None and now < until:
        return True
    return has_right(actor.role, Right.SEE_SEALED)


def closed_to(*, actor: Actor, seals: Mapping[UUID, Seal], now: datetime) -> frozenset[UUID]:
    """Which of the sealed people the actor may not open: the one rule of every list."""
    return frozenset(
        person_id for person_id, seal in seals.items() if not may_open(actor=actor, seal=seal, now=now)
    )
