"""What can be done with people: find, open, add, change, link, and take back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from caseapp.domain.access import Right, has_right
from caseapp.domain.call_filters import Written
from caseapp.domain.calls_over_time import CallsOverTime, calls_over_time
from caseapp.domain.cases import Case, veil_case
from caseapp.domain.changes import Change, Kind
from caseapp.domain.consents import Consent
from caseapp.domain.follow_ups import FollowUp, soonest
from caseapp.domain.matching.intake import AT_MOST
from caseapp.domain.matching.traits import Candidate, Traits
from caseapp.domain.one_person import Link, OnePerson
from caseapp.domain.people import Alert, Person, PersonDetails, PersonKind, check, unveil_relations
from caseapp.domain.referrals import Referral
from caseapp.domain.relations import check_relations
from caseapp.domain.repeat import RepeatContact, repeat_contact
from caseapp.domain.timeline import TimelineEntry
from caseapp.services.assessments import as_entries, assessments_of
from caseapp.services.context import Context, Service, verb
from caseapp.services.groups import as_listed, each_once, open_group, open_groups
from caseapp.services.notes import BEYOND, WITHHELD
from caseapp.services.offered import NOBODY, offered
from caseapp.services.repeat import calls_of
from caseapp.services.weights import Weights
from caseapp.store.encounters import Sighting
from caseapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Apart:
    """Somebody who was judged not to be this person: `link` says by whom, when and on what."""

    link: Link
    person_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Everything the person's screen shows, read in one transaction.

    `person` is the record that was asked for, `whole` all that is linked with it as the one person it is.
    """

    person: Person
    whole: OnePerson
    links: tuple[Link, ...]
    timeline: tuple[TimelineEntry, ...]
    cases: tuple[Case, ...]
    referrals: tuple[Referral, ...]
    consents: tuple[Consent, ...]
    follow_ups: tuple[FollowUp, ...]
    calls: RepeatContact
    over_time: CallsOverTime
    alerts: tuple[Alert, ...]
    apart: tuple[Apart, ...] = ()
    close: Mapping[UUID, str] = field(default_factory=dict)
    """Those close to the person who have a record that may be opened, as they are called there."""

    @property
    def linked(self) -> tuple[Person, ...]:
        """The other records of the person."""
        return tuple(one for one in self.whole.members if one.id != self.person.id)

    @property
    def open_case(self) -> Case | None:
        return next((case for case in self.cases if case.closed_on is None), None)

    @property
    def next_step(self) -> FollowUp | None:
        return self.follow_ups[0] if self.follow_ups else None


@dataclass(frozen=True, slots=True)
class UnknownSeen:
    """A person without a name: what is known, where and how often they were seen on calls.

    `last_at` is when somebody met or spoke to them last, on a call or a contact.
    """

    id: UUID
    name: str
    looks: str
    places: tuple[str, ...]
    calls: int
    last_at: datetime | None


