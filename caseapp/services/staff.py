"""Staff and the agency: add, change, give and take the way in."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from caseapp.domain.access import SCOPED, Right, Role, Scope
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import CaseAppError
from caseapp.domain.staff import (
    Agency,
    LastAdministrator,
    LeftAlready,
    LoginTaken,
    OfficeLists,
    ProgramNameMissing,
    ProgramStands,
    StaffDetails,
    StaffMember,
    check,
)
from caseapp.services.context import Context, Service, verb
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import keys
from caseapp.system.keys import Cost, DataKey

_KINDS = frozenset({Kind.STAFF})


class UnknownTimeZone(CaseAppError):
    """The name is not one of the IANA time zones."""

    code = "agency.unknown-time-zone"


class ThresholdTooLow(CaseAppError):
    """From no call on, everybody would be in repeat contact."""

    code = "agency.threshold-too-low"


class AgencyNameMissing(CaseAppError):
    code = "agency.name-missing"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The open file's data key and what a new password costs; held only while somebody is signed in."""

    data_key: DataKey
    cost: Cost = keys.DEFAULT_COST


class StaffService(Service):
    """Members of staff and their passwords."""

    def __init__(self, context: Context, ring: KeyRing) -> None:
        super().__init__(context)
        self._ring = ring

    @verb(Right.SEE_STAFF)
    def list_staff(self, *, only_active: bool = True) -> list[StaffMember]:
        """Members of staff by name."""
        with self._context.read("staff.list") as work:
            return work.staff.list(only_active=only_active)

    @verb(Right.SEE_STAFF)
    def agency(self) -> Agency:
        """The agency of this desk."""
        with self._context.read("agency.get") as work:
            return work.agency.get()

    @verb(Right.SEE_STAFF)
    def lists(self) -> OfficeLists:
        """All that forms offer from the office's own lists, at once."""
        with self._context.read("office.lists") as work:
            agency = work.agency
            return OfficeLists(
                agency.get(), tuple(work.staff.list()), agency.code_lists(), agency.code_words()
            )

    @verb(Right.CHANGE_AGENCY)
    def change_agency(self, *, agency: Agency) -> Change:
        """Write the agency's settings; raises AgencyNameMissing, ThresholdTooLow or UnknownTimeZone."""
        check_agency(agency)
        with self._context.write("agency.change") as work:
            work.agency.change(agency)
            work.commit()
        return Change(frozenset({Kind.AGENCY}))

    @verb(Right.CHANGE_AGENCY)
    def add_program(self, *, name: str) -> Change:
        """Add a program; raises ProgramNameMissing or ProgramStands."""
        name = " ".join(name.split())
        if not name:
            raise ProgramNameMissing()
        with self._context.write("program.add") as work:
            if name.casefold() in {one.casefold() for one in work.agency.program_ids()}:
                raise ProgramStands(name=name)
            work.agency.add_program(name)
            work.commit()
        return Change(frozenset({Kind.AGENCY}))

    @verb(Right.SEE_STAFF)
    def scopes(self) -> dict[Role, Scope]:
        """Whose cases each role reads that has a scope."""
        with self._context.read("staff.scopes") as work:
            return work.staff.scopes()

    @verb(Right.CHANGE_STAFF)
    def change_scopes(self, *, scopes: Mapping[Role, Scope]) -> Change:
        """Narrow or widen the scope of roles that have one; it holds from each one's next sign-in."""
        with self._context.write("staff.change-scopes") as work:
            work.staff.put_scopes({role: scopes[role] for role in SCOPED if role in scopes})
            work.commit()
        return Change(_KINDS)

    @verb(Right.CHANGE_STAFF)
    def add(self, *, details: StaffDetails, password: str = "") -> UUID:
        """Write a new member; with a password they can sign in.

        Raises BadLogin, LoginTaken, StaffNameMissing, PasswordTooShort or PasswordTooLong. The way in is
        written last, so that a key never opens for somebody who is not there.
        """
        details = check(details)
        if password:
            keys.check_password(password)
        with self._context.write("staff.add") as work:
            if work.staff.has_login(details.login):
                raise LoginTaken(login=details.login)
            staff_id = work.new_id()
            work.staff.add(details, staff_id=staff_id, can_sign_in=bool(password))
            work.commit()
        if password:
            self._give_way_in(staff_id, password)
        return staff_id

    @verb(Right.CHANGE_STAFF)
    def change(self, *, staff_id: UUID, details: StaffDetails, version: int) -> Change:
        """Write what the form says; a login is for ever. Raises LastAdministrator or StaleRecord."""
        details = check(details)
        with self._context.write("staff.change") as work:
            member = work.staff.get(staff_id)
            details = replace(details, login=member.details.login)
            if details.role is not Role.ADMINISTRATOR:
                _check_not_last(work, member)
            work.staff.change(staff_id, details, version=version)
            work.commit()
        return Change(_KINDS, record_id=staff_id)

    @verb(Right.CHANGE_STAFF)
    def set_password(self, *, staff_id: UUID, password: str) -> Change:
        """Give somebody a new password; the file is not encrypted anew. Raises LeftAlready."""
        keys.check_password(password)
        with self._context.write("staff.set-password") as work:
            _still_here(work, staff_id)
            work.staff.set_sign_in(staff_id, can_sign_in=True)
            work.note("password", subjects=(staff_id,))
            work.commit()
        self._give_way_in(staff_id, password)
        return Change(_KINDS, record_id=staff_id)

    @verb(Right.CHANGE_STAFF)
    def leave(self, *, staff_id: UUID) -> Change:
        """Somebody left: their key goes, what they did stays. Raises LastAdministrator."""
        with self._context.write("staff.leave") as work:
            member = work.staff.get(staff_id)
            _check_not_last(work, member)
            work.staff.leave(staff_id, on=self._context.today())
            work.commit()
        if member.can_sign_in:
            with self._context.write("staff.leave") as work:
                work.take_lock()
                keys.remove(self._context.database.path, login=member.details.login)
        return Change(_KINDS, record_id=staff_id)

    def _give_way_in(self, staff_id: UUID, password: str) -> None:
        """The file's write lock is held meanwhile, so that two desks do not lose each other's wraps.

        Who left while the lock was waited for is asked again: their key would open the file for ever.
        """
        path, ring = self._context.database.path, self._ring
        with self._context.write("staff.give-way-in") as work:
            work.take_lock()
            login = _still_here(work, staff_id).details.login
            keys.put(path, ring.data_key, login=login, password=password, cost=ring.cost)


def _still_here(work: UnitOfWork, staff_id: UUID) -> StaffMember:
    member = work.staff.get(staff_id)
    if not member.is_active:
        raise LeftAlready(name=member.details.name)
    return member


def _check_not_last(work: UnitOfWork, member: StaffMember) -> None:
    """Of those who can sign in one administrator must stay."""
    is_one = member.details.role is Role.ADMINISTRATOR and member.can_sign_in
    if is_one and work.staff.administrators() < 2:
        raise LastAdministrator()


def check_agency(agency: Agency) -> ZoneInfo:
    """The agency's zone; raises AgencyNameMissing, ThresholdTooLow or UnknownTimeZone."""
    if not agency.name.strip():
        raise AgencyNameMissing()
    if agency.repeat_threshold < 1:
        raise ThresholdTooLow()
    try:
        return ZoneInfo(agency.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownTimeZone(name=agency.time_zone) from None
