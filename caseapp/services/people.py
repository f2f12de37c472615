"""What can be done with people: find, open, add, change, link, and take back."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from caseapp.domain.access import Right, has_right
from caseapp.domain.cases import Case
from caseapp.domain.changes import Change, Kind
from caseapp.domain.consents import Consent
from caseapp.domain.errors import CaseAppError
from caseapp.domain.follow_ups import FollowUp
from caseapp.domain.matching.intake import Ranked, rank
from caseapp.domain.matching.traits import Candidate, Traits, profile_of
from caseapp.domain.people import (
    Alert,
    LinkKind,
    Person,
    PersonDetails,
    age_words,
    check,
    unveil_relations,
    veil_relations,
)
from caseapp.domain.referrals import Referral
from caseapp.domain.repeat import RepeatContact, repeat_contact
from caseapp.domain.timeline import TimelineEntry
from caseapp.services.context import Context, Service, verb
from caseapp.services.recognition import Weights
from caseapp.store.unit_of_work import UnitOfWork


class SameRecord(CaseAppError):
    """A record cannot be linked with itself."""

    code = "link.same-record"


class JudgedDifferent(CaseAppError):
    """Somebody judged two people of these groups not to be the same; that is undone first."""

    code = "link.judged-different"


class LinkedAlready(CaseAppError):
    """Links make one person of the two; they are taken back first."""

    code = "link.linked-already"


class NotLinked(CaseAppError):
    code = "link.not-linked"


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """Everything the person's screen shows, read in one transaction."""

    person: Person
    linked: tuple[Person, ...]
    timeline: tuple[TimelineEntry, ...]
    cases: tuple[Case, ...]
    referrals: tuple[Referral, ...]
    consents: tuple[Consent, ...]
    follow_ups: tuple[FollowUp, ...]
    calls: RepeatContact
    alerts: tuple[Alert, ...]

    @property
    def open_case(self) -> Case | None:
        return next((case for case in self.cases if case.closed_on is None), None)

    @property
    def next_step(self) -> FollowUp | None:
        return self.follow_ups[0] if self.follow_ups else None


