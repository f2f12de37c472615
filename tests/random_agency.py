"""A small agency of random rows, edge cases included, written straight into the tables."""

from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID
from zoneinfo import ZoneInfo

from caseapp.domain.births import Precision
from caseapp.domain.calls import Model, UnitRole
from caseapp.domain.contacts import Channel, Outcome
from caseapp.domain.encounters import Certainty, Part
from caseapp.domain.follow_ups import Status
from caseapp.domain.people import LinkKind, PersonKind
from caseapp.domain.referrals import EndedBy, Method, Proof, Step
from caseapp.store.tables.calls import (
    CallRow,
    CitTrainingRow,
    EncounterRow,
    ResponderRow,
    ResponseRow,
    UnitRow,
)
from caseapp.store.tables.cases import (
    CaseAssignmentRow,
    CaseFileRow,
    ContactPersonRow,
    ContactRow,
    FollowUpRow,
)
from caseapp.store.tables.directory import OrganizationRow, ServiceRow
from caseapp.store.tables.people import LivingSituationRow, PersonCodeRow, PersonLinkRow, PersonRow
from caseapp.store.tables.referrals import ReferralRow, ReferralStepRow
from caseapp.store.tables.staff import ProgramRow
from tests.builders import NOW

ZONE = ZoneInfo("America/Los_Angeles")
FIRST, LAST = date(2026, 5, 1), date(2026, 10, 31)
END_POINTS = ("", "Engaged client", "Unable to locate", "Refused", "Cancelled", "Other")
DISPOSITIONS = ("", "Remained in community", "Emergency Department", "Arrest", "Respite", "Moon")
OUTCOMES = ("", "community", "hospital", "jail", "shelter", "declined", "not-found", "unknown")
LADDERS = (
    (Step.OFFERED,),
    (Step.OFFERED, Step.ACCEPTED_BY_PERSON, Step.SENT),
    (Step.OFFERED, Step.SENT, Step.AGENCY_WAITLISTED),
    (Step.OFFERED, Step.SENT, Step.AGENCY_DECLINED, Step.CLOSED),
    (Step.OFFERED, Step.SENT, Step.AGENCY_ACCEPTED, Step.APPOINTMENT, Step.ATTENDED),
    (Step.OFFERED, Step.SENT, Step.ATTENDED, Step.ENGAGED_30_DAYS, Step.COMPLETED),
    (Step.OFFERED, Step.CLOSED),
)


