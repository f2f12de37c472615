"""The directory: find a service for somebody, add or correct one, confirm its facts."""

from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.directory import NewService, ServiceNameMissing, check, check_capacity
from caseapp.domain.directory import Service as DirectoryEntry
from caseapp.domain.directory_finder import Finder, Match, Wanted
from caseapp.domain.eligibility import Traits, traits_of
from caseapp.services.context import Context, Service, verb
from caseapp.store.directory import Edition
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import memory


class DirectoryService(Service):
    """Organizations and their services."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._finder: Finder | None = None
        self._edition = Edition(0, 0, None)

    @verb(Right.SEE_DIRECTORY)
    def find(self, *, words: str = "", category: str = "") -> list[DirectoryEntry]:
        """Active services that meet every word."""
        found = self.search(wanted=Wanted(words=words, category=category))
        return [match.service for match in found]

    @verb(Right.SEE_DIRECTORY)
    def search(self, *, wanted: Wanted) -> list[Match]:
        """Services that meet all that is asked, the fitting ones first."""
        with self._context.read("directory.search") as work:
            finder = self._up_to_date(work)
        return finder.find(wanted, today=self._context.today())

    @verb(Right.SEE_DIRECTORY)
    def choices(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Every place and every language that the directory knows."""
        with self._context.read("directory.choices") as work:
            finder = self._up_to_date(work)
        return finder.cities(), finder.languages()

    @verb(Right.SEE_PEOPLE)
    def traits(self, *, person_id: UUID) -> tuple[str, Traits]:
        """A person's name and what services ask about them; raises Sealed."""
        with self._context.read("directory.traits") as work:
            self._context.open_person(work, person_id, verb="directory.traits")
            person = work.people.get(person_id)
        return person.display_name, traits_of(person.details, today=self._context.today())

    @verb(Right.SEE_DIRECTORY)
    def get(self, *, service_id: UUID) -> DirectoryEntry:
        """One service; raises NoSuchRecord."""
        with self._context.read("directory.get") as work:
            return work.directory.get(service_id)

    @verb(Right.CHANGE_DIRECTORY)
    def add_organization(
        self, *, name: str, description: str = "", services: tuple[NewService, ...] = ()
    ) -> UUID:
        """Write an organization with its services; raises what `check` raises."""
        if not name.strip():
            raise ServiceNameMissing()
        for service in services:
            check(service)
        with self._context.write("directory.add") as work:
            organization_id = work.directory.add_organization(name, description=description)
            for service in services:
                work.directory.add_service(organization_id, service)
            work.commit()
        return organization_id

    @verb(Right.CHANGE_DIRECTORY)
    def add(self, *, organization: str, service: NewService) -> UUID:
        """Write a service of an organization, which is made where nobody knows its name."""
        check(service)
        if not organization.strip():
            raise ServiceNameMissing()
        with self._context.write("directory.add") as work:
            name = organization.strip()
            organization_id = work.directory.organization_named(name) or work.directory.add_organization(name)
            service_id = work.directory.add_service(organization_id, service)
            work.commit()
        return service_id

    @verb(Right.CHANGE_DIRECTORY)
    def correct(self, *, service_id: UUID, service: NewService, version: int) -> Change:
        """Write what is right now; raises what `check` raises, or StaleRecord."""
        check(service)
        with self._context.write("directory.correct") as work:
            work.directory.change_service(service_id, service, version=version)
            work.commit()
        return _change(service_id)

    @verb(Right.CHANGE_DIRECTORY)
    def confirm(self, *, service_id: UUID, version: int) -> Change:
        """Write that the facts were checked today; raises StaleRecord."""
        with self._context.write("directory.confirm") as work:
            by = self._context.actor.name
            work.directory.confirm(service_id, on=self._context.today(), by=by, version=version)
            work.commit()
        return _change(service_id)

    @verb(Right.CHANGE_DIRECTORY)
    def set_capacity(self, *, service_id: UUID, available: int, said_by: str, version: int) -> Change:
        """Write how many places are free today and who said so; raises CapacityOutOfRange or StaleRecord."""
        check_capacity(available)
        with self._context.write("directory.capacity") as work:
            today = self._context.today()
            work.directory.set_capacity(service_id, available, on=today, said_by=said_by, version=version)
            work.commit()
        return _change(service_id)

    def _up_to_date(self, work: UnitOfWork) -> Finder:
        """The directory in memory, with what any desk changed since laid over it."""
        edition, known = work.directory.edition(), self._edition
        if self._finder is not None and edition == known:
            return self._finder
        with memory.uncollected():
            fresh = self._laid_over(work, edition) or Finder(work.directory.outlines())
        self._finder, self._edition = fresh, edition
        return fresh

    def _laid_over(self, work: UnitOfWork, edition: Edition) -> Finder | None:
        """None where a service went away, or so much changed that all is read again."""
        since = self._edition.changed_at
        if self._finder is None or since is None or edition.services < self._edition.services:
            return None
        changed = work.directory.changed_since(since)
        if len(changed) > len(self._finder) // 2:
            return None
        self._finder.lay_over(changed)
        return self._finder


def _change(service_id: UUID) -> Change:
    return Change(frozenset({Kind.DIRECTORY}), record_id=service_id)
