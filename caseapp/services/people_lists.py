"""Lists of people brought in: looked at first, then all of it or none, and nobody merged by a guess.

A row means somebody stored only by a number, the list's own or another system's; a row without one only
by saying nothing new of somebody whom an earlier list brought. Everybody else is a new record, and those
who look like somebody stored are counted for the review.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.imports import ImportStopped, ImportSummary, TouchedSince, Undone
from caseapp.domain.people import Identifier, Person, PersonDetails, display_name
from caseapp.domain.people_lists import ListedPerson, PeopleReading, details_of, identity_of
from caseapp.domain.people_updates import bits_for, is_told_by, updated
from caseapp.exchange import people_sheet
from caseapp.exchange import sheet as sheets
from caseapp.services import look_known
from caseapp.services.context import Context, Service, verb
from caseapp.services.stages import Progress, in_stages, no_progress
from caseapp.store.people_lists import Saying
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import paths

KIND = "people"
STEP = 2000
_LAYOUT = "list of people"
_NOTHING = PersonDetails()
_SHARES = 0.3, 0.7
"""How much of the time it takes to sort the rows, and to look who of them may be known."""


@dataclass(slots=True)
class _Plan:
    """What the reading means for the database as it is now."""

    new: list[PersonDetails] = field(default_factory=list)
    changed: list[tuple[Person, PersonDetails, PersonDetails]] = field(default_factory=list)
    """Each with the record that comes of it and what the list says."""
    same: int = 0
    look_known: int = 0


class PeopleListService(Service):
    """Imports of lists of people."""

    @verb(Right.IMPORT)
    def read(self, *, data: bytes, name: str, progress: Progress = no_progress) -> PeopleReading:
        """Read a list without touching the database.

        Raises what reading it raises, NotPeople, or ImportStopped when progress says stop.
        """
        columns = paths.resource("recogniser", "people-columns.toml")
        sheet = sheets.read(data, name)

        def look(rows: int) -> None:
            if not progress("Reading", rows, len(sheet.rows)):
                raise ImportStopped()

        return people_sheet.read(sheet, columns_file=columns, today=self._context.today(), look=look)

    @verb(Right.IMPORT)
    def rejects(self, *, reading: PeopleReading) -> bytes:
        """The rejected rows as a file to mend and import again."""
        return people_sheet.write_rejects(reading)

    @verb(Right.IMPORT)
    def preview(self, *, reading: PeopleReading, progress: Progress = no_progress) -> ImportSummary:
        """The dry run: true counts of new, changed and same, with nothing written."""
        with self._context.read("import.preview") as work:
            return _summary(reading, _Planner(self._context, work, progress).plan(reading))

    @verb(Right.IMPORT)
    def bring_in(
        self, *, reading: PeopleReading, name: str, data: bytes, progress: Progress = no_progress
    ) -> ImportSummary:
        """Write the whole list in one transaction; raises ImportStopped when progress says stop."""
        with self._context.write("import.people") as work:
            plan = _Planner(self._context, work, progress).plan(reading)
            summary = _summary(reading, plan)
            if not (plan.new or plan.changed):
                return summary
            batch_id = work.imports.add_batch(KIND, name, hashlib.sha256(data).hexdigest(), summary)
            _write(work, plan, batch_id, self._context.actor.staff_id, progress)
            work.imports.add_rejects(batch_id, reading.problems)
            work.about(batch_id)
            counts = {"new": summary.new, "changed": summary.changed, "rejected": summary.rows_rejected}
            work.commit(summary={"import": counts})
        return replace(summary, batch=batch_id)


def undo(work: UnitOfWork, batch_id: UUID, watch: Callable[[int], None]) -> Undone:
    """Take a batch of people back; raises TouchedSince where not one can be, or what `watch` raises."""
    back = work.people_lists.undo(batch_id)
    watch(0)
    if back.stayed and not (back.removed or back.put_back):
        raise TouchedSince(count=back.stayed)
    work.note_people()
    work.about(batch_id, *back.removed)
    records = {"removed": len(back.removed), "put_back": len(back.put_back), "stayed": back.stayed}
    work.commit(summary={"records": records})
    change = Change(frozenset({Kind.PERSON, Kind.IMPORT}), record_id=batch_id)
    return Undone(change, len(back.removed), len(back.put_back), back.stayed)


class _Planner:
    """Sorts the rows into new, changed and same, some thousand at a time."""

    def __init__(self, context: Context, work: UnitOfWork, progress: Progress) -> None:
        self._context = context
        self._work = work
        self._progress = progress
        self._taken: set[UUID] = set()
        self._plan = _Plan()

    def plan(self, reading: PeopleReading) -> _Plan:
        people = reading.people
        if self._work.known.is_empty():
            self._plan.new = list(map(details_of, people))
            return self._plan
        sorting, looking = in_stages(self._progress, *_SHARES)
        for start in range(0, len(people), STEP):
            if not sorting("Comparing people", start, len(people)):
                raise ImportStopped()
            some = people[start : start + STEP]
            self._numbered([one for one in some if identity_of(one)])
            self._unnumbered([one for one in some if not identity_of(one)])

        def look(rows: int) -> None:
            if not looking("Looking for people already known", rows, len(self._plan.new)):
                raise ImportStopped()

        self._plan.look_known = look_known.count(self._work, self._plan.new, look)
        return self._plan

    def _numbered(self, rows: list[ListedPerson]) -> None:
        lists = self._work.people_lists
        numbers: dict[int, Identifier] = {one.row: number for one in rows if (number := identity_of(one))}
        holders = lists.holders(numbers.values())
        ids = {person_id for found in holders.values() for person_id in found}
        stored, said = self._stored(ids), lists.said(ids)
        for row in rows:
            now = details_of(row)
            fits = [stored[one] for one in holders.get(numbers[row.row], ()) if one in stored]
            person = self._meant(now, fits, said)
            if person is None:
                self._plan.new.append(now)
                continue
            self._taken.add(person.id)
            after = updated(person.details, said.get(person.id, _NOTHING), now)
            if after == person.details or not self._may_change(person):
                self._plan.same += 1
            else:
                self._plan.changed.append((person, after, now))

    def _meant(
        self, now: PersonDetails, fits: list[Person], said: dict[UUID, PersonDetails]
    ) -> Person | None:
        """Who of those with the row's number it means; a number that meets by chance means nobody."""
        free = [one for one in fits if one.id not in self._taken]
        told = next((one for one in free if said.get(one.id) == now), None)
        if told or not free:
            return told
        weighed = [(max(bits_for(now, one) for one in _sides(each, said)), each) for each in free]
        bits, best = max(weighed, key=lambda pair: pair[0])
        return best if bits >= 0 else None

    def _unnumbered(self, rows: list[ListedPerson]) -> None:
        now = [details_of(one) for one in rows]
        holders = self._work.people_lists.brought_by_name(map(display_name, now))
        stored = self._stored(person_id for found in holders.values() for person_id in found)
        free = {
            name: [stored[one] for one in found if one in stored and one not in self._taken]
            for name, found in holders.items()
        }
        for one in now:
            known = free.get(display_name(one), [])
            place = next((n for n, person in enumerate(known) if is_told_by(person.details, one)), None)
            if place is None:
                self._plan.new.append(one)
            else:
                self._taken.add(known.pop(place).id)
                self._plan.same += 1

    def _stored(self, person_ids: Iterator[UUID] | set[UUID]) -> dict[UUID, Person]:
        ids = list(person_ids)
        found: dict[UUID, Person] = {}
        for start in range(0, len(ids), STEP):
            found.update(self._work.people.many(ids[start : start + STEP]))
        return found

    def _may_change(self, person: Person) -> bool:
        """A list does not reach behind a seal."""
        return not person.details.is_restricted or self._context.may_open(self._work, person.id)