class PeopleService(Service):
    """People and the links between their records."""

    def __init__(self, context: Context, weights: Weights) -> None:
        super().__init__(context)
        self._weights = weights

    @verb(Right.SEE_PEOPLE)
    def recent(self, *, limit: int = 100) -> list[Person]:
        """People changed last, each once, sealed ones left out for those who may not open them."""
        with self._context.read("person.recent") as work:
            ids = work.people.recent_ids(limit=limit)
            found = each_once(self._context, work, ids, lambda one: one)
            return [as_listed(whole) for _id, whole in found]

    @verb(Right.SEE_PEOPLE)
    def many(self, *, person_ids: tuple[UUID, ...]) -> list[Person]:
        """People by id in the order asked for, each with what all its records say; sealed ones left out."""
        with self._context.read("person.many") as work:
            found = open_groups(self._context, work, person_ids)
            return [replace(as_listed(found[one]), id=one) for one in person_ids if one in found]

    @verb(Right.SEE_PEOPLE)
    def open(self, *, person_id: UUID) -> PersonRecord:
        """The whole record; the opening is journaled. Raises NoSuchRecord or Sealed."""
        with self._context.write("person.open") as work:
            self._context.open_person(work, person_id, verb="person.open")
            record = self._record(work, person_id)
            work.note("opened", subjects=tuple(one.id for one in record.whole.members))
            work.commit()
        return record

    @verb(Right.SEE_PEOPLE)
    def unknown(self, *, places: tuple[Written, ...] = ()) -> list[UnknownSeen]:
        """People whom nobody identified yet, last seen first; of some places of calls, or of all."""
        with self._context.read("person.unknown") as work:
            return unknown_seen(self._context, work, places)

    @verb(Right.SEE_PEOPLE)
    def candidates(
        self, *, traits: Traits, besides: UUID | None = None, at_most: int = AT_MOST
    ) -> list[Candidate]:
        """A few people these traits may be, likeliest first, each with its reasons; often none.

        Who asks for more than `AT_MOST` is shown who comes nearest, likely or not.
        """
        with self._context.read("person.candidates") as work:
            but = work.links.group(besides) if besides else NOBODY
            return offered(self._context, work, traits, self._weights, at_most=at_most, besides=but)

    @verb(Right.CHANGE_PEOPLE)
    def add(self, *, details: PersonDetails) -> UUID:
        """Write a new person; raises NameMissing, DescriptionMissing or BornInFuture."""
        check(details, today=self._context.today())
        with self._context.write("person.add") as work:
            person_id = add_person(work, details, maker=self._context.actor.staff_id)
            work.commit()
        return person_id

    @verb(Right.CHANGE_PEOPLE)
    def change(self, *, person_id: UUID, details: PersonDetails, version: int) -> Change:
        """Write what the form says; raises StaleRecord when somebody else saved first, or RelatedToSelf."""
        check(details, today=self._context.today())
        with self._context.write("person.change") as work:
            self._context.open_person(work, person_id, verb="person.change")
            self._change(work, person_id, details, version)
            work.commit()
        return Change(frozenset({Kind.PERSON}), person_id=person_id)

    def _change(self, work: UnitOfWork, person_id: UUID, details: PersonDetails, version: int) -> None:
        """Write the form; whoever seals a record is named on it, so that it is not shut on its keeper."""
        stored = work.people.get(person_id).details
        near = {one.other_person_id for one in stored.relations}
        new = [one for one in details.relations if one.other_person_id not in near]
        check_relations(new, work.links.group(person_id))
        closed = self._context.closed(work, near)
        work.people.change(person_id, unveil_relations(details, stored, closed), version=version)
        if details.is_restricted and not stored.is_restricted:
            work.people.grant(person_id, self._context.actor.staff_id, reason="sealed the record")

    def _record(self, work: UnitOfWork, person_id: UUID) -> PersonRecord:
        whole = open_group(self._context, work, person_id)
        order = [one.id for one in whole.members]
        planned = [one for each in order for one in work.follow_ups.planned(person_id=each)]
        received = calls_of(self._context, work, [person_id])[person_id]
        now, zone, cases = self._context.now(), self._context.zone, self._cases(work, order)
        opened_on = next((case.opened_on for case in cases if case.closed_on is None), None)
        return PersonRecord(
            person=next(one for one in whole.members if one.id == person_id),
            whole=whole,
            links=self._links(work, order),
            timeline=timeline_of(self._context, work, order),
            cases=cases,
            referrals=tuple(one for each in order for one in work.referrals.of_person(each)),
            consents=tuple(one for each in order for one in work.consents.of_person(each)),
            follow_ups=tuple(sorted(planned, key=soonest)),
            calls=repeat_contact(received, now=now, zone=zone),
            over_time=calls_over_time(received, now=now, zone=zone, opened_on=opened_on),
            alerts=whole.details.alerts_on(self._context.today()),
            apart=self._apart(work, order),
            close=self._close(work, whole),
        )

    def _close(self, work: UnitOfWork, whole: OnePerson) -> dict[UUID, str]:
        near = (one.other_person_id for one in whole.details.relations)
        found = open_groups(self._context, work, {one for one in near if one is not None})
        return {one: other.display_name for one, other in found.items()}

    def _links(self, work: UnitOfWork, order: list[UUID]) -> tuple[Link, ...]:
        found = work.links.of_group(frozenset(order)) if len(order) > 1 else []
        return tuple(one for one in found if one.right_id in order)

    def _apart(self, work: UnitOfWork, order: list[UUID]) -> tuple[Apart, ...]:
        """Judgements against others, without those on people whom the actor may not open."""
        of = {one.right_id if one.left_id in order else one.left_id: one for one in work.links.apart(order)}
        whole = open_groups(self._context, work, of)
        return tuple(
            Apart(link, other, whole[other].display_name) for other, link in of.items() if other in whole
        )

    def _cases(self, work: UnitOfWork, order: list[UUID]) -> tuple[Case, ...]:
        cases = [case for one in order for case in work.cases.of_person(one)]
        beyond = self._context.beyond(work, (one.id for one in cases))
        return tuple(veil_case(one) if one.id in beyond else one for one in cases)


