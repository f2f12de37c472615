"""Staff in the database; their passwords live in the key file, never here."""

import builtins
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, func, select

from caseapp.domain.access import SCOPED, Actor, Role, Scope
from caseapp.domain.errors import NoSuchRecord
from caseapp.domain.staff import StaffDetails, StaffMember
from caseapp.store import direct
from caseapp.store.repository import Repository
from caseapp.store.tables.staff import ProgramRow, SettingRow, StaffProgramRow, StaffRow

_SCOPES = "scopes"
_ROLE_OF = "SELECT role FROM staff WHERE id = :of AND is_active"


def role_of(connection: Connection, staff_id: UUID) -> Role | None:
    """The role of who works here still: asked before every verb, so with nothing around it."""
    found = direct.rows(connection, _ROLE_OF, {"of": direct.ids(connection, [staff_id])[0]})
    return Role(found[0][0]) if found else None


class StaffStore(Repository):
    """Reads and writes members of staff."""

    def add(self, details: StaffDetails, *, staff_id: UUID, can_sign_in: bool) -> None:
        """Write a new member of staff under an id chosen before, so that the first can name itself."""
        self._session.add(
            StaffRow(
                id=staff_id,
                login=details.login,
                name=details.name,
                role=details.role,
                discipline=details.discipline,
                phone=details.phone,
                supervisor_id=details.supervisor_id,
                is_active=True,
                can_sign_in=can_sign_in,
            )
        )
        self._session.flush()
        self._put_programs(staff_id, details.programs)

    def change(self, staff_id: UUID, details: StaffDetails, *, version: int) -> None:
        """Write what the form says; raises StaleRecord or NoSuchRecord."""
        row = self._get(StaffRow, staff_id, version=version)
        row.login, row.name, row.role = details.login, details.name, details.role
        row.discipline, row.phone = details.discipline, details.phone
        row.supervisor_id = details.supervisor_id
        self._put_programs(staff_id, details.programs)

    def set_sign_in(self, staff_id: UUID, *, can_sign_in: bool) -> None:
        """Remember whether the key file has a wrap for this member."""
        self._get(StaffRow, staff_id).can_sign_in = can_sign_in

    def leave(self, staff_id: UUID, *, on: date) -> None:
        """Mark that somebody left; what they did stays in their name."""
        row = self._get(StaffRow, staff_id)
        row.is_active, row.can_sign_in, row.left_on = False, False, on

    def get(self, staff_id: UUID) -> StaffMember:
        return self._members([self._get(StaffRow, staff_id)])[0]

    def by_login(self, login: str) -> StaffMember:
        """Raises NoSuchRecord when nobody active has the login."""
        query = select(StaffRow).where(StaffRow.login == login.strip().casefold(), StaffRow.is_active)
        row = self._session.scalars(query).first()
        if row is None:
            raise NoSuchRecord()
        return self._members([row])[0]

    def has_login(self, login: str) -> bool:
        query = select(func.count()).select_from(StaffRow).where(StaffRow.login == login)
        return bool(self._session.scalar(query))

    def actor(self, staff_id: UUID) -> Actor:
        """Who is signed in, with the scope, the programs and the team that the rights reach."""
        row = self._get(StaffRow, staff_id)
        programs = self._session.scalars(
            select(StaffProgramRow.program_id).where(StaffProgramRow.staff_id == staff_id)
        )
        return Actor(
            staff_id=row.id,
            name=row.name,
            role=row.role,
            scope=self.scopes().get(row.role, Scope.ALL),
            programs=frozenset(programs),
            team=self._team(row),
        )

    def scopes(self) -> dict[Role, Scope]:
        """The scope of each role that has one: as the agency set it, or as it starts."""
        stored = self._session.scalar(select(SettingRow.value).where(SettingRow.name == _SCOPES)) or {}
        return {role: Scope(stored.get(role.value, first)) for role, first in SCOPED.items()}

    def put_scopes(self, scopes: Mapping[Role, Scope]) -> None:
        """Keep the agency's scopes."""
        row = self._session.scalars(select(SettingRow).where(SettingRow.name == _SCOPES)).first()
        if row is None:
            row = SettingRow(id=self._new_id(), name=_SCOPES)
            self._session.add(row)
        row.value = {role.value: scope.value for role, scope in scopes.items()}

    def _team(self, row: StaffRow) -> frozenset[UUID]:
        near = StaffRow.supervisor_id == row.id
        if row.supervisor_id is not None:
            near |= StaffRow.supervisor_id == row.supervisor_id
        return frozenset(self._session.scalars(select(StaffRow.id).where(near))) | {row.id}

    def _put_programs(self, staff_id: UUID, names: Collection[str]) -> None:
        wanted = set(self._session.scalars(select(ProgramRow.id).where(ProgramRow.name.in_(names))))
        query = select(StaffProgramRow).where(StaffProgramRow.staff_id == staff_id)
        standing = {row.program_id: row for row in self._session.scalars(query)}
        for program_id, row in standing.items():
            if program_id not in wanted:
                self._session.delete(row)
        self._session.add_all(
            StaffProgramRow(staff_id=staff_id, program_id=one) for one in sorted(wanted - standing.keys())
        )

    def _programs(self, staff_ids: Collection[UUID]) -> dict[UUID, tuple[str, ...]]:
        query = (
            select(StaffProgramRow.staff_id, ProgramRow.name)
            .join(ProgramRow, ProgramRow.id == StaffProgramRow.program_id)
            .where(StaffProgramRow.staff_id.in_(staff_ids))
            .order_by(ProgramRow.name)
        )
        found: dict[UUID, tuple[str, ...]] = {}
        for row in self._session.execute(query):
            found[row.staff_id] = (*found.get(row.staff_id, ()), row.name)
        return found

    def _members(self, rows: Sequence[StaffRow]) -> builtins.list[StaffMember]:
        programs = self._programs([row.id for row in rows])
        return [_to_member(row, programs.get(row.id, ())) for row in rows]

    def list(self, *, only_active: bool = True) -> list[StaffMember]:
        """Members of staff by name."""
        query = select(StaffRow).order_by(StaffRow.name)
        if only_active:
            query = query.where(StaffRow.is_active)
        return self._members(self._session.scalars(query).all())

    def administrators(self) -> int:
        """How many active administrators can sign in."""
        query = select(func.count()).where(
            StaffRow.role == Role.ADMINISTRATOR, StaffRow.is_active, StaffRow.can_sign_in
        )
        return self._session.scalar(query) or 0


def _to_member(row: StaffRow, programs: tuple[str, ...]) -> StaffMember:
    return StaffMember(
        id=row.id,
        version=row.version,
        details=StaffDetails(
            name=row.name,
            login=row.login,
            role=row.role,
            discipline=row.discipline,
            phone=row.phone,
            supervisor_id=row.supervisor_id,
            programs=programs,
        ),
        is_active=row.is_active,
        left_on=row.left_on,
        can_sign_in=row.can_sign_in,
    )