class Maker:
    """Adds rows of every kind through one unit of work."""

    def __init__(self, work, seed: int, staff_id: UUID, staff: tuple[UUID, ...]) -> None:
        self.random = Random(seed)
        self._work, self._staff_id, self._staff = work, staff_id, staff
        self.people: list[UUID] = []
        self.encounters: list[UUID] = []

    def make(self, *, people: int = 25, calls: int = 90) -> None:
        programs = [
            self._add(ProgramRow(id=self._id(), name=name, retired_on=None)) for name in ("Street", "Crisis")
        ]
        units = [
            self._unit(*one)
            for one in (
                ("A1", Model.ALTERNATIVE, True),
                ("P1", Model.POLICE, False),
                ("C1", Model.CIT, False),
                ("CR", Model.CO_RESPONSE, True),
            )
        ]
        self.people = [self._person(number) for number in range(people)]
        for _ in range(3):
            left, right = sorted(self.random.sample(self.people, 2))
            self._add(
                PersonLinkRow(
                    id=self._id(),
                    left_id=left,
                    right_id=right,
                    kind=LinkKind.SAME,
                    reason="",
                    evidence=[],
                    undone_at=None,
                    undone_by=None,
                )
            )
        for number in range(calls):
            self._call(number, units)
        for _ in range(calls * 2):
            self._contact()
        services = [self._service(name) for name in ("detox", "housing")]
        for number in range(people):
            self._referral(number, services)
        for number in range(people // 2):
            self._case(number, programs)
        for number in range(5):
            self._officer(number)

    def _id(self) -> UUID:
        return self._work.new_id()

    def _add(self, row):
        self._work._session.add(row)
        return row.id if hasattr(row, "id") else None

    def _day(self, first: date = FIRST, days: int = 220) -> date:
        return first + timedelta(days=self.random.randrange(days))

    def _moment(self, first: date = FIRST - timedelta(days=40), days: int = 245) -> datetime:
        at = datetime.combine(self._day(first, days), datetime.min.time(), ZONE)
        return min(at + timedelta(minutes=self.random.randrange(1440)), NOW - timedelta(minutes=1))

    def _unit(self, sign, model, is_ours):
        return self._add(
            UnitRow(id=self._id(), call_sign=sign, name=sign, model=model, agency="", is_ours=is_ours)
        ), model

    def _person(self, number: int) -> UUID:
        random = self.random
        person_id = self._id()
        born = (
            date(1950 + random.randrange(60), 1 + random.randrange(12), 1) if random.random() < 0.8 else None
        )
        self._add(
            PersonRow(
                id=person_id,
                kind=PersonKind.KNOWN,
                display_name=f"Person {number}",
                description="",
                birth_on=born,
                birth_precision=Precision.DAY if born else None,
                pronouns="",
                gender=random.choice(("", "woman", "man", "declined")),
                interpreter_needed=False,
                veteran=random.choice(("", "yes", "no")),
                comes_with="",
                deceased_on=self._day() if random.random() < 0.15 else None,
                is_restricted=False,
            )
        )
        for place, code in enumerate(random.sample(("white", "black", "unknown"), random.randrange(3))):
            self._add(
                PersonCodeRow(
                    id=self._id(), person_id=person_id, list_name="race_ethnicity", code=code, position=place
                )
            )
        if random.random() < 0.6:
            self._add(
                PersonCodeRow(
                    id=self._id(),
                    person_id=person_id,
                    list_name="language",
                    code=random.choice(("English", "Spanish")),
                    position=0,
                )
            )
        for place in range(random.randrange(3)):
            begin = self._day(FIRST - timedelta(days=200), 350) if random.random() < 0.9 else None
            end = begin + timedelta(days=random.randrange(200)) if begin and random.random() < 0.5 else None
            self._add(
                LivingSituationRow(
                    id=self._id(),
                    person_id=person_id,
                    position=place,
                    code=random.choice(("116", "410", "207", "9", "302")),
                    from_on=begin,
                    to_on=end,
                )
            )
        return person_id

    def _call(self, number: int, units) -> None:
        random = self.random
        received, call_id = self._moment(), self._id()
        is_day = random.random() < 0.1
        until = NOW - timedelta(days=random.choice((5, 100))) if random.random() < 0.04 else None
        on_scene = (
            received + timedelta(minutes=random.choice((-5, 3, 20, 45, 90, 4000)))
            if random.random() < 0.85
            else None
        )
        cleared = (
            (on_scene or received) + timedelta(minutes=random.choice((-3, 10, 40, 4000)))
            if random.random() < 0.8
            else None
        )
        self._add(
            CallRow(
                id=call_id,
                centre="x",
                number=str(number),
                source=random.choice(("911", "officer", "")),
                received_at=received,
                received_is_day=is_day or until is not None,
                received_until=max(until, received) if until else None,
                entered_at=None,
                dispatched_at=None,
                enroute_at=None,
                on_scene_at=on_scene,
                engaged_at=None,
                cleared_at=cleared,
                type_initial_code="",
                type_initial_text="First",
                type_code="",
                type_text=random.choice(("Welfare check", "")),
                category=random.choice(("", "mental-health", "other")),
                priority="",
                disposition_code="",
                disposition=random.choice(DISPOSITIONS),
                end_point=random.choice(END_POINTS),
                reasons=[],
                agency="",
                place="",
                cross_street="",
                city=random.choice(("Eugene", "")),
                zip="",
                district=random.choice(("D1", "")),
                call_taker="",
                dispatcher="",
                eligible=random.choice(("yes", "yes", "no", "unknown")),
                not_served_reason=random.choice(("", "no-unit", "hours")),
                duplicate_of="77" if random.random() < 0.05 else "",
            )
        )
        for place, (unit, model) in enumerate(random.sample(units, random.choice((0, 1, 1, 1, 2)))):
            known = random.random() < 0.85
            self._add(
                ResponseRow(
                    id=self._id(),
                    call_id=call_id,
                    unit_id=unit if known else None,
                    position=place,
                    call_sign="u",
                    model=model if known else Model.UNKNOWN,
                    role=random.choice((UnitRole.PRIMARY, UnitRole.BACK_UP, UnitRole.FOLLOW_UP)),
                    led_by="",
                    arrived_as="",
                    backup_asked_by=random.choice(("", "", "responder")),
                    backup_reason="",
                    backup_arrived=random.choice((None, False, True)),
                    video_outcome="",
                )
            )
        for _ in range(random.choice((0, 1, 1, 2))):
            self._encounter(call_id)

    def _encounter(self, call_id: UUID) -> None:
        random = self.random
        to = random.choice(("", "", "shelter"))
        offers = [["bed", random.choice(("accepted", "declined", ""))] for _ in range(random.randrange(3))]
        encounter_id = self._add(
            EncounterRow(
                id=self._id(),
                call_id=call_id,
                person_id=random.choice(self.people) if random.random() < 0.8 else None,
                part=random.choice((Part.SUBJECT, Part.SUBJECT, Part.CALLER)),
                certainty=Certainty.STATED,
                stated_name="",
                stated_age=None,
                stated_phone="",
                stated_description="",
                needs=[],
                offers=offers,
                what_was_done="",
                outcome=random.choice(OUTCOMES),
                transported_to=to,
                is_voluntary=random.choice((None, True, False)) if to else None,
                injuries=random.choice(("", "none", "person", "unknown")),
                use_of_force="",
                arrest="",
                follow_up_wished=random.choice(("yes", "yes", "no", "unknown", "declined")),
                how_to_find="",
                triage="seen",
            )
        )
        self.encounters.append(encounter_id)
        if random.random() < 0.1:
            self._follow_up(random.choice(self.people), None, encounter_id)

    def _follow_up(self, person_id, case_id, encounter_id) -> None:
        due_on = LAST + timedelta(days=self.random.choice((-30, -3, 0, 0, 20)))
        self._add(
            FollowUpRow(
                id=self._id(),
                person_id=person_id,
                case_id=case_id,
                encounter_id=encounter_id,
                what="call",
                channel=Channel.PHONE,
                due_on=due_on,
                owner_id=self._staff_id,
                status=self.random.choice((Status.PLANNED, Status.PLANNED, Status.DONE, Status.CANCELLED)),
                latest_on=self.random.choice((None, due_on + timedelta(days=20))),
                attempts=0,
                reason="not wanted",
            )
        )

    def _contact(self) -> None:
        random = self.random
        contact_id = self._add(
            ContactRow(
                id=self._id(),
                at=self._moment(),
                channel=random.choice(tuple(Channel)),
                outcome=random.choice(tuple(Outcome)),
                minutes=random.choice((None, 5, 15, 40)),
                is_incoming=False,
                with_whom="",
                place="",
                items=[],
                staff_id=self._staff_id,
                is_late_entry=False,
                is_substance_use=False,
            )
        )
        for person_id in random.sample(self.people, random.choice((1, 1, 1, 2))):
            self._add(ContactPersonRow(contact_id=contact_id, person_id=person_id))

    def _service(self, category: str) -> UUID:
        organization = self._add(
            OrganizationRow(
                id=self._id(),
                name="Org",
                alternate_name="",
                description="",
                email="",
                website="",
                source="",
                source_id="",
                extra={},
            )
        )
        return self._add(
            ServiceRow(
                id=self._id(),
                organization_id=organization,
                name=category,
                description="",
                status="active",
                url="",
                email="",
                application_process="",
                fees_description="",
                eligibility_description="",
                assured_by="",
                is_substance_use=False,
                for_veterans=False,
                phone="",
                hours=[],
                lists={"service_category": [category]},
                source="",
                source_id="",
                extra={},
            )
        )

    def _referral(self, number: int, services) -> None:
        random = self.random
        ladder, on = random.choice(LADDERS), self._day(FIRST, 180)
        referral_id = self._id()
        self._add(
            ReferralRow(
                id=referral_id,
                person_id=random.choice(self.people),
                service_id=random.choice((*services, None)),
                to_name=f"Agency {number % 3}",
                to_phone="",
                need=random.choice(("detox", "food")),
                why_now="",
                method=Method.SELF,
                step=ladder[-1],
                reply_code=f"R{number:05d}",
                owner_id=self._staff_id,
                accepted_by="",
                is_substance_use=False,
                next_action="",
                present_at_handoff="",
            )
        )
        for place, step in enumerate(ladder):
            ends = step in (Step.CLOSED, Step.AGENCY_DECLINED)
            self._add(
                ReferralStepRow(
                    id=self._id(),
                    referral_id=referral_id,
                    position=place,
                    step=step,
                    on=min(on, NOW.date()),
                    proof=random.choice(tuple(Proof)),
                    by="",
                    note="",
                    ended_by=random.choice(tuple(EndedBy)) if ends else None,
                    reason="x" if ends else "",
                )
            )
            on += timedelta(days=random.choice((0, 1, 3, 20, 40)))

    def _case(self, number: int, programs) -> None:
        random = self.random
        opened = self._day(FIRST - timedelta(days=60), 230)
        closed = opened + timedelta(days=random.randrange(90)) if random.random() < 0.4 else None
        person_id, case_id = random.choice(self.people), self._id()
        self._add(
            CaseFileRow(
                id=case_id,
                number=f"C{number}",
                person_id=person_id,
                program_id=random.choice((*programs, None)),
                opened_on=opened,
                opened_from=random.choice(("call", "self", "")),
                encounter_id=random.choice(self.encounters) if random.random() < 0.5 else None,
                closed_on=closed,
                close_reason="moved" if closed else "",
                outcome="housed" if closed else "",
            )
        )
        for place, staff_id in enumerate(
            random.sample(self._staff, min(len(self._staff), random.choice((1, 2))))
        ):
            self._add(
                CaseAssignmentRow(
                    id=self._id(),
                    case_id=case_id,
                    staff_id=staff_id,
                    is_primary=random.random() < 0.8,
                    from_on=opened + timedelta(days=place),
                )
            )
        if random.random() < 0.5:
            self._follow_up(person_id, random.choice((case_id, None)), None)

    def _officer(self, number: int) -> None:
        responder = self._add(
            ResponderRow(
                id=self._id(),
                name=f"Officer {number}",
                discipline=self.random.choice(("officer", "officer", "nurse")),
                agency=f"PD {number % 2}",
                credentials=[],
                languages=[],
            )
        )
        for _ in range(self.random.randrange(3)):
            self._add(
                CitTrainingRow(id=self._id(), responder_id=responder, on=self._day(FIRST, 220), hours=40)
            )


def fill(services, seed: int, **sizes: int) -> None:
    """Write a random agency into the administrator's open file."""
    context = services.context
    staff = tuple(one.id for one in services.staff.list_staff())
    with context.write("test") as work:
        Maker(work, seed, context.actor.staff_id, staff).make(**sizes)
        work.commit()
