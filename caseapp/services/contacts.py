"""Logging what was done, and what it means for the follow-up it answers."""

from dataclasses import dataclass, replace
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.contacts import Channel, Contact, ContactDetails, NoteText, check, is_late
from caseapp.domain.errors import WorkedOnSince
from caseapp.domain.follow_ups import FollowUp, check_plan, decide_outcome
from caseapp.domain.notes import check_change, cleaned
from caseapp.domain.shorthand import When
from caseapp.services.context import Context, Service, verb
from caseapp.services.follow_ups import FollowUpService
from caseapp.services.follow_ups_done import versions_of
from caseapp.services.groups import members_of, open_case_id
from caseapp.services.notes import cosigned_in
from caseapp.store.unit_of_work import UnitOfWork

FORM = "contact"
_NEW = 1
"""The version of a contact that nobody changed."""

_KINDS = frozenset({Kind.CONTACT, Kind.FOLLOW_UP, Kind.CASE})


@dataclass(frozen=True, slots=True)
class NextStep:
    """What was promised: a few words, a channel and a day."""

    what: str
    channel: Channel
    when: When


@dataclass(frozen=True, slots=True)
class Logged:
    """What a save did, with what is needed to take it back."""

    contact_id: UUID
    follow_up_before: FollowUp | None
    next_ids: tuple[UUID, ...]
    change: Change
    after: frozenset[tuple[UUID, int]] = frozenset()
    """The follow-ups that it touched, each with its version then."""