def _sides(person: Person, said: dict[UUID, PersonDetails]) -> list[PersonDetails]:
    """The record, and what the list said of it last: either may be what the row agrees with."""
    return [person.details, *([said[person.id]] if person.id in said else [])]


def _summary(reading: PeopleReading, plan: _Plan) -> ImportSummary:
    return ImportSummary(
        rows=reading.rows,
        new=len(plan.new),
        changed=len(plan.changed),
        same=plan.same,
        responses_new=0,
        rows_rejected=len(reading.problems),
        rows_skipped=reading.skipped,
        warnings=reading.warnings,
        layout=_LAYOUT,
        how_read=reading.how_read,
        look_known=plan.look_known,
    )


def _write(work: UnitOfWork, plan: _Plan, batch_id: UUID, actor: UUID, progress: Progress) -> None:
    total = len(plan.new) + len(plan.changed)
    for start in range(0, len(plan.new), STEP):
        if not progress("Writing people", start, total):
            raise ImportStopped()
        some = plan.new[start : start + STEP]
        written = work.people_in_bulk.add(some, staff_id=actor, batch_id=batch_id)
        said = [Saying(person_id, one) for (person_id, _rows), one in zip(written, some, strict=True)]
        work.people_lists.remember(batch_id, said)
        work.note_people(written)
    for start in range(0, len(plan.changed), STEP):
        if not progress("Updating people", len(plan.new) + start, total):
            raise ImportStopped()
        changed = plan.changed[start : start + STEP]
        work.people_in_bulk.change([(person.id, after) for person, after, _now in changed])
        work.people_lists.remember(
            batch_id, [Saying(p.id, now, p.version + 1, p.details) for p, _after, now in changed]
        )
        work.note_people()