def timeline_of(context: Context, work: UnitOfWork, people: Sequence[UUID]) -> tuple[TimelineEntry, ...]:
    """Everything about these records, newest first, without the words that the actor may not read."""
    entries = work.timeline.of_people(people)
    closed = context.closed(work, (one for entry in entries for one in entry.with_people))
    beyond = context.beyond(work, (entry.case_id for entry in entries))
    asked = as_entries(assessments_of(context, work, people))
    told = [_veiled(context, entry, closed, beyond) for entry in entries]
    return tuple(sorted((*told, *asked), key=lambda entry: entry.at, reverse=True))


def _veiled(
    context: Context, entry: TimelineEntry, closed: frozenset[UUID], beyond: frozenset[UUID]
) -> TimelineEntry:
    """Keep that something was written, but not its words, where the actor may not read them."""
    if closed.intersection(entry.with_people):
        return replace(entry, text="Withheld: also about a restricted person.")
    if entry.is_clinical and not has_right(context.actor.role, Right.SEE_CLINICAL):
        return replace(entry, text=WITHHELD)
    if entry.case_id in beyond and entry.by_id != context.actor.staff_id:
        return replace(entry, text=BEYOND)
    return entry


def unknown_seen(context: Context, work: UnitOfWork, places: tuple[Written, ...]) -> list[UnknownSeen]:
    """The unknown persons of some places, or of all, each once; who is linked to a known one has a name."""
    seen: dict[UUID, list[Sighting]] = {}
    for one in work.encounters.sightings_of_unknown(places):
        seen.setdefault(one.person_id, []).append(one)
    ids = list(seen) if places else work.people.unknown_ids()
    wholes = [whole for _id, whole in each_once(context, work, ids, lambda one: one)]
    unknown = [whole for whole in wholes if whole.details.kind is PersonKind.UNKNOWN]
    contacts = work.contacts.last({member.id for whole in unknown for member in whole.members})
    found = []
    for whole in unknown:
        mine = [sight for member in whole.members for sight in seen.get(member.id, ())]
        spoken = [contacts[member.id] for member in whole.members if member.id in contacts]
        found.append(_unknown(whole, mine, spoken))
    return sorted(found, key=lambda one: one.last_at.timestamp() if one.last_at else 0.0, reverse=True)


def _unknown(whole: OnePerson, sightings: list[Sighting], spoken: list[datetime]) -> UnknownSeen:
    newest_first = sorted(sightings, key=lambda one: one.at, reverse=True)
    looks = whole.details.description if whole.details.description != whole.display_name else ""
    return UnknownSeen(
        id=whole.id,
        name=whole.display_name,
        looks=looks,
        places=tuple(dict.fromkeys(one.place for one in newest_first if one.place)),
        calls=len({one.call_id for one in sightings}),
        last_at=max((*spoken, *(one.at for one in newest_first)), default=None),
    )


def add_person(work: UnitOfWork, details: PersonDetails, *, maker: UUID) -> UUID:
    """Write a new person; a sealed one is open to whoever made it."""
    person_id = work.people.add(details)
    if details.is_restricted:
        work.people.grant(person_id, maker, reason="made the record")
    return person_id