class ContactService(Service):
    """Contacts."""

    def __init__(self, context: Context, follow_ups: FollowUpService) -> None:
        super().__init__(context)
        self._follow_ups = follow_ups

    @verb(Right.LOG_CONTACTS)
    def log(self, *, details: ContactDetails, next_step: NextStep | None = None) -> Logged:
        """Save a contact, what it means for its follow-up, and the next step, as one.

        Raises InFuture, NobodyNamed, MinutesOutOfRange, NoteTooLong, AlreadyClosed, WhatMissing, DueInPast
        or Sealed; then nothing is saved and the draft stays.
        """
        now, today = self._context.now(), self._context.today()
        details = as_kept(details)
        check(details, now=now)
        if next_step:
            check_plan(what=next_step.what, due_on=next_step.when.on, today=today)
        with self._context.write("contact.log") as work:
            self._open_all(work, details, verb="contact.log")
            cases = (open_case_id(self._context, work, one) for one in details.person_ids)
            case_id = details.case_id or next(filter(None, cases), None)
            placed = replace(details, case_id=case_id)
            contact_id = work.contacts.add(
                placed,
                staff_id=self._context.actor.staff_id,
                is_late=is_late(at=details.at, now=now),
                needs_cosign=self._context.actor.role in cosigned_in(work),
            )
            before = self._answer(work, placed, keep_day=next_step is None)
            next_ids = self._plan(work, placed, next_step)
            after = versions_of(work, filter(None, (details.follow_up_id, *next_ids)))
            work.drafts.drop_all(self._context.actor.staff_id, FORM, details.person_ids)
            work.about(*details.person_ids)
            work.commit()
        change = Change(_KINDS, person_id=details.person_ids[0], record_id=contact_id)
        return Logged(contact_id, before, next_ids, change, after)

    @verb(Right.LOG_CONTACTS)
    def take_back(self, *, logged: Logged) -> Change:
        """Undo a save made a moment ago: the contact goes, its follow-up stands as before.

        Raises NotTheAuthor, NoteLocked, Sealed, or WorkedOnSince where the contact or a follow-up changed.
        """
        with self._context.write("contact.take-back") as work:
            contact = work.contacts.get(logged.contact_id)
            self._open_all(work, contact.details, verb="contact.take-back")
            check_change(contact, actor_id=self._context.actor.staff_id)
            if contact.version > _NEW or versions_of(work, dict(logged.after)) != logged.after:
                raise WorkedOnSince()
            work.contacts.remove(logged.contact_id)
            if logged.follow_up_before:
                work.follow_ups.restore(logged.follow_up_before.id, before=logged.follow_up_before)
            for follow_up_id in logged.next_ids:
                planned = work.follow_ups.get(follow_up_id)
                work.follow_ups.cancel(planned, reason="taken back with its contact")
            work.about(*contact.details.person_ids)
            work.commit()
        return Change(_KINDS, person_id=contact.details.person_ids[0])

    @verb(Right.LOG_CONTACTS)
    def change(self, *, contact_id: UUID, details: ContactDetails, version: int) -> Change:
        """Write the author's own contact anew while its note is not signed.

        Raises NotTheAuthor, NoteLocked, StaleRecord where somebody saved first, Sealed, or what `log` raises.
        """
        now = self._context.now()
        details = as_kept(details)
        check(details, now=now)
        with self._context.write("contact.change") as work:
            stored = work.contacts.get(contact_id)
            self._open_all(work, stored.details, verb="contact.change")
            self._open_all(work, details, verb="contact.change")
            check_change(stored, actor_id=self._context.actor.staff_id)
            work.contacts.change(
                contact_id,
                replace(details, case_id=stored.details.case_id, follow_up_id=stored.details.follow_up_id),
                is_late=is_late(at=details.at, now=now),
                needs_cosign=self._context.actor.role in cosigned_in(work),
                version=version,
            )
            work.about(*details.person_ids)
            work.commit()
        return Change(_KINDS, person_id=details.person_ids[0], record_id=contact_id)

    @verb(Right.LOG_CONTACTS)
    def same_as_last(self, *, person_id: UUID) -> Contact | None:
        """What the actor last logged with this person on any record, to repeat it today; raises Sealed."""
        with self._context.read("contact.last") as work:
            self._context.open_person(work, person_id, verb="contact.last")
            people = members_of(self._context, work, person_id)
            mine = self._context.actor.staff_id
            found = [one for each in people if (one := work.contacts.last_by_person(mine, each))]
            last = max(found, key=lambda one: one.details.at, default=None)
            if last is None or self._context.closed(work, last.details.person_ids):
                return None
            each_once = dict.fromkeys(person_id if one in people else one for one in last.details.person_ids)
            return replace(last, details=replace(last.details, person_ids=tuple(each_once)))

    def _open_all(self, work: UnitOfWork, details: ContactDetails, *, verb: str) -> None:
        """Raise Sealed unless everybody of the contact, and whom its follow-up is for, may be opened."""
        people = list(details.person_ids)
        if details.follow_up_id is not None:
            people.append(work.follow_ups.get(details.follow_up_id).person_id)
        for person_id in dict.fromkeys(people):
            self._context.open_person(work, person_id, verb=verb)

    def _answer(self, work: UnitOfWork, details: ContactDetails, *, keep_day: bool) -> FollowUp | None:
        """Record the outcome on the follow-up; a next step typed in replaces its own retry."""
        if details.follow_up_id is None:
            return None
        before = work.follow_ups.get(details.follow_up_id)
        decision = decide_outcome(follow_up=before, outcome=details.outcome, today=self._context.today())
        work.follow_ups.decide(before, decision if keep_day else replace(decision, retry_on=None))
        return before

    def _plan(self, work: UnitOfWork, details: ContactDetails, step: NextStep | None) -> tuple[UUID, ...]:
        """Plan the next step: an open follow-up moves to its day, otherwise each person has a new one."""
        if step is None:
            return ()
        due_at = self._follow_ups.instant(step.when.on, step.when.at)
        if details.follow_up_id is not None and not details.outcome.closes_follow_up:
            row = work.follow_ups.get(details.follow_up_id)
            work.follow_ups.move(row, due_on=step.when.on, due_at=due_at)
            return ()
        return tuple(
            work.follow_ups.add(
                person_id=person_id,
                what=step.what.strip(),
                channel=step.channel,
                due_on=step.when.on,
                due_at=due_at,
                owner_id=self._context.actor.staff_id,
                case_id=open_case_id(self._context, work, person_id),
            )
            for person_id in details.person_ids
        )


def as_kept(details: ContactDetails) -> ContactDetails:
    """The words without what a keyboard cannot mean: control characters, other systems' line ends."""
    note = details.note
    return replace(
        details,
        with_whom=cleaned(details.with_whom).strip(),
        place=cleaned(details.place).strip(),
        items=tuple(filter(None, (cleaned(one).strip() for one in details.items))),
        note=NoteText(
            form=note.form,
            parts={name: cleaned(words) for name, words in note.parts.items()},
            written_together=note.written_together,
            is_substance_use=note.is_substance_use,
        ),
    )
