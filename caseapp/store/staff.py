"""Staff in the database; their passwords live in the key file, never here."""

from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from caseapp.domain.access import Actor, Role
from caseapp.domain.errors import NoSuchRecord
from caseapp.domain.staff import StaffDetails, StaffMember
from caseapp.store.repository import Repository
from caseapp.store.tables.staff import StaffProgramRow, StaffRow


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

    def change(self, staff_id: UUID, details: StaffDetails, *, version: int) -> None:
        """Write what the form says; raises StaleRecord or NoSuchRecord."""
        row = self._get(StaffRow, staff_id, version=version)
        row.login, row.name, row.role = details.login, details.name, details.role
        row.discipline, row.phone = details.discipline, details.phone
        row.supervisor_id = details.supervisor_id

    def set_sign_in(self, staff_id: UUID, *, can_sign_in: bool) -> None:
        """Remember whether the key file has a wrap for this member."""
        self._get(StaffRow, staff_id).can_sign_in = can_sign_in

    def leave(self, staff_id: UUID, *, on: date) -> None:
        """Mark that somebody left; what they did stays in their name."""
        row = self._get(StaffRow, staff_id)
        row.is_active, row.can_sign_in, row.left_on = False, False, on

    def get(self, staff_id: UUID) -> StaffMember:
        return _to_member(self._get(StaffRow, staff_id))

    def by_login(self, login: str) -> StaffMember:
        """Raises NoSuchRecord when nobody active has the login."""
        query = select(StaffRow).where(StaffRow.login == login.strip().casefold(), StaffRow.is_active)
        row = self._session.scalars(query).first()
        if row is None:
            raise NoSuchRecord()
        return _to_member(row)

    def has_login(self, login: str) -> bool:
        query = select(func.count()).select_from(StaffRow).where(StaffRow.login == login)
        return bool(self._session.scalar(query))

    def is_active(self, staff_id: UUID) -> bool:
        """Whether a member of staff works here still."""
        query = select(StaffRow.id).where(StaffRow.id == staff_id, StaffRow.is_active.is_(True))
        return self._session.scalar(query) is not None

    def actor(self, staff_id: UUID) -> Actor:
        """Who is signed in, with the programs the rights reach."""
        row = self._get(StaffRow, staff_id)
        programs = self._session.scalars(
            select(StaffProgramRow.program_id).where(StaffProgramRow.staff_id == staff_id)
        )
        return Actor(staff_id=row.id, name=row.name, role=row.role, programs=frozenset(programs))

    def list(self, *, only_active: bool = True) -> list[StaffMember]:
        """Members of staff by name."""
        query = select(StaffRow).order_by(StaffRow.name)
        if only_active:
            query = query.where(StaffRow.is_active)
        return [_to_member(row) for row in self._session.scalars(query)]

    def administrators(self) -> int:
        """How many active administrators can sign in."""
        query = select(func.count()).where(
            StaffRow.role == Role.ADMINISTRATOR, StaffRow.is_active, StaffRow.can_sign_in
        )
        return self._session.scalar(query) or 0


def _to_member(row: StaffRow) -> StaffMember:
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
        ),
        is_active=row.is_active,
        left_on=row.left_on,
        can_sign_in=row.can_sign_in,
    )
