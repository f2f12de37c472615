"""People, cases, referrals and officers as measures read them; linked records are one person."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from caseapp.domain.births import years_between
from caseapp.domain.follow_ups import Status
from caseapp.domain.measures.rows import CaseFact, FollowUpFact, PersonFact, ReferralFact, instant, utc_day
from caseapp.domain.people import LinkKind
from caseapp.domain.referrals import Step
from caseapp.store.measured_rows import MeasuredRows
from caseapp.store.tables.base import raw
from caseapp.store.tables.calls import CallRow, CitTrainingRow, EncounterRow, ResponderRow
from caseapp.store.tables.cases import CaseAssignmentRow, CaseFileRow, FollowUpRow
from caseapp.store.tables.directory import ServiceRow
from caseapp.store.tables.people import LivingSituationRow, PersonCodeRow, PersonLinkRow, PersonRow
from caseapp.store.tables.referrals import ReferralRow, ReferralStepRow
from caseapp.store.tables.staff import ProgramRow, StaffRow

_ANSWERS = (
    Step.AGENCY_ACCEPTED,
    Step.AGENCY_WAITLISTED,
    Step.AGENCY_DECLINED,
    Step.APPOINTMENT,
    Step.ATTENDED,
)
_ACCEPTING = (Step.AGENCY_ACCEPTED, Step.APPOINTMENT, Step.ATTENDED)
_OFFICER = "officer"


class MeasuredPeople:
    """Reads whole tables of people's records; the caller narrows them to the period."""

    def __init__(self, rows: MeasuredRows) -> None:
        self._rows = rows.of

    def groups(self) -> dict[bytes, bytes]:
        """Each linked person's id -> the smallest id of everybody linked with them."""
        query = select(raw(PersonLinkRow.left_id), raw(PersonLinkRow.right_id)).where(
            PersonLinkRow.undone_at.is_(None), PersonLinkRow.kind == LinkKind.SAME
        )
        found: dict[bytes, bytes] = {}

        def top(one: bytes) -> bytes:
            while found.setdefault(one, one) != one:
                one = found[one]
            return one

        for left, right in self._rows(query):
            low, high = sorted((top(left), top(right)))
            found[high] = low
        return {one: top(one) for one in found}

    def of_program(self, program: str, groups: dict[bytes, bytes]) -> frozenset[bytes]:
        """People with a case in the program."""
        query = (
            select(raw(CaseFileRow.person_id))
            .join(ProgramRow, ProgramRow.id == CaseFileRow.program_id)
            .where(ProgramRow.name == program)
        )
        return frozenset(groups.get(person, person) for (person,) in self._rows(query))

    def people(self, groups: dict[bytes, bytes], day: int) -> dict[bytes, PersonFact]:
        """Everybody by group; what one record of a group lacks, another fills in."""
        codes = self._codes()
        living = self._living()
        today = date.fromordinal(day)
        query = select(
            raw(PersonRow.id),
            PersonRow.gender,
            PersonRow.veteran,
            raw(PersonRow.birth_on),
            raw(PersonRow.deceased_on),
            raw(PersonRow.kind),
        ).order_by(PersonRow.id)
        found: dict[bytes, PersonFact] = {}
        for key, gender, veteran, birth, died, kind in self._rows(query):
            fact = PersonFact(
                key,
                kind == "known",
                gender,
                codes.get((key, "race_ethnicity"), ()),
                codes.get((key, "language"), ("",))[0],
                veteran,
                _age(birth, today),
                _ordinal(died),
                living.get(key, ()),
            )
            whose = groups.get(key)
            if whose is None:
                found[key] = fact
            else:
                found[whose] = _filled(found[whose], fact) if whose in found else fact
        return found

    def cases(self, groups: dict[bytes, bytes], complete_day: int, zone: ZoneInfo) -> list[CaseFact]:
        """Every case opened so far."""
        workers, planned = self._workers(), self._planned()
        query = (
            select(
                raw(CaseFileRow.id),
                raw(CaseFileRow.person_id),
                ProgramRow.name,
                CaseFileRow.opened_on,
                CaseFileRow.closed_on,
                CaseFileRow.close_reason,
                CaseFileRow.outcome,
                CaseFileRow.opened_from,
                raw(EncounterRow.call_id),
                raw(CallRow.received_at),
            )
            .outerjoin(ProgramRow, ProgramRow.id == CaseFileRow.program_id)
            .outerjoin(EncounterRow, EncounterRow.id == CaseFileRow.encounter_id)
            .outerjoin(CallRow, CallRow.id == EncounterRow.call_id)
        )
        found = []
        for key, person, program, opened, closed, why, outcome, door, call, received in self._rows(query):
            if opened.toordinal() <= complete_day:
                found.append(
                    CaseFact(
                        key=key,
                        person=groups.get(person, person),
                        program=program or "",
                        opened_on=opened.toordinal(),
                        opened_at=instant(datetime.combine(opened, time(0), zone)),
                        closed_on=closed.toordinal() if closed else None,
                        close_reason=why,
                        outcome=outcome,
                        opened_from=door,
                        index_call=call,
                        has_next_step=key in planned or person in planned,
                        call_on=utc_day(received) if received is not None else None,
                        worker=workers.get(key, ""),
                    )
                )
        return found

    def referrals(self, groups: dict[bytes, bytes]) -> list[ReferralFact]:
        """Every referral with the first day of each of its steps."""
        steps = self._steps()
        categories = self._categories()
        query = select(
            raw(ReferralRow.id),
            raw(ReferralRow.person_id),
            raw(ReferralRow.service_id),
            ReferralRow.step,
            ReferralRow.to_name,
            ReferralRow.need,
            raw(ReferralRow.created_at),
        )
        return [
            _referral(
                key,
                groups.get(person, person),
                step.value,
                to_name,
                need,
                categories.get(service, ""),
                utc_day(created),
                steps.get(key, []),
            )
            for key, person, service, step, to_name, need, created in self._rows(query)
        ]

    def follow_ups(self, groups: dict[bytes, bytes], first: int, last: int) -> list[FollowUpFact]:
        """Promises due from a day to a day, with the name of whose they are."""
        query = (
            select(
                raw(FollowUpRow.id),
                raw(FollowUpRow.person_id),
                FollowUpRow.status,
                FollowUpRow.due_on,
                FollowUpRow.due_at,
                FollowUpRow.latest_on,
                FollowUpRow.latest_at,
                StaffRow.name,
            )
            .join(StaffRow, StaffRow.id == FollowUpRow.owner_id)
            .where(FollowUpRow.due_on.between(date.fromordinal(first), date.fromordinal(last)))
            .order_by(FollowUpRow.id)
        )
        return [
            FollowUpFact(key, groups.get(person, person), *rest) for key, person, *rest in self._rows(query)
        ]

    def trained(self) -> list[tuple[bytes, str, int | None]]:
        """Officers, their agency, and the day of their first CIT course."""
        query = (
            select(raw(ResponderRow.id), ResponderRow.agency, CitTrainingRow.on)
            .outerjoin(CitTrainingRow, CitTrainingRow.responder_id == ResponderRow.id)
            .where(ResponderRow.discipline == _OFFICER)
            .order_by(CitTrainingRow.on.desc())
        )
        found = {key: (key, agency, on.toordinal() if on else None) for key, agency, on in self._rows(query)}
        return list(found.values())

    def _codes(self) -> dict[tuple[bytes, str], tuple[str, ...]]:
        query = select(raw(PersonCodeRow.person_id), PersonCodeRow.list_name, PersonCodeRow.code).order_by(
            PersonCodeRow.position
        )
        found: dict[tuple[bytes, str], tuple[str, ...]] = {}
        for person, list_name, code in self._rows(query):
            found[person, list_name] = (*found.get((person, list_name), ()), code)
        return found

    def _living(self) -> dict[bytes, tuple[tuple[str, int, int | None], ...]]:
        query = select(
            raw(LivingSituationRow.person_id),
            LivingSituationRow.code,
            raw(LivingSituationRow.from_on),
            raw(LivingSituationRow.to_on),
        ).order_by(LivingSituationRow.from_on, LivingSituationRow.position)
        found: dict[bytes, tuple[tuple[str, int, int | None], ...]] = {}
        for person, code, begin, end in self._rows(query):
            found[person] = (*found.get(person, ()), (code, _ordinal(begin) or 1, _ordinal(end)))
        return found

    def _workers(self) -> dict[bytes, str]:
        query = (
            select(raw(CaseAssignmentRow.case_id), StaffRow.name)
            .join(StaffRow, StaffRow.id == CaseAssignmentRow.staff_id)
            .where(CaseAssignmentRow.is_primary)
            .order_by(CaseAssignmentRow.from_on)
        )
        return dict(self._rows(query))

    def _planned(self) -> set[bytes]:
        """Cases, and people without one, with a planned follow-up."""
        query = select(raw(FollowUpRow.case_id), raw(FollowUpRow.person_id)).where(
            FollowUpRow.status == Status.PLANNED
        )
        return {case or person for case, person in self._rows(query)}

    def _steps(self) -> dict[bytes, list[Any]]:
        query = select(
            raw(ReferralStepRow.referral_id),
            ReferralStepRow.step,
            ReferralStepRow.on,
            ReferralStepRow.proof,
            ReferralStepRow.ended_by,
        ).order_by(ReferralStepRow.referral_id, ReferralStepRow.position)
        found: dict[bytes, list[Any]] = {}
        for referral, *step in self._rows(query):
            found.setdefault(referral, []).append(step)
        return found

    def _categories(self) -> dict[bytes, str]:
        query = select(ServiceRow.id, ServiceRow.lists)
        return {
            service_id.bytes: first
            for service_id, lists in self._rows(query)
            for first in lists.get("service_category", ())[:1]
        }


