"""Today by role: what must not fall through, who carries what, and what is missing from the records."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from uuid import UUID

from caseapp.domain.access import SEALED_NAME, Right, has_right
from caseapp.domain.cases import CaseRow
from caseapp.domain.consents import Consent
from caseapp.domain.contacts import Contact
from caseapp.domain.counted import counted
from caseapp.domain.follow_ups import FollowUp, needs_supervisor
from caseapp.domain.measures.catalogue import BY_ID
from caseapp.domain.overview import (
    LISTS,
    LOOKED_BACK_DAYS,
    QUIET_AFTER_DAYS,
    Line,
    Listed,
    Tally,
)
from caseapp.domain.referrals import Referral, days_waiting
from caseapp.services.context import Context, Service, verb
from caseapp.services.groups import cases_with_names, names_of, open_groups, with_names, within_scope
from caseapp.services.transfers import covered
from caseapp.store.quality import CallLack
from caseapp.store.unit_of_work import UnitOfWork

UNANSWERED_AFTER_DAYS = 14


class OverviewService(Service):
    """Lists behind the counts of Today."""

    @verb(Right.SEE_CASES)
    def tallies(self, *, only_mine: bool = True) -> list[Tally]:
        """Every list that the actor's role sees, with its rows; the count of each is their number."""
        role = self._context.actor.role
        with self._context.read("overview.tallies") as work:
            reader = _Reader(self._context, work, only_mine=only_mine)
            return [
                Tally(listed, about.words, _figure(about.spoils), tuple(reader.rows(listed)))
                for listed, about in LISTS.items()
                if has_right(role, about.right)
            ]


def _figure(measure: str) -> str:
    return BY_ID[measure].name if measure else ""


