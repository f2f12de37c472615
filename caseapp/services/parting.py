"""What taking a link back makes of one person: two, and whose everything is that was written since."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from caseapp.domain.added_facts import AddedFact, Fact, FactKey, TakenFact
from caseapp.domain.errors import CaseAppError
from caseapp.domain.one_person import Added, Link, OnePerson, one_person
from caseapp.domain.timeline import TimelineEntry
from caseapp.services.added import entries_since
from caseapp.services.added_facts import facts_since, give_facts
from caseapp.services.context import Context
from caseapp.services.groups import veiled
from caseapp.services.people import timeline_of
from caseapp.services.since import since_link
from caseapp.store.unit_of_work import UnitOfWork

Whose = Mapping[UUID | FactKey, UUID | None]
"""Entry id or fact -> the record to which it goes; None for a fact that was taken away and stays so."""


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


def parting_of(context: Context, work: UnitOfWork, left_id: UUID, right_id: UUID) -> Parting:
    """The two sides as they stand without this link, and what is newer than it; raises NotLinked."""
    group = work.links.group(left_id)
    links = work.links.of_group(group)
    ends = {left_id, right_id}
    link = next((one for one in links if {one.left_id, one.right_id} == ends), None)
    if link is None:
        raise NotLinked()
    joined = _joined(link, links, work.links.entries_of_group(group))
    left = {one for one, side in joined.items() if side.end == left_id}
    closed = context.closed(work, group)
    people = work.people.many(group - closed)
    began = {one: since_link(work, group, at=joined[one].at, seq=joined[one].seq) for one in people}
    shown = veiled(context, work, people).values()
    since = facts_since(context, work, people.values(), began)
    return Parting(
        one_person([one for one in shown if one.id in left]),
        one_person([one for one in shown if one.id not in left]),
        tuple(entries_since(work, began)),
        since.added,
        taken=since.taken,
    )


def in_words(context: Context, work: UnitOfWork, parting: Parting) -> Parting:
    """With who wrote each entry, and its words as far as the actor may read them."""
    people = {one.person_id for one in parting.added}
    entries = timeline_of(context, work, sorted(people))
    said = {one.record_id: _said(one) for one in entries if one.record_id is not None}
    return replace(parting, said=said)


def give(context: Context, work: UnitOfWork, parting: Parting, belongs: Whose) -> None:
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
    context.open_cases(work, cases, verb="link.give")
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
    """To which end of a link a record belongs, and since when and which entry it stands for both."""

    end: UUID
    at: datetime
    seq: int


def _joined(parted: Link, links: list[Link], entries: Mapping[frozenset[UUID], int]) -> dict[UUID, _Joined]:
    """Every record that is one with either end of a link, since the youngest link on its way there."""
    made = entries.get(frozenset((parted.left_id, parted.right_id)), 0)
    found = {end: _Joined(end, parted.at, made) for end in (parted.left_id, parted.right_id)}
    others, is_growing = [one for one in links if one is not parted], True
    while is_growing:
        is_growing = False
        for one in others:
            for near, far in ((one.left_id, one.right_id), (one.right_id, one.left_id)):
                if near in found and far not in found:
                    seq = entries.get(frozenset((near, far)), 0)
                    before = found[near]
                    found[far] = _Joined(before.end, max(before.at, one.at), max(before.seq, seq))
                    is_growing = True
    return found


def _said(one: TimelineEntry) -> str:
    """The writer first: a mark in the words that turns what follows around turns no name."""
    return ": ".join(filter(None, (one.by, one.text)))
