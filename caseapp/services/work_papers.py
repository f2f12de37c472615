"""Papers that stay in the house: the caseload, the hand-over to the next shift, the supervisor's review."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from caseapp.documents import sheet
from caseapp.documents.sheet import Section, SheetData
from caseapp.domain.access import SEALED_NAME, Right
from caseapp.domain.cases import CaseRow
from caseapp.domain.consents import Consent, is_in_force
from caseapp.domain.contacts import contact_words
from caseapp.domain.counted import counted
from caseapp.domain.day_words import day_words, long_day, short_day, weekday_words
from caseapp.domain.disclosures import Law
from caseapp.domain.follow_ups import LATE, FollowUp
from caseapp.domain.notes import cleaned
from caseapp.domain.people import PersonDetails, usual_place
from caseapp.domain.referrals import Referral, days_waiting
from caseapp.domain.triage import clock_words
from caseapp.services import way_out
from caseapp.services.context import Service, verb
from caseapp.services.groups import (
    cases_with_names,
    members_of,
    names_of,
    open_groups,
    with_names,
    within_scope,
)
from caseapp.services.paper_words import agency_line, part2_notice
from caseapp.services.triage_queue import arrivals
from caseapp.store.unit_of_work import UnitOfWork

IN_HOUSE = "For staff of this agency only. Names people served: do not leave it lying, shred it when done."
OPEN_LONG_DAYS = 45
"""Cases open longer are counted on the review (Texas audit form, standards.md C 10)."""

CRITERIA = (
    "First contact in time",
    "Contact or attempt every week",
    "Every case has a dated next step",
    "Needs and goals in the person's words",
    "Safety looked at where there is an alert",
    "Notes written and signed",
    "Barriers named and worked on",
    "Ready to close, or the reason why not",
)


class WorkPaperService(Service):
    """Sheets for the agency's own staff, each journaled with everybody it names."""

    @verb(Right.CHANGE_CASES)
    def caseload(self, *, only_mine: bool = True) -> bytes:
        """The caseload as a list: risk, where they live, last contact, next step, referrals, consents."""
        staff_id = self._context.actor.staff_id if only_mine else None
        with self._context.write("work-paper.caseload") as work:
            rows = self._cases(work, staff_id)
            section = Section(
                "Open cases",
                ("Person", "Risk and living", "Last contact", "Next step", "Referrals", "Consents"),
                tuple(self._case_cells(work, row) for row in rows),
                (0.19, 0.21, 0.11, 0.21, 0.16, 0.12),
            )
            whose = self._context.actor.name if only_mine else "everybody"
            data = self._sheet(work, "Caseload", (("Of", whose),), (section,))
            return self._keep(work, data, "caseload", [row.case.person_id for row in rows])

    @verb(Right.CHANGE_CASES)
    def hand_over(self, *, words: str = "", only_mine: bool = False) -> bytes:
        """The day for the next shift: who was met or tried, what is due, who waits, and words of one's own.

        Notes stay in the file: the sheet says who and when, and nothing of substance use.
        """
        staff_id = self._context.actor.staff_id if only_mine else None
        with self._context.write("work-paper.hand-over") as work:
            met, met_people = self._met_today(work, staff_id)
            due, due_people = self._due_soon(work, staff_id)
            new, new_people = self._new(work)
            drafts = work.drafts.waiting(self._context.actor.staff_id)
            facts = (
                ("Day", long_day(self._context.today(), with_year=True)),
                ("By", self._context.actor.name),
                ("Drafts", f"{len(drafts)} of mine are not finished" if drafts else "none unfinished"),
            )
            data = self._sheet(
                work, "Hand-over to the next shift", facts, (due, new, met), words=cleaned(words)
            )
            return self._keep(work, data, "hand-over", [*met_people, *due_people, *new_people])

    @verb(Right.SEE_CASES)
    def agenda(self, *, first: date | None = None, last: date | None = None, only_mine: bool = True) -> bytes:
        """What is planned, of the actor or of everybody: all of it, or from a day to a day."""
        owner = self._context.actor.staff_id if only_mine else None
        with self._context.write("work-paper.agenda") as work:
            if first is None or last is None:
                rows, days = work.follow_ups.planned(owner_id=owner), "all that is planned"
            else:
                rows = work.follow_ups.between(first, last, owner_id=owner)
                ends = dict.fromkeys((first, max(first, last)))
                days = " to ".join(weekday_words(day, with_year=True) for day in ends)
            section, people = self._planned(work, "Planned", rows)
            whose = self._context.actor.name if only_mine else "everybody"
            data = self._sheet(work, "Follow-ups", (("Of", whose), ("Days", days)), (section,))
            return self._keep(work, data, "agenda", people)

    @verb(Right.LEAD_TEAM)
    def review(self, *, staff_id: UUID) -> bytes:
        """The sheet on which a supervisor reviews a worker's cases, with what the records already tell.

        What is said of the worker stands on this sheet and never in a person's file.
        """
        with self._context.write("work-paper.review") as work:
            rows = [row for row in self._cases(work, staff_id) if row.case.primary_id == staff_id]
            today = self._context.today()
            section = Section(
                "Cases",
                ("Person", "Open", "Quiet", "Next step", "Needs", "Remarks on the case"),
                tuple(_reviewed(row, today) for row in rows),
                (0.2, 0.1, 0.1, 0.22, 0.12, 0.26),
            )
            data = self._sheet(
                work,
                "Supervisor's review",
                self._review_facts(work, staff_id, rows, today),
                (section,),
                criteria=CRITERIA,
                blanks=("Reviewer", "Worker", "Day"),
            )
            return self._keep(work, data, "review", [row.case.person_id for row in rows])

    def _review_facts(
        self, work: UnitOfWork, staff_id: UUID, rows: list[CaseRow], today: date
    ) -> tuple[tuple[str, str], ...]:
        long = sum((today - row.case.opened_on).days > OPEN_LONG_DAYS for row in rows)
        unsigned = sum(bool(one.details.note.text) for one in work.contacts.unsigned(staff_id=staff_id))
        return (
            ("Worker", work.staff.get(staff_id).details.name),
            ("Reviewer", self._context.actor.name),
            ("Day", day_words(today)),
            ("Reviewed", f"{counted(len(rows), 'open case')}, {long} open more than {OPEN_LONG_DAYS} days"),
            ("No next step", str(sum(row.lacks_next_step for row in rows))),
            ("Unsigned notes", str(unsigned)),
        )

    def _keep(self, work: UnitOfWork, data: SheetData, kind: str, people: list[UUID]) -> bytes:
        return way_out.keep_in_house(work, people=people, kind=kind, built=sheet.build(data))

    def _sheet(
        self,
        work: UnitOfWork,
        title: str,
        facts: tuple[tuple[str, str], ...],
        sections: tuple[Section, ...],
        *,
        words: str = "",
        criteria: tuple[str, ...] = (),
        blanks: tuple[str, ...] = (),
    ) -> SheetData:
        agency = work.agency.get()
        notice = IN_HOUSE
        if agency.law is Law.PART_2:
            notice = f"{IN_HOUSE} {part2_notice(agency)}"
        return SheetData(
            title=title,
            agency=agency_line(agency),
            facts=facts,
            sections=sections,
            notice=notice,
            words=words,
            words_title="To know",
            criteria=criteria,
            blanks=blanks,
            foot=way_out.foot(self._context, title),
        )

    def _cases(self, work: UnitOfWork, staff_id: UUID | None) -> list[CaseRow]:
        rows = within_scope(self._context, work, work.cases.caseload(staff_id=staff_id))
        return cases_with_names(self._context, work, rows)

    def _case_cells(self, work: UnitOfWork, row: CaseRow) -> tuple[str, ...]:
        today = self._context.today()
        person_id = row.case.person_id
        details = open_groups(self._context, work, [person_id])[person_id].details
        people = members_of(self._context, work, person_id)
        given = [one for each in people for one in work.consents.of_person(each)]
        consents = [one for one in given if is_in_force(one, today=today)]
        referrals = [one for each in people for one in work.referrals.of_person(each) if one.is_waiting]
        last = short_day(row.last_contact_on) if row.last_contact_on else "none yet"
        late = (today - row.next_step_on).days if row.next_step_on else 0
        return (
            f"{row.case.person_name}\n{row.case.number}",
            _risk(details, today),
            f"{last}\n{counted(row.days_quiet(today), 'day')}",
            _step(row) + (f", {counted(late, 'day')} late" if late > 0 else ""),
            "; ".join(_waits(one, today) for one in referrals) or "none waiting",
            _ends(consents),
        )

    def _met_today(self, work: UnitOfWork, staff_id: UUID | None) -> tuple[Section, list[UUID]]:
        start = datetime.combine(self._context.today(), time(), self._context.zone)
        found = work.contacts.since(start, staff_id=staff_id)
        closed = self._context.closed(work, (one for each in found for one in each.details.person_ids))
        shown = [one for one in found if not closed.intersection(one.details.person_ids)]
        people = [one for each in shown for one in each.details.person_ids]
        names = names_of(self._context, work, people)
        said = work.agency.code_words()
        rows = tuple(
            (
                f"{one.details.at.astimezone(self._context.zone):%H:%M}",
                ", ".join(names[each] for each in one.details.person_ids),
                contact_words(said, one.details.channel, one.details.outcome),
                one.details.place or " ",
                one.staff_name,
            )
            for one in shown
        )
        header = ("At", "Who", "How", "Where", "By")
        return Section("Met or tried today", header, rows, (0.1, 0.28, 0.24, 0.2, 0.18)), people

    def _due_soon(self, work: UnitOfWork, staff_id: UUID | None) -> tuple[Section, list[UUID]]:
        until = self._context.today() + timedelta(days=1)
        planned = work.follow_ups.planned(owner_id=staff_id, until=until)
        return self._planned(work, "Overdue, due today and tomorrow", planned)

    def _planned(self, work: UnitOfWork, title: str, found: list[FollowUp]) -> tuple[Section, list[UUID]]:
        seen = self._context.only_open(work, found, lambda one: one.person_id)
        planned, said = with_names(self._context, work, seen), work.agency.code_words()
        rows = tuple(
            (
                self._due_words(one),
                one.person_name,
                one.what,
                said.word("contact_channel", one.channel),
                one.owner_name,
            )
            for one in planned
        )
        header = ("Due", "Who", "What", "How", "Whose")
        section = Section(title, header, rows, (0.16, 0.24, 0.3, 0.12, 0.18))
        return section, [one.person_id for one in planned]

    def _new(self, work: UnitOfWork) -> tuple[Section, list[UUID]]:
        now = self._context.now()
        found = [one for one in arrivals(self._context, work) if one.name != SEALED_NAME]
        rows = tuple(
            (f"{clock_words(one.waits(now))} ago", one.name, one.type_text, one.place, one.call_number)
            for one in found
        )
        header = ("Call", "Who", "Type", "Where", "Number")
        section = Section("New from calls, to decide", header, rows, (0.14, 0.26, 0.24, 0.2, 0.16))
        return section, [one.person_id for one in found if one.person_id is not None]

    def _due_words(self, one: FollowUp) -> str:
        """The day and hour, and whether that is over, by the one rule of what is late."""
        clock = f" {one.due_at.astimezone(self._context.zone):%H:%M}" if one.due_at else ""
        stands = self._context.stands(one)
        return f"{weekday_words(one.due_on)}{clock}" + (f"\n{stands.value}" if stands in LATE else "")