class PeopleService(Service):
    """People and the links between their records."""

    def __init__(self, context: Context, weights: Weights) -> None:
        super().__init__(context)
        self._weights = weights

    @verb(Right.SEE_PEOPLE)
    def recent(self, *, limit: int = 100) -> list[Person]:
        """People changed last, sealed ones left out for those who may not open them."""
        with self._context.read("person.recent") as work:
            return self._shown(work, work.people.recent(limit=limit))

    @verb(Right.SEE_PEOPLE)
    def many(self, *, person_ids: tuple[UUID, ...]) -> list[Person]:
        """People by id in the order asked for, sealed ones left out."""
        with self._context.read("person.many") as work:
            found = work.people.many(person_ids)
            return self._shown(work, [found[one] for one in person_ids if one in found])

    @verb(Right.SEE_PEOPLE)
    def open(self, *, person_id: UUID) -> PersonRecord:
        """The whole record; the opening is journaled. Raises NoSuchRecord or Sealed."""
        with self._context.write("person.open") as work:
            self._context.open_person(work, person_id, verb="person.open")
            record = self._record(work, person_id)
            work.note("opened", subjects=(person_id,))
            work.commit()
        return record

    @verb(Right.SEE_PEOPLE)
    def candidates(self, *, traits: Traits, besides: UUID | None = None) -> list[Candidate]:
        """At most five people these traits may be, likeliest first, each with its reasons; often none."""
        with self._context.read("person.candidates") as work:
            return self._candidates(work, traits, besides)

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
        """Write what the form says; raises StaleRecord when somebody else saved first."""
        check(details, today=self._context.today())
        with self._context.write("person.change") as work:
            self._context.open_person(work, person_id, verb="person.change")
            self._change(work, person_id, details, version)
            work.commit()
        return Change(frozenset({Kind.PERSON}), person_id=person_id)

    @verb(Right.LINK_PEOPLE)
    def link(self, *, left_id: UUID, right_id: UUID, reason: str, evidence: tuple[str, ...] = ()) -> Change:
        """Make two records one on the screen; raises SameRecord or JudgedDifferent."""
        if left_id == right_id:
            raise SameRecord()
        with self._context.write("person.link") as work:
            self._open_both(work, left_id, right_id, verb="person.link")
            left, right = work.links.group(left_id), work.links.group(right_id)
            if work.links.are_different(left, right):
                raise JudgedDifferent()
            if right_id not in left:
                work.links.add(left_id, right_id, kind=LinkKind.SAME, reason=reason, evidence=list(evidence))
            work.reviews.settle(left, right)
            work.about(left_id, right_id)
            work.commit(reason=reason)
        return Change(frozenset({Kind.PERSON}), person_id=left_id)

    @verb(Right.LINK_PEOPLE)
    def judge_different(
        self, *, left_id: UUID, right_id: UUID, reason: str, evidence: tuple[str, ...] = ()
    ) -> Change:
        """Remember that two records are not one person; every later match respects it.

        Raises SameRecord, or LinkedAlready when links make one person of them.
        """
        if left_id == right_id:
            raise SameRecord()
        with self._context.write("person.judge-different") as work:
            self._open_both(work, left_id, right_id, verb="person.judge-different")
            if right_id in work.links.group(left_id):
                raise LinkedAlready()
            kind = LinkKind.DIFFERENT
            if work.links.standing_between(left_id, right_id) is None:
                work.links.add(left_id, right_id, kind=kind, reason=reason, evidence=list(evidence))
            work.reviews.settle((left_id,), (right_id,))
            work.about(left_id, right_id)
            work.commit(reason=reason)
        return Change(frozenset({Kind.PERSON}), person_id=left_id)

    @verb(Right.LINK_PEOPLE)
    def unlink(self, *, left_id: UUID, right_id: UUID) -> Change:
        """Take back the judgement on two records; both are again as they were. Raises NotLinked."""
        with self._context.write("person.unlink") as work:
            self._open_both(work, left_id, right_id, verb="person.unlink")
            row = work.links.standing_between(left_id, right_id)
            if row is None:
                raise NotLinked()
            work.links.undo(row, staff_id=self._context.actor.staff_id)
            work.about(left_id, right_id)
            work.commit()
        return Change(frozenset({Kind.PERSON}), person_id=left_id)

    def _shown(self, work: UnitOfWork, people: list[Person]) -> list[Person]:
        """People for a list: sealed ones left out, and relatives who are sealed without their names."""
        people = self._context.only_open(work, people, lambda one: one.id)
        closed = self._context.closed(
            work, (near.other_person_id for one in people for near in one.details.relations)
        )
        return [veil_relations(one, closed) for one in people]

    def _change(self, work: UnitOfWork, person_id: UUID, details: PersonDetails, version: int) -> None:
        """Write the form; whoever seals a record is named on it, so that it is not shut on its keeper."""
        stored = work.people.get(person_id).details
        closed = self._context.closed(work, (one.other_person_id for one in stored.relations))
        work.people.change(person_id, unveil_relations(details, stored, closed), version=version)
        if details.is_restricted and not stored.is_restricted:
            work.people.grant(person_id, self._context.actor.staff_id, reason="sealed the record")

    def _open_both(self, work: UnitOfWork, left_id: UUID, right_id: UUID, *, verb: str) -> None:
        for person_id in (left_id, right_id):
            self._context.open_person(work, person_id, verb=verb)

    def _record(self, work: UnitOfWork, person_id: UUID) -> PersonRecord:
        linked = work.people.many(work.links.group(person_id))
        people = {one.id: one for one in self._shown(work, list(linked.values()))}
        group = frozenset(people)
        order = sorted(group)
        times = work.calls.received_times(group)
        received = sorted({at for found in times.values() for at in found})
        today = self._context.today()
        alerts = [
            alert
            for one in order
            for alert in people[one].details.alerts
            if alert.expires_on is None or alert.expires_on >= today
        ]
        planned = [one for each in order for one in work.follow_ups.planned(person_id=each)]
        return PersonRecord(
            person=people[person_id],
            linked=tuple(people[one] for one in order if one != person_id),
            timeline=self._timeline(work, order),
            cases=tuple(case for one in order for case in work.cases.of_person(one)),
            referrals=tuple(one for each in order for one in work.referrals.of_person(each)),
            consents=tuple(one for each in order for one in work.consents.of_person(each)),
            follow_ups=tuple(sorted(planned, key=lambda one: (one.due_on, one.id))),
            calls=repeat_contact(received, now=self._context.now()),
            alerts=tuple(alerts),
        )

    def _timeline(self, work: UnitOfWork, order: list[UUID]) -> tuple[TimelineEntry, ...]:
        entries = work.timeline.of_people(order)
        closed = self._context.closed(work, (one for entry in entries for one in entry.with_people))
        return tuple(self._veiled(entry, closed) for entry in entries)

    def _veiled(self, entry: TimelineEntry, closed: frozenset[UUID]) -> TimelineEntry:
        """Keep that a note exists, but not its words, where they are clinical or about a sealed person."""
        if closed.intersection(entry.with_people):
            return replace(entry, text="Withheld: also about a restricted person.")
        if entry.is_clinical and not has_right(self._context.actor.role, Right.SEE_CLINICAL):
            return replace(entry, text="Clinical note.")
        return entry

    def _candidates(self, work: UnitOfWork, traits: Traits, besides: UUID | None) -> list[Candidate]:
        today = self._context.today()
        wanted = traits.profile(today=today)
        if wanted.is_empty:
            return []
        near = set(work.search.near(wanted)) - {besides}
        near -= self._context.closed(work, near)
        people = work.people.many(near)
        met_at = work.search.places_of(near) if wanted.streets else {}
        known = (
            (person_id, profile_of(person.details, met_at=met_at.get(person_id, ())))
            for person_id, person in people.items()
        )
        found = rank(wanted, known, self._weights.of(work), known=work.search.count())
        return [_candidate(people[one.person_id], one, today) for one in found]


def add_person(work: UnitOfWork, details: PersonDetails, *, maker: UUID) -> UUID:
    """Write a new person; a sealed one is open to whoever made it."""
    person_id = work.people.add(details)
    if details.is_restricted:
        work.people.grant(person_id, maker, reason="made the record")
    return person_id


def _candidate(person: Person, found: Ranked, today: date) -> Candidate:
    return Candidate(
        person_id=person.id,
        name=person.display_name,
        second_line=age_words(person.details.birth, today),
        probability=found.probability,
        reasons=found.reasons,
    )
