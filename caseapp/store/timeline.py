"""Everything that happened with a person, read across nouns in a handful of statements."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from caseapp.domain.cases import Case
from caseapp.domain.code_words import CodeWords
from caseapp.domain.contacts import CLINICAL_FORMS, Contact, contact_words
from caseapp.domain.counted import counted
from caseapp.domain.encounters import Part
from caseapp.domain.follow_ups import FollowUp
from caseapp.domain.notes import Standing, standing
from caseapp.domain.timeline import TimelineEntry, TimelineKind
from caseapp.store.agency import AgencyStore
from caseapp.store.cases import CaseStore
from caseapp.store.consents import ConsentStore
from caseapp.store.contacts import ContactStore
from caseapp.store.disclosures import DisclosureStore
from caseapp.store.follow_ups import FollowUpStore
from caseapp.store.referrals import ReferralStore
from caseapp.store.repository import Repository
from caseapp.store.tables.calls import CallRow, EncounterRow, ResponseRow

_NOON = time(12)


class TimelineStore(Repository):
    """Builds the timeline of a person or of linked people."""

    def __init__(self, session: Session, now: datetime, contacts: ContactStore) -> None:
        super().__init__(session, now)
        self._all_contacts = contacts

    def of_people(self, person_ids: Iterable[UUID]) -> list[TimelineEntry]:
        """Entries of all these records, newest first; what stands on several of them is there once."""
        origins: dict[TimelineEntry, list[UUID]] = {}
        for person_id in person_ids:
            for entry in self._of(person_id):
                origins.setdefault(entry, []).append(person_id)
        found = [replace(entry, origins=tuple(ids)) for entry, ids in origins.items()]
        return sorted(found, key=lambda entry: entry.at, reverse=True)

    def _of(self, person_id: UUID) -> Iterator[TimelineEntry]:
        yield from self._calls(person_id)
        yield from self._contacts(person_id)
        yield from self._follow_ups(person_id)
        yield from self._referrals(person_id)
        yield from self._cases(person_id)
        yield from self._papers(person_id)

    def _calls(self, person_id: UUID) -> Iterator[TimelineEntry]:
        query = (
            select(EncounterRow, CallRow)
            .join(CallRow, CallRow.id == EncounterRow.call_id)
            .where(EncounterRow.person_id == person_id)
        )
        rows = list(self._session.execute(query))
        models = self._models([call.id for _encounter, call in rows])
        for encounter, call in rows:
            facts = [
                call.place or call.city,
                models.get(call.id, ""),
                encounter.what_was_done,
                self._said.word("scene_outcome", encounter.outcome),
            ]
            yield TimelineEntry(
                kind=TimelineKind.CALL,
                at=call.received_at,
                title=f"Call {call.number}, {(call.type_text or 'type not recorded').lower()}",
                text=". ".join(filter(None, facts)),
                chip=""
                if encounter.part is Part.SUBJECT
                else self._said.word("encounter_part", encounter.part.value),
                record_id=call.id,
            )

    @cached_property
    def _said(self) -> CodeWords:
        """The agency's lists, read once for everybody's entries."""
        return AgencyStore(self._session, self._now).code_words()

    def _models(self, call_ids: list[UUID]) -> dict[UUID, str]:
        query = select(ResponseRow.call_id, ResponseRow.model, ResponseRow.call_sign).where(
            ResponseRow.call_id.in_(call_ids)
        )
        found: dict[UUID, list[str]] = {}
        for row in self._session.execute(query):
            found.setdefault(row.call_id, []).append(
                f"{self._said.word('response_model', row.model.value)} {row.call_sign}"
            )
        return {call_id: ", ".join(words) for call_id, words in found.items()}

    def _contacts(self, person_id: UUID) -> Iterator[TimelineEntry]:
        for contact in self._all_contacts.of_person(person_id):
            details = contact.details
            minutes = f", {details.minutes} min" if details.minutes else ""
            yield TimelineEntry(
                kind=TimelineKind.CONTACT,
                at=details.at,
                title=f"{contact_words(self._said, details.channel, details.outcome)}{minutes}",
                text=_contact_text(contact),
                chip=_contact_chip(contact),
                tone="warning" if contact.is_late_entry else "neutral",
                by=contact.staff_name,
                record_id=contact.id,
                is_substance_use=details.is_substance_use,
                is_clinical=details.note.form in CLINICAL_FORMS,
                case_id=details.case_id,
                by_id=contact.staff_id,
                with_people=details.person_ids if len(details.person_ids) > 1 else (),
            )

    def _follow_ups(self, person_id: UUID) -> Iterator[TimelineEntry]:
        for one in FollowUpStore(self._session, self._now).of_person(person_id):
            yield TimelineEntry(
                kind=TimelineKind.FOLLOW_UP,
                at=one.due_at or _noon(one.due_on),
                has_time=one.due_at is not None,
                title=f"Follow-up: {one.what}",
                text=one.reason,
                chip=self._stands(one),
                tone="accent" if one.status.value == "planned" else "neutral",
                by=one.owner_name,
                record_id=one.id,
            )

    def _stands(self, one: FollowUp) -> str:
        words = self._said.word("follow_up_status", one.status.value)
        return f"{words}, {counted(one.attempts, 'attempt')}" if one.attempts else words

    def _referrals(self, person_id: UUID) -> Iterator[TimelineEntry]:
        for one in ReferralStore(self._session, self._now).of_person(person_id):
            for step in one.steps:
                why = self._said.word("referral_barrier", step.reason)
                yield TimelineEntry(
                    kind=TimelineKind.REFERRAL,
                    at=_noon(step.on),
                    has_time=False,
                    title=f"{self._said.word('referral_step', step.step.value)}: referral to {one.to_name}",
                    text=". ".join(filter(None, (why, step.note))),
                    chip=self._said.word("referral_proof", step.proof.value),
                    by=step.by,
                    record_id=one.id,
                    is_substance_use=one.is_substance_use,
                )

    def _cases(self, person_id: UUID) -> Iterator[TimelineEntry]:
        for case in CaseStore(self._session, self._now).of_person(person_id):
            yield TimelineEntry(
                kind=TimelineKind.CASE,
                at=_noon(case.opened_on),
                has_time=False,
                title=f"Case {case.number} opened",
                text=f"Opened from: {self._said.within('case_opened_from', case.opened_from)}.",
                by=case.primary_name,
                record_id=case.id,
            )
            if case.closed_on:
                yield TimelineEntry(
                    kind=TimelineKind.CASE,
                    at=_noon(case.closed_on),
                    has_time=False,
                    title=f"Case {case.number} closed",
                    text=self._ended(case),
                    by=case.primary_name,
                    record_id=case.id,
                    case_id=case.id,
                )

    def _ended(self, case: Case) -> str:
        reason = self._said.word("case_close_reason", case.close_reason)
        return f"{reason}. {self._said.word('case_outcome', case.outcome)}."

    def _papers(self, person_id: UUID) -> Iterator[TimelineEntry]:
        for left in DisclosureStore(self._session, self._now).of_person(person_id):
            yield TimelineEntry(
                kind=TimelineKind.DOCUMENT,
                at=left.at,
                title=f"{left.what} to {left.recipient}",
                text=f"Disclosure {left.number}: {left.purpose}",
                chip=self._said.word("disclosure_basis", left.basis.value),
                by=left.by,
                record_id=left.id,
            )
        for consent in ConsentStore(self._session, self._now).of_person(person_id):
            details = consent.details
            kind = self._said.word("consent_type", details.kind.value)
            yield TimelineEntry(
                kind=TimelineKind.CONSENT,
                at=_noon(details.signed_on or details.starts_on),
                has_time=False,
                title=f"Consent for {', '.join(details.recipients)}",
                text=details.purpose,
                chip="taken back" if consent.revoked_at else kind,
                tone="danger" if consent.revoked_at else "good",
                record_id=consent.id,
            )


def _contact_chip(contact: Contact) -> str:
    where = standing(contact)
    kept = [] if where in (Standing.NO_NOTE, Standing.UNSIGNED) else [where.value]
    return ", ".join((["late entry"] if contact.is_late_entry else []) + kept)


def _contact_text(contact: Contact) -> str:
    details = contact.details
    where = f"At {details.place}." if details.place else ""
    facts = " ".join(filter(None, (where, _items(details.items))))
    added = (f"Addendum by {one.by}: {one.text}" for one in contact.addenda)
    return "\n".join(filter(None, (details.note.text, facts, *added)))


def _items(items: tuple[str, ...]) -> str:
    return f"Given: {', '.join(items)}." if items else ""


def _noon(day: date) -> datetime:
    """A day among instants: noon in UTC is that day in every American zone."""
    return datetime.combine(day, _NOON, UTC)
