"""Writes a directory that was planned, and puts back what a batch changed."""

from collections.abc import Sequence
from dataclasses import fields, replace
from uuid import UUID

from caseapp.domain.directory import NewService
from caseapp.domain.directory import Service as DirectoryEntry
from caseapp.domain.directory_entries import ROOTS, Entry, Said, made_id
from caseapp.domain.directory_facts import Find, organization_facts, place_facts, service_facts
from caseapp.domain.imports import ImportStopped
from caseapp.services.directory_plan import Plan, finder, wanted
from caseapp.services.stages import Progress
from caseapp.store.directory_in_bulk import IncomingService, NewPlace
from caseapp.store.directory_kept import Stored
from caseapp.store.unit_of_work import UnitOfWork

STEP = 500


class Writer:
    """Writes a plan: organizations and places before the services that lean on them."""

    def __init__(
        self, work: UnitOfWork, plan: Plan, batch_id: UUID, staff_id: UUID, progress: Progress
    ) -> None:
        self._work, self._plan, self._batch_id = work, plan, batch_id
        self._staff_id, self._progress = staff_id, progress
        self._store = work.directory_in_bulk
        self._records = {key: one.record_id for key, one in plan.stored.items() if one.record_id}
        self._records |= {key: UUID(key[1]) for key in plan.own}
        self._now = {(one.table, one.id): one for one in plan.new}
        for stored, said in plan.changed:
            self._now[stored.table, stored.key] = replace(stored.entry, said=said)

    def write(self) -> None:
        """Everything, in steps that can be stopped between."""
        self._name_the_unnamed()
        new = {table: [one for one in self._plan.new if one.table == table] for table in ROOTS}
        self._write_organizations(new["organization"])
        self._write_places(new["location"])
        self._change_roots()
        self._write_services(new["service"])
        self._change_services()
        self._keep([one for one in self._plan.new if one.table not in ROOTS])
        if self._plan.changed:
            self._work.directory_entries.newest_change()

    def _find(self, table: str, one: str) -> Entry | None:
        key = (table, one)
        found = self._now.get(key)
        if found is None and (stored := self._plan.stored.get(key)):
            return stored.entry
        return found

    def _find_before(self, table: str, one: str) -> Entry | None:
        stored = self._plan.stored.get((table, one))
        return stored.entry if stored else self._now.get((table, one))

    def _name_the_unnamed(self) -> None:
        """An organization that services point to and nobody tells still stands, so that they can."""
        for entry in [one for one in self._plan.new if one.table == "service"]:
            organization = self._organization_of(entry)
            if ("organization", organization) in self._records or ("organization", organization) in self._now:
                continue
            made = Entry(
                "organization",
                organization,
                organization,
                {"organization": {organization: {"id": organization}}},
            )
            self._plan.new.insert(0, made)
            self._now["organization", organization] = made

    def _organization_of(self, entry: Entry) -> str:
        return entry.row.get("organization_id") or made_id(self._plan.source, "organization", "")

    def _write_organizations(self, new: Sequence[Entry]) -> None:
        ids = list(self._store.room_for(len(new)))
        self._records |= {(one.table, one.id): made for one, made in zip(new, ids, strict=True)}
        rows = [(made, organization_facts(one), one.source_id) for one, made in zip(new, ids, strict=True)]
        self._store.add_organizations(rows, source=self._plan.source, staff_id=self._staff_id)
        self._keep(new)

    def _write_places(self, new: Sequence[Entry]) -> None:
        ids = list(self._store.room_for(len(new)))
        self._records |= {(one.table, one.id): made for one, made in zip(new, ids, strict=True)}
        places = [
            NewPlace(
                made,
                self._records.get(("organization", one.row.get("organization_id", ""))),
                place_facts(one),
            )
            for one, made in zip(new, ids, strict=True)
        ]
        self._store.add_places(places, staff_id=self._staff_id)
        self._keep(new)

    def _write_services(self, new: Sequence[Entry]) -> None:
        for start in range(0, len(new), STEP):
            self._report("Writing services", start, len(new))
            some = new[start : start + STEP]
            ids = list(self._store.room_for(len(some)))
            self._records |= {(one.table, one.id): made for one, made in zip(some, ids, strict=True)}
            made = [self._incoming(one, service_facts(one, self._find)) for one in some]
            self._store.add_services(made, source=self._plan.source, staff_id=self._staff_id)
            self._keep(some)

    def _keep(self, entries: Sequence[Entry]) -> None:
        """Keep what was said of entries, each with our record of it."""
        kept = [(one, self._records.get((one.table, one.id))) for one in entries]
        self._store.keep(kept, source=self._plan.source, batch_id=self._batch_id)

    def _incoming(self, entry: Entry, facts: NewService) -> IncomingService:
        places = (
            self._records.get(("location", row.get("location_id", "")))
            for row in entry.rows("service_at_location")
        )
        return IncomingService(
            id=self._records["service", entry.id],
            organization_id=self._records["organization", self._organization_of(entry)],
            facts=facts,
            places=tuple(one for one in places if one),
            source_id=entry.source_id,
        )

    def _change_roots(self) -> None:
        for stored, said in self._plan.changed:
            entry = replace(stored.entry, said=said)
            if stored.record_id and entry.table == "organization":
                self._store.change_organization(
                    stored.record_id, organization_facts(entry), staff_id=self._staff_id
                )
            elif stored.record_id and entry.table == "location":
                self._store.change_place(stored.record_id, place_facts(entry), staff_id=self._staff_id)

    def _change_services(self) -> None:
        total = len(self._plan.changed)
        for start in range(0, total, STEP):
            self._report("Updating services", start, total)
            some = self._plan.changed[start : start + STEP]
            self._store.change_services(self._with_news(some), staff_id=self._staff_id)
            self._store.keep_changes(some, batch_id=self._batch_id)

    def _with_news(self, changed: Sequence[tuple[Stored, Said]]) -> list[IncomingService]:
        """What these services are from now on, those among them that are services."""
        known = {stored.record_id: (stored, said) for stored, said in changed if stored.table == "service"}
        made = []
        for stands in self._work.directory.many(filter(None, known)):
            stored, said = known[stands.id]
            entry = replace(stored.entry, said=said)
            before = service_facts(stored.entry, self._find_before)
            facts = with_news(stands, before, service_facts(entry, self._find))
            self._records.setdefault(("organization", self._organization_of(entry)), stands.organization_id)
            made.append(self._incoming(entry, facts))
        return made

    def _report(self, words: str, done: int, total: int) -> None:
        if not self._progress(words, done, total):
            raise ImportStopped()