def _risk(details: PersonDetails, today: date) -> str:
    alerts = [one.text for one in details.alerts_on(today) if one.kind in ("safety", "medical")]
    return "\n".join(filter(None, (*alerts, usual_place(details, today)))) or "none recorded"


def _reviewed(row: CaseRow, today: date) -> tuple[str, ...]:
    """A case as it is reviewed, with room for remarks."""
    return (
        f"{row.case.person_name}\n{row.case.number}",
        counted((today - row.case.opened_on).days, "day"),
        counted(row.days_quiet(today), "day"),
        _step(row),
        f"{sum(one.status == 'met' for one in row.case.goals)} of {len(row.case.goals)} met",
        " ",
    )


def _step(row: CaseRow) -> str:
    return f"{short_day(row.next_step_on)}: {row.next_step}" if row.next_step_on else "NO NEXT STEP"


def _waits(one: Referral, today: date) -> str:
    days = days_waiting(step=one.step, sent_on=one.sent_on, last_answer_on=one.last_answer_on, today=today)
    waited = counted(days or 0, "day")
    return waited if one.is_substance_use else f"{one.to_name}, {waited}"


def _ends(consents: list[Consent]) -> str:
    ends = sorted(one.details.expires_on for one in consents if one.details.expires_on)
    if not consents:
        return "none"
    return f"{len(consents)}, first ends {day_words(ends[0])}" if ends else f"{len(consents)} without end"