class _Reader:
    """Reads each list in one transaction; sealed people's rows are left out, or counted without a name."""

    def __init__(self, context: Context, work: UnitOfWork, *, only_mine: bool) -> None:
        self._context, self._work = context, work
        self._today = context.today()
        self._since = context.now() - timedelta(days=LOOKED_BACK_DAYS)
        me = context.actor.staff_id
        self._owners: tuple[UUID | None, ...] = (
            (me, *sorted(covered(context, work))) if only_mine else (None,)
        )
        self._readers: dict[Listed, Callable[[], list[Line]]] = {
            Listed.NO_STEP: self._without_step,
            Listed.ATTEMPTS: self._attempts,
            Listed.CONSENTS: self._consents,
            Listed.UNSIGNED: lambda: self._notes(work.contacts.unsigned(staff_id=me)),
            Listed.COSIGN: lambda: self._notes(
                [one for one in work.contacts.waiting_for_cosign() if one.staff_id != me]
            ),
            Listed.TEAM_UNSIGNED: lambda: self._notes(work.contacts.unsigned()),
            Listed.QUIET: self._quiet,
            Listed.UNANSWERED: self._unanswered,
            Listed.NOT_IDENTIFIED: lambda: self._calls(work.quality.not_identified(self._since)),
            Listed.NO_OUTCOME: lambda: self._calls(work.quality.without_outcome(self._since)),
            Listed.NOT_SCREENED: lambda: self._calls(work.quality.not_screened(self._since)),
            Listed.NO_UNIT: lambda: self._calls(work.quality.without_unit(self._since)),
            Listed.NOT_DESCRIBED: self._not_described,
        }

    def rows(self, listed: Listed) -> list[Line]:
        """The rows of one list."""
        return self._readers[listed]()

    def _without_step(self) -> list[Line]:
        rows = {
            row.case.id: row
            for owner in self._owners
            for row in self._work.cases.caseload(staff_id=owner)
            if row.lacks_next_step
        }
        found = self._cases(rows.values())
        return [
            Line(
                title=row.case.person_name,
                second=f"{row.case.number}, {row.case.primary_name}",
                place="case",
                subject=row.case.id,
                on=row.last_contact_on or row.case.opened_on,
                person_id=row.case.person_id,
            )
            for row in found
        ]

    def _cases(self, rows: Iterable[CaseRow]) -> list[CaseRow]:
        """Those within the actor's scope, each under the name of the whole person."""
        return cases_with_names(self._context, self._work, within_scope(self._context, self._work, rows))

    def _attempts(self) -> list[Line]:
        planned = [
            one
            for owner in self._owners
            for one in self._work.follow_ups.planned(owner_id=owner)
            if needs_supervisor(one)
        ]
        found = with_names(self._context, self._work, self._context.only_open(self._work, planned, _person))
        return [
            Line(
                title=one.person_name,
                second=f"{one.what}: {one.attempts} attempts, {one.owner_name}",
                place="person",
                subject=one.person_id,
                on=one.due_on,
                person_id=one.person_id,
            )
            for one in found
        ]

    def _consents(self) -> list[Line]:
        ending = self._work.consents.ending(from_on=self._today, to_on=self._today + timedelta(days=7))
        found = self._context.only_open(self._work, ending, _person)
        names = names_of(self._context, self._work, (one.person_id for one in found))
        return [
            Line(
                title=names[one.person_id],
                second=f"for {', '.join(one.details.recipients)}",
                place="consents",
                subject=one.person_id,
                on=one.details.expires_on,
                person_id=one.person_id,
            )
            for one in found
        ]

    def _notes(self, contacts: list[Contact]) -> list[Line]:
        closed = self._context.closed(
            self._work, (one for each in contacts for one in each.details.person_ids)
        )
        found = [
            one
            for one in contacts
            if one.details.note.text and not closed.intersection(one.details.person_ids)
        ]
        people = (one for each in found for one in each.details.person_ids)
        names = names_of(self._context, self._work, people)
        return [
            Line(
                title=", ".join(names[each] for each in one.details.person_ids),
                second=f"by {one.staff_name}",
                place="contact",
                subject=one.id,
                on=one.details.at.astimezone(self._context.zone).date(),
                person_id=one.details.person_ids[0],
            )
            for one in found
        ]

    def _quiet(self) -> list[Line]:
        rows = [row for row in self._work.cases.caseload() if row.days_quiet(self._today) >= QUIET_AFTER_DAYS]
        found = self._cases(rows)
        return [
            Line(
                title=row.case.person_name,
                second=", ".join(
                    (counted(row.days_quiet(self._today), "day"), row.case.number, row.case.primary_name)
                ),
                place="case",
                subject=row.case.id,
                on=row.last_contact_on or row.case.opened_on,
                person_id=row.case.person_id,
            )
            for row in sorted(found, key=lambda row: -row.days_quiet(self._today))
        ]

    def _unanswered(self) -> list[Line]:
        found = with_names(
            self._context,
            self._work,
            self._context.only_open(self._work, self._work.referrals.open(), _person),
        )
        rows = [(one, self._waits(one)) for one in found]
        return [
            Line(
                title=one.to_name,
                second=f"{one.person_name}, {counted(days, 'day')} without an answer",
                place="referral",
                subject=one.id,
                on=one.sent_on,
                person_id=one.person_id,
            )
            for one, days in rows
            if days >= UNANSWERED_AFTER_DAYS
        ]

    def _waits(self, one: Referral) -> int:
        days = days_waiting(
            step=one.step, sent_on=one.sent_on, last_answer_on=one.last_answer_on, today=self._today
        )
        return days if days is not None else -1

    def _calls(self, lacking: list[CallLack]) -> list[Line]:
        return [
            Line(
                title=f"Call {number}",
                second=words or "type not recorded",
                place="calls",
                subject=call_id,
                on=at.astimezone(self._context.zone).date(),
            )
            for call_id, number, words, at in lacking
        ]

    def _not_described(self) -> list[Line]:
        cases = within_scope(self._context, self._work, self._work.cases.caseload())
        people = open_groups(self._context, self._work, (row.case.person_id for row in cases))
        lines = []
        for row in cases:
            details = people[row.case.person_id].details
            missing = [
                words
                for words, told in (
                    ("age", details.birth),
                    ("gender", details.gender),
                    ("race", details.races),
                )
                if not told
            ]
            if missing:
                lines.append(
                    Line(
                        title=people[row.case.person_id].display_name or SEALED_NAME,
                        second=f"{', '.join(missing)} not recorded, {row.case.number}",
                        place="new-person",
                        subject=row.case.person_id,
                        person_id=row.case.person_id,
                    )
                )
        return lines


def _person(one: FollowUp | Consent | Referral) -> UUID:
    return one.person_id