def with_news(stands: DirectoryEntry, before: NewService, after: NewService) -> NewService:
    """What stands, but for the facts of which the source says something else than it did."""
    facts = {
        one.name: getattr(
            after if getattr(before, one.name) != getattr(after, one.name) else stands, one.name
        )
        for one in fields(NewService)
        if one.name != "hours"
    }
    return NewService(**facts)


def put_back(work: UnitOfWork, changes: Sequence[tuple[Stored, Said, int]], staff_id: UUID) -> None:
    """Let records and entries say again what they said before a batch."""
    pairs = [(stored, replace(stored.entry, said=said)) for stored, said, _version in changes]
    before = {(entry.table, entry.id): entry for _stored, entry in pairs}
    find = finder(work, [one for stored, entry in pairs for one in (stored.entry, entry)])
    for stored, entry in pairs:
        if stored.record_id and entry.table == "organization":
            work.directory_in_bulk.change_organization(
                stored.record_id, organization_facts(entry), staff_id=staff_id
            )
        elif stored.record_id and entry.table == "location":
            work.directory_in_bulk.change_place(stored.record_id, place_facts(entry), staff_id=staff_id)
    services = [pair for pair in pairs if pair[0].table == "service"]
    for start in range(0, len(services), STEP):
        some = services[start : start + STEP]
        incoming = _as_before(
            work, some, find, lambda table, one: before.get((table, one)) or find(table, one)
        )
        work.directory_in_bulk.change_services(incoming, staff_id=staff_id)
    work.directory_in_bulk.put_back([(stored, said) for stored, said, _version in changes])


def _as_before(
    work: UnitOfWork, services: Sequence[tuple[Stored, Entry]], find: Find, find_before: Find
) -> list[IncomingService]:
    """What these services were, but for what was found out here since."""
    known = {stored.record_id: (stored, entry) for stored, entry in services}
    records = work.directory_entries.by_ids(wanted([entry for _stored, entry in services]))
    made = []
    for stands in work.directory.many(filter(None, known)):
        stored, entry = known[stands.id]
        facts = with_news(stands, service_facts(stored.entry, find), service_facts(entry, find_before))
        rows = (row.get("location_id", "") for row in entry.rows("service_at_location"))
        places = (records[key].record_id for one in rows if (key := ("location", one)) in records)
        organization = records.get(("organization", entry.row.get("organization_id", "")))
        made.append(
            IncomingService(
                stands.id,
                (organization.record_id if organization else None) or stands.organization_id,
                facts,
                tuple(one for one in places if one),
                entry.source_id,
            )
        )
    return made
