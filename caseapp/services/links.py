"""Links between records of one person: make, take back, and remember that two are not the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.added_facts import AddedFact, Fact, FactKey, TakenFact
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import CaseAppError
from caseapp.domain.judgements import seen_with
from caseapp.domain.one_person import Added, Link, OnePerson, one_person
from caseapp.domain.people import LinkKind, PersonDetails, check, check_relations, veil_relations
from caseapp.domain.timeline import TimelineEntry
from caseapp.services.added import entries_since
from caseapp.services.added_facts import facts_since, give_facts, put_back_facts
from caseapp.services.context import Context, Service, verb
from caseapp.services.people import add_person, timeline_of
from caseapp.services.recognition import wait_again
from caseapp.services.weights import Weights
from caseapp.store.journal import Entry
from caseapp.store.unit_of_work import UnitOfWork

Whose = Mapping[UUID | FactKey, UUID | None]
"""Entry id or fact -> the record to which it goes; None for a fact that was taken away and stays so."""

_KINDS = frozenset({Kind.PERSON, Kind.CALL, Kind.ENCOUNTER, Kind.FOLLOW_UP, Kind.REFERRAL, Kind.CASE})


class SameRecord(CaseAppError):
    """A record cannot be linked with itself."""

    code = "link.same-record"


class JudgedDifferent(CaseAppError):
    """Somebody judged two people of these groups not to be the same; that is undone first."""

    code = "link.judged-different"


class JudgedWhileLinked(CaseAppError):
    """Links make one person of the two, so that they are not judged apart before those are taken back."""

    code = "link.judged-while-linked"


class NothingToLink(CaseAppError):
    """Links make one person of the two already, so that nothing is left to link."""

    code = "link.nothing-to-link"


class JudgedAlready(CaseAppError):
    """Somebody judged the two not to be the same, and nothing new was seen since."""

    code = "link.judged-already"


class NotLinked(CaseAppError):
    """Nothing links the two, or nothing that this person may take back."""

    code = "link.not-linked"


class BelongsToNeither(CaseAppError):
    """What is new can only go to a record of either side."""

    code = "link.belongs-to-neither"


class WrittenMeanwhile(CaseAppError):
    """What is new is not what was asked about: somebody wrote since."""

    code = "link.written-meanwhile"


@dataclass(frozen=True, slots=True)
class Parting:
    """What unlinking would make: the two people, and what was written since and must belong to one.

    `added` are entries; `facts` are names, phones, places and the like; `taken` are those that went since.
    `said` has for each entry who wrote it, and its words as the timeline shows them.
    """

    left: OnePerson
    right: OnePerson
    added: tuple[Added, ...]
    facts: tuple[AddedFact, ...] = ()
    said: Mapping[UUID, str] = field(default_factory=dict)
    taken: tuple[TakenFact, ...] = ()

    @property
    def as_written(self) -> Whose:
        """Everything that is new with the record it was written on, and all that was taken with its own."""
        found: dict[UUID | FactKey, UUID | None] = {one.record_id: one.person_id for one in self.added}
        facts: list[Fact] = [*self.facts, *self.taken]
        found.update((one.key, one.person_id) for one in facts)
        return found


class LinkService(Service):
    """Judgements on pairs of records; nothing is merged, so that everything can be taken back."""

    def __init__(self, context: Context, weights: Weights) -> None:
        super().__init__(context)
        self._weights = weights

    @verb(Right.LINK_PEOPLE)
    def link(self, *, left_id: UUID, right_id: UUID, reason: str, evidence: tuple[str, ...] = ()) -> Change:
        """Make two records one on the screen; raises SameRecord, NothingToLink, JudgedDifferent or Sealed.

        A pair that was judged apart and waits for review again, on other evidence, is judged anew.
        """
        if left_id == right_id:
            raise SameRecord()
        with self._context.write("person.link") as work:
            self._open_both(work, left_id, right_id, verb="person.link")
            self._link(work, left_id, right_id, reason, evidence)
            work.commit(reason=reason)
        return Change(_KINDS, person_id=left_id)

    @verb(Right.LINK_PEOPLE)
    def identify_as_new(self, *, person_id: UUID, details: PersonDetails) -> UUID:
        """An unknown person has a name now: a new record, linked, so that no call is lost.

        Returns the new record's id, open to those alone to whom the unknown one is. Raises NameMissing,
        DescriptionMissing, BornInFuture, RelatedToSelf or Sealed.
        """
        check(details, today=self._context.today())
        with self._context.write("person.identify") as work:
            self._context.open_person(work, person_id, verb="person.identify")
            check_relations(details.relations, work.links.group(person_id))
            seal = work.people.seal(person_id)
            known = replace(details, is_restricted=details.is_restricted or seal is not None)
            new_id = add_person(work, known, maker=self._context.actor.staff_id)
            for staff_id in sorted(seal.named - {self._context.actor.staff_id}) if seal else ():
                work.people.grant(new_id, staff_id, reason="may open the record they were identified by")
            self._link(work, person_id, new_id, "identified", ("said who they are",))
            work.commit(reason="identified")
        return new_id

    @verb(Right.LINK_PEOPLE)
    def judge_different(
        self, *, left_id: UUID, right_id: UUID, reason: str, evidence: tuple[str, ...] = ()
    ) -> Change:
        """Remember that two records are not one person, and on what evidence; every later match respects it.

        Raises SameRecord, Sealed, JudgedAlready, or JudgedWhileLinked when links make one person of them.
        """
        if left_id == right_id:
            raise SameRecord()
        with self._context.write("person.judge-different") as work:
            self._open_both(work, left_id, right_id, verb="person.judge-different")
            left, right = work.links.group(left_id), work.links.group(right_id)
            if right_id in left:
                raise JudgedWhileLinked(why=_why(work.links.of_group(left)))
            self._part(work, left_id, right_id, reason, evidence)
            work.reviews.settle(left, right)
            work.about(left_id, right_id)
            work.commit(reason=reason)
        return Change(frozenset({Kind.PERSON}), person_id=left_id)

    @verb(Right.LINK_PEOPLE)
    def parting(self, *, left_id: UUID, right_id: UUID) -> Parting:
        """What taking back this link would make, and what was added since; raises NotLinked or Sealed."""
        with self._context.read("person.parting") as work:
            self._open_both(work, left_id, right_id, verb="person.parting")
            parting = self._parting(work, left_id, right_id)
            people = {one.person_id for one in parting.added}
            entries = timeline_of(self._context, work, sorted(people))
        said = {one.record_id: _said(one) for one in entries if one.record_id is not None}
        return replace(parting, said=said)

    @verb(Right.LINK_PEOPLE)
    def unlink(
        self,
        *,
        left_id: UUID,
        right_id: UUID,
        belongs: Whose | None = None,
        is_put_off: bool = False,
    ) -> Change:
        """Take back the judgement on two records; both are again as they were, and judged as before.

        What was written since goes where `belongs` says (entry or fact -> record), which answers all that
        `parting` asks; without it everything stays with the record it was written on, and what was taken from
        a record since stands there again. The pair waits for
        review again; put off, at the end, and no link of many takes it. Raises NotLinked, WrittenMeanwhile,
        BelongsToNeither, NothingLeft, RelatedToSelf, BeyondScope or Sealed.
        """
        with self._context.write("person.unlink") as work:
            self._open_both(work, left_id, right_id, verb="person.unlink")
            row = work.links.standing_between(left_id, right_id)
            if row is None:
                raise NotLinked()
            parting = self._parting(work, left_id, right_id) if row.kind is LinkKind.SAME else None
            group = work.links.group(left_id)
            work.links.undo(row, staff_id=self._context.actor.staff_id)
            work.links.put_back_before(row)
            if parting is not None:
                self._give(work, parting, parting.as_written if belongs is None else belongs)
                work.added.part_from_cases(work.links.groups(group))
            wait_again(work, self._weights.of(work), left_id, right_id, is_put_off=is_put_off)
            work.about(left_id, right_id)
            work.commit(reason="taken back")
        return Change(_KINDS, person_id=left_id)

    @verb(Right.LINK_PEOPLE)
    def undo_unlink(self, *, left_id: UUID, right_id: UUID) -> Change:
        """Undo the actor's own unlinking: the link stands as it was, and everything is where it was.

        Raises NotLinked if the actor took no link back, WrittenSince if a record was changed after that,
        NothingToLink if the two were linked again, JudgedDifferent, Sealed, or BeyondScope where it would
        move an entry of a case that the actor does not reach.
        """
        with self._context.write("person.undo-unlink") as work:
            self._open_both(work, left_id, right_id, verb="person.undo-unlink")
            done = self._own_unlinking(work, left_id, right_id)
            left, right = work.links.group(left_id), work.links.group(right_id)
            if right_id in left:
                raise NothingToLink(why=_why(work.links.of_group(left)))
            changes = done.detail["changes"]
            self._open_cases(work, work.put_back.cases(changes), verb="person.undo-unlink")
            put_back_facts(self._context, work, seq=done.seq)
            work.put_back.rows(changes)
            apart = work.links.difference(left, right)
            if apart is not None:
                raise JudgedDifferent(why=_why([apart]))
            work.reviews.settle(left, right)
            work.about(left_id, right_id)
            work.commit(reason="unlinked by mistake")
        return Change(_KINDS, person_id=left_id)

    def _own_unlinking(self, work: UnitOfWork, left_id: UUID, right_id: UUID) -> Entry:
        link_id = work.links.taken_back_between(left_id, right_id)
        done = work.journal.newest_change(link_id, "person.unlink") if link_id else None
        if done is None or done.actor_id != self._context.actor.staff_id:
            raise NotLinked()
        return done

    def _link(
        self, work: UnitOfWork, left_id: UUID, right_id: UUID, reason: str, evidence: tuple[str, ...]
    ) -> None:
        left, right = work.links.group(left_id), work.links.group(right_id)
        if right_id in left:
            raise NothingToLink(why=_why(work.links.of_group(left)))
        before = work.links.standing_between(left_id, right_id)
        if before is not None and work.reviews.between(left_id, right_id):
            work.links.undo(before, staff_id=self._context.actor.staff_id)
        apart = work.links.difference(left, right)
        if apart is not None:
            raise JudgedDifferent(why=_why([apart]))
        work.links.add(left_id, right_id, kind=LinkKind.SAME, reason=reason, evidence=list(evidence))
        work.reviews.settle(left, right)
        work.about(left_id, right_id)

    def _part(
        self, work: UnitOfWork, left_id: UUID, right_id: UUID, reason: str, evidence: tuple[str, ...]
    ) -> None:
        """Write the judgement on all that was seen, instead of one on other evidence."""
        waiting = work.reviews.between(left_id, right_id)
        seen = seen_with(evidence, waiting.evidence if waiting else "")
        before = work.links.standing_between(left_id, right_id)
        if before is not None and set(seen) <= set(before.evidence):
            apart = work.links.difference(frozenset({left_id}), frozenset({right_id}))
            raise JudgedAlready(why=_why([apart] if apart else []))
        if before is not None:
            work.links.undo(before, staff_id=self._context.actor.staff_id)
        work.links.add(left_id, right_id, kind=LinkKind.DIFFERENT, reason=reason, evidence=seen)

    def _open_both(self, work: UnitOfWork, left_id: UUID, right_id: UUID, *, verb: str) -> None:
        for person_id in (left_id, right_id):
            self._context.open_person(work, person_id, verb=verb)

    def _open_cases(self, work: UnitOfWork, case_ids: Iterable[UUID], *, verb: str) -> None:
        for case_id in self._context.beyond(work, case_ids):
            self._context.open_case(work, work.cases.get(case_id), verb=verb)

    def _parting(self, work: UnitOfWork, left_id: UUID, right_id: UUID) -> Parting:
        """The two sides as they stand without this link, and what is newer than it."""
        group = work.links.group(left_id)
        links = work.links.of_group(group)
        ends = {left_id, right_id}
        link = next((one for one in links if {one.left_id, one.right_id} == ends), None)
        if link is None:
            raise NotLinked()
        joined = _joined(link, links)
        left = {one for one, side in joined.items() if side.end == left_id}
        closed = self._context.closed(work, group)
        people = work.people.many(group - closed)
        joined_at = {one: joined[one].at for one in people}
        near = self._context.closed(
            work, (one.other_person_id for person in people.values() for one in person.details.relations)
        )
        shown = [veil_relations(one, near) for one in people.values()]
        since = facts_since(self._context, work, people.values(), joined_at)
        return Parting(
            one_person([one for one in shown if one.id in left]),
            one_person([one for one in shown if one.id not in left]),
            tuple(entries_since(work, joined_at)),
            since.added,
            taken=since.taken,
        )

    def _give(self, work: UnitOfWork, parting: Parting, belongs: Whose) -> None:
        """Move what goes to another record, and put back what was taken: entries, then facts.

        Raises WrittenMeanwhile, BelongsToNeither, BeyondScope, NothingLeft or RelatedToSelf.
        """
        sides = [frozenset(one.id for one in whole.members) for whole in (parting.left, parting.right)]
        if belongs.keys() != parting.as_written.keys():
            raise WrittenMeanwhile()
        entries = [(one, _owner(belongs[one.record_id], sides)) for one in parting.added]
        facts = [(one, _owner(belongs[one.key], sides)) for one in parting.facts]
        back = [one for one in parting.taken if belongs[one.key] is not None]
        if not all(belongs[one.key] == one.person_id for one in back):
            raise BelongsToNeither()
        given = [(one, to) for one, to in entries if to != one.person_id]
        cases = (one for added, _to in given for one in work.added.cases_of(added))
        self._open_cases(work, cases, verb="link.give")
        for one, to in given:
            work.added.move(one, to)
            work.about(to, one.person_id)
        give_facts(work, [(one, to) for one, to in facts if to != one.person_id], back)


def _owner(person_id: UUID | None, sides: list[frozenset[UUID]]) -> UUID:
    """The record to which something new goes, if it is of either side; raises BelongsToNeither."""
    if person_id is None or not any(person_id in side for side in sides):
        raise BelongsToNeither()
    return person_id


class _Joined(NamedTuple):
    """To which end of a link a record belongs, and since when it stands for both."""

    end: UUID
    at: datetime


def _joined(parted: Link, links: list[Link]) -> dict[UUID, _Joined]:
    """Every record that is one with either end of a link, since the youngest link on its way there."""
    found = {end: _Joined(end, parted.at) for end in (parted.left_id, parted.right_id)}
    others, is_growing = [one for one in links if one is not parted], True
    while is_growing:
        is_growing = False
        for one in others:
            for near, far in ((one.left_id, one.right_id), (one.right_id, one.left_id)):
                if near in found and far not in found:
                    found[far] = _Joined(found[near].end, max(found[near].at, one.at))
                    is_growing = True
    return found


def _said(one: TimelineEntry) -> str:
    """The writer first: a mark in the words that turns what follows around turns no name."""
    return ": ".join(filter(None, (one.by, one.text)))


def _why(links: list[Link]) -> str:
    """Who judged so, when, and on what, without naming anybody."""
    return "; ".join(f"{one.by} on {one.at:%d %b %Y}: {one.why}" for one in links)
