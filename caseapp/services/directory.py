"""The directory: find a service, add one, confirm its facts."""

from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.directory import Service as DirectoryEntry
from caseapp.domain.directory import ServiceNameMissing
from caseapp.services.context import Service, verb
from caseapp.store.directory import NewService


class DirectoryService(Service):
    """Organizations and their services."""

    @verb(Right.SEE_DIRECTORY)
    def find(self, *, words: str = "", category: str = "") -> list[DirectoryEntry]:
        """Active services that meet every word."""
        with self._context.read("directory.find") as work:
            return work.directory.find(words, category=category)

    @verb(Right.SEE_DIRECTORY)
    def get(self, *, service_id: UUID) -> DirectoryEntry:
        """One service; raises NoSuchRecord."""
        with self._context.read("directory.get") as work:
            return work.directory.get(service_id)

    @verb(Right.CHANGE_DIRECTORY)
    def add_organization(
        self, *, name: str, description: str = "", services: tuple[NewService, ...] = ()
    ) -> UUID:
        """Write an organization with its services; raises ServiceNameMissing."""
        if not name.strip() or any(not service.name.strip() for service in services):
            raise ServiceNameMissing()
        with self._context.write("directory.add") as work:
            organization_id = work.directory.add_organization(name, description=description)
            for service in services:
                work.directory.add_service(organization_id, service)
            work.commit()
        return organization_id

    @verb(Right.CHANGE_DIRECTORY)
    def confirm(self, *, service_id: UUID, version: int) -> Change:
        """Write that the facts were checked today; raises StaleRecord."""
        with self._context.write("directory.confirm") as work:
            work.directory.confirm(service_id, on=self._context.today(), version=version)
            work.commit()
        return Change(frozenset({Kind.DIRECTORY}), record_id=service_id)