def _referral(
    key: bytes,
    person: bytes,
    step: str,
    to_name: str,
    need: str,
    category: str,
    created: int,
    steps: list[Any],
) -> ReferralFact:
    days: dict[Step, int] = {}
    for taken, on, _proof, _ended_by in steps:
        days.setdefault(taken, on.toordinal())
    ended = [row for row in steps if row[3] is not None]
    return ReferralFact(
        key=key,
        person=person,
        offered_on=days.get(Step.OFFERED, created),
        sent_on=days.get(Step.SENT),
        answered_on=_first(days, _ANSWERS),
        accepted_on=_first(days, _ACCEPTING),
        declined_on=days.get(Step.AGENCY_DECLINED),
        appointment_on=days.get(Step.APPOINTMENT),
        attended_on=days.get(Step.ATTENDED),
        engaged_on=days.get(Step.ENGAGED_30_DAYS),
        completed_on=days.get(Step.COMPLETED),
        closed_on=days.get(Step.CLOSED),
        ended_by=ended[-1][3].value if ended else "",
        proof=steps[-1][2].value if steps else "",
        step=step,
        to_name=to_name,
        category=category,
        need=need,
    )


def _first(days: dict[Step, int], steps: Sequence[Step]) -> int | None:
    return min((days[step] for step in steps if step in days), default=None)


def _filled(one: PersonFact, other: PersonFact) -> PersonFact:
    """One person of two linked records."""
    return PersonFact(
        one.key,
        one.is_known or other.is_known,
        one.gender or other.gender,
        one.races or other.races,
        one.language or other.language,
        one.veteran or other.veteran,
        other.age if one.age is None else one.age,
        other.died_on if one.died_on is None else one.died_on,
        tuple(sorted((*one.living, *other.living), key=lambda part: part[1])),
    )


def _age(birth: Any, today: date) -> int | None:
    return None if birth is None else years_between(_date(birth), today)


def _ordinal(day: Any) -> int | None:
    return None if day is None else _date(day).toordinal()


def _date(day: Any) -> date:
    """A day as SQLite keeps it (text) or PostgreSQL gives it."""
    return day if isinstance(day, date) else date.fromisoformat(day)
