"""Calls for service: the list, the workbench, and saying who was met."""

from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from caseapp.domain.access import SEALED_NAME, Right
from caseapp.domain.call_filters import CallFilter, Written
from caseapp.domain.call_forms import check_encounter, check_facts, check_note, check_response, check_safety
from caseapp.domain.calls import (
    Call,
    CallLine,
    CallNote,
    Certainty,
    Encounter,
    EncounterDetails,
    SafetyCheck,
    StatedIdentity,
    UnitResponse,
    decide_link,
    decide_unlink,
    is_served,
    said_over,
    veil_encounter,
    veil_narrative,
)
from caseapp.domain.changes import Change, Kind
from caseapp.domain.matching.intake import AT_MOST
from caseapp.domain.matching.traits import Candidate, Traits
from caseapp.domain.named_places import NamedPlace
from caseapp.domain.people import (
    Birth,
    ContactPoint,
    Name,
    NameKind,
    PersonDetails,
    PersonKind,
    PointKind,
    birth_by_age,
    check,
)
from caseapp.domain.places import NOTHING_NOTED, PlaceNote
from caseapp.domain.repeat import since
from caseapp.domain.screening import Criterion, Sheet, Verdict, check_sheet, decide_eligibility, valid_on
from caseapp.exchange import calls_csv
from caseapp.services.call_lists import CallListReads, records_met
from caseapp.services.context import Context, verb
from caseapp.services.groups import called
from caseapp.services.people import PeopleService, add_person, unknown_seen
from caseapp.services.places import at_place
from caseapp.store.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class MetPerson:
    """Somebody on a call: the encounter and the name where it is known and may be read."""

    encounter: Encounter
    name: str
    is_sealed: bool = False


@dataclass(frozen=True, slots=True)
class Workbench:
    """A call with its people, its answer sheet, and the earlier calls at its place."""

    call: Call
    people: tuple[MetPerson, ...]
    earlier_here: tuple[CallLine, ...]
    criteria: tuple[Criterion, ...] = ()
    sheet: Sheet = field(default_factory=Sheet)
    unknown_here: int = 0
    spellings: tuple[Written, ...] = ()
    """The call's place as it and other calls write it."""
    nearby: tuple[CallLine, ...] = ()
    place_note: PlaceNote = NOTHING_NOTED
    named_place: NamedPlace | None = None

    @property
    def verdict(self) -> Verdict:
        """What the criteria of that day say by the answers given."""
        return decide_eligibility(self.criteria, self.sheet.answers)

    @property
    def is_sealed(self) -> bool:
        """Whether somebody was met here whom the actor may not open, so that nothing may be overwritten."""
        return any(one.is_sealed for one in self.people)


class CallService(CallListReads):
    """Calls and encounters."""

    def __init__(self, context: Context, people: PeopleService) -> None:
        super().__init__(context)
        self._people = people

    @verb(Right.SEE_CALLS)
    def recent(
        self,
        *,
        days: int | None = None,
        place: str = "",
        person_id: UUID | None = None,
        limit: int = 500,
    ) -> list[CallLine]:
        """Calls newest first, of the last days or all; at one place, or of one person (raises Sealed)."""
        after = since(days, now=self._context.now()) if days is not None else None
        where = CallFilter(after=after, place=place, person_id=person_id)
        with self._context.read("call.list") as work:
            return work.calls.page(where, met=records_met(self._context, work, where), limit=limit)

    @verb(Right.SEE_CALLS)
    def open(self, *, call_id: UUID) -> Workbench:
        """The workbench of a call; the opening is journaled. Of sealed people only that they were met."""
        with self._context.write("call.open") as work:
            call = work.calls.get(call_id)
            people = self._met(work, call_id)
            criteria, sheet = self._criteria_of(work, call), _sheet_of(work, call)
            if any(one.is_sealed for one in people):
                call = veil_narrative(call)
                sheet = replace(sheet, reason="")
            found = at_place(work, call)
            met = tuple(
                one.encounter.person_id for one in people if one.encounter.person_id and not one.is_sealed
            )
            unknown = unknown_seen(self._context, work, found.spellings) if found.spellings else []
            work.note("opened", subjects=(call_id, *met))
            work.commit()
        return Workbench(
            call=call,
            people=people,
            earlier_here=found.here,
            nearby=found.near,
            place_note=found.note,
            named_place=found.named,
            criteria=tuple(criteria),
            sheet=sheet,
            unknown_here=len(unknown),
            spellings=found.spellings,
        )

    @verb(Right.SEE_CALLS)
    def candidates(
        self, *, encounter_id: UUID, stated: StatedIdentity | None = None, at_most: int = AT_MOST
    ) -> list[Candidate]:
        """Who the person on a call may be, with reasons; by what was said, or by what is being typed.

        Raises Sealed: what was said of somebody whom the actor may not open is not to be guessed by others.
        """
        with self._context.read("call.candidates") as work:
            encounter = work.calls.encounter(encounter_id)
            self._open_met(work, encounter, verb="call.candidates")
            call = work.calls.get(encounter.call_id)
        stated = stated or encounter.details.stated
        traits = Traits(
            names=(stated.name,) if stated.name else (),
            birth_date=stated.birth_date,
            age=stated.age,
            phones=(stated.phone,) if stated.phone else (),
            place=call.place,
            seen_on=call.received_at.astimezone(self._context.zone).date(),
        )
        return self._people.candidates(traits=traits, at_most=at_most)

    @verb(Right.CHANGE_CALLS)
    def add(self, *, call: Call) -> UUID:
        """Write a call by hand; raises NumberTaken, or what `check_facts` and `check_response` raise."""
        call = check_facts(call, now=self._context.now())
        for response in call.responses:
            check_response(response)
        with self._context.write("call.add") as work:
            call_id = work.calls.add(call)
            work.commit()
        return call_id

    @verb(Right.CHANGE_CALLS)
    def change(self, *, call: Call) -> Change:
        """Write the facts of a call; its id and version say which. Raises StaleRecord, NumberTaken,
        Sealed, or what `check_facts` raises."""
        call = check_facts(call, now=self._context.now())
        with self._context.write("call.change") as work:
            self._open_call(work, call.id, verb="call.change")
            work.calls.change(call)
            work.commit()
        return _call_changed(call.id)

    @verb(Right.CHANGE_CALLS)
    def change_units(self, *, call_id: UUID, responses: tuple[UnitResponse, ...], version: int) -> Change:
        """Write the units of a call; raises StaleRecord, Sealed, or what `check_response` raises."""
        for response in responses:
            check_response(response)
        with self._context.write("call.units") as work:
            self._open_call(work, call_id, verb="call.units")
            work.calls.change_responses(call_id, responses, version=version)
            work.commit()
        return _call_changed(call_id)

    @verb(Right.CHANGE_CALLS)
    def add_note(self, *, call_id: UUID, note: CallNote) -> Change:
        """Add an entry to the narrative, which is only added to; raises NoteEmpty."""
        check_note(note)
        with self._context.write("call.note") as work:
            work.calls.add_note(call_id, note)
            work.commit()
        return _call_changed(call_id)

    @verb(Right.CHANGE_CALLS)
    def add_safety_check(self, *, call_id: UUID, check: SafetyCheck) -> Change:
        """Write that a unit was asked whether it is safe; raises CallSignMissing or ReceivedAhead."""
        check_safety(check, now=self._context.now())
        with self._context.write("call.safety-check") as work:
            work.calls.add_safety_check(call_id, check)
            work.commit()
        return _call_changed(call_id)

    @verb(Right.CHANGE_CALLS)
    def screen(self, *, call_id: UUID, sheet: Sheet, version: int) -> Change:
        """Write the answer sheet of a call and whether it was eligible; raises StaleRecord, Sealed,
        OverruledWithoutReason, NotServedReasonMissing or WasServed."""
        with self._context.write("call.screen") as work:
            self._open_call(work, call_id, verb="call.screen")
            call = work.calls.get(call_id)
            verdict = decide_eligibility(self._criteria_of(work, call), sheet.answers)
            check_sheet(sheet, verdict, is_served=is_served(call))
            work.screening.write_sheet(call_id, sheet, version=version)
            work.commit()
        return _call_changed(call_id)

    @verb(Right.CHANGE_CALLS)
    def add_encounter(
        self, *, call_id: UUID, details: EncounterDetails, person_id: UUID | None = None
    ) -> UUID:
        """Write that somebody was met on a call; raises Sealed, or what `check_encounter` raises."""
        check_encounter(details, is_linked=person_id is not None, today=self._context.today())
        with self._context.write("encounter.add") as work:
            if person_id is not None:
                self._context.open_person(work, person_id, verb="encounter.add")
            encounter_id = work.calls.add_encounter(call_id, person_id, details)
            work.commit()
        return encounter_id

    @verb(Right.CHANGE_CALLS)
    def change_encounter(self, *, encounter_id: UUID, details: EncounterDetails, version: int) -> Change:
        """Write what happened at the scene; raises StaleRecord, Sealed, or what `check_encounter`
        raises."""
        with self._context.write("encounter.change") as work:
            met = work.calls.encounter(encounter_id)
            self._open_met(work, met, verb="encounter.change")
            check_encounter(details, is_linked=met.person_id is not None, today=self._context.today())
            work.calls.change_encounter(encounter_id, details, version=version)
            work.commit()
        return Change(frozenset({Kind.ENCOUNTER}), record_id=encounter_id)

    @verb(Right.CHANGE_CALLS)
    def say_who(
        self, *, encounter_id: UUID, before: StatedIdentity, said: StatedIdentity
    ) -> tuple[Encounter, tuple[str, ...]]:
        """Write what is typed of who was met, over what was read before; the rest stays as others wrote it.

        Returns the meeting as it stands now, and the words of others that were written over. Raises Sealed,
        or what `check_encounter` raises.
        """
        with self._context.write("encounter.change") as work:
            met = work.calls.encounter(encounter_id)
            self._open_met(work, met, verb="encounter.change")
            stated, lost = said_over(met.details.stated, before, said)
            details = replace(met.details, stated=stated)
            check_encounter(details, is_linked=met.person_id is not None, today=self._context.today())
            work.calls.change_encounter(encounter_id, details, version=met.version)
            work.commit()
        return replace(met, details=details, version=met.version + 1), lost

    @verb(Right.LINK_PEOPLE)
    def link(self, *, encounter_id: UUID, person_id: UUID, reasons: tuple[str, ...] = ()) -> Change:
        """Say who was met; raises AlreadyLinked or Sealed."""
        with self._context.write("encounter.link") as work:
            encounter = work.calls.encounter(encounter_id)
            decide_link(encounter)
            self._context.open_person(work, person_id, verb="encounter.link")
            details = replace(encounter.details, certainty=Certainty.LIKELY)
            work.calls.link(encounter_id, person_id, details, version=encounter.version)
            work.about(encounter.call_id)
            work.commit(reason="; ".join(reasons))
        return _linked(person_id, encounter_id)

    @verb(Right.LINK_PEOPLE)
    def unlink(self, *, encounter_id: UUID, person_id: UUID) -> Change:
        """Take back that this person was met; the call and the person stay as they were.

        Raises Sealed, or LinkedAnew where somebody said meanwhile that it was another person, or nobody.
        """
        with self._context.write("encounter.unlink") as work:
            encounter = work.calls.encounter(encounter_id)
            self._open_met(work, encounter, verb="encounter.unlink")
            decide_unlink(encounter, person_id)
            work.about(person_id)
            details = replace(encounter.details, certainty=Certainty.STATED)
            work.calls.link(encounter_id, None, details, version=encounter.version)
            work.commit()
        return Change(frozenset({Kind.ENCOUNTER, Kind.PERSON, Kind.CALL}), record_id=encounter_id)

    @verb(Right.CHANGE_PEOPLE)
    def link_new(self, *, encounter_id: UUID, details: PersonDetails) -> UUID:
        """Make a person, known or unknown, of whoever was met; returns the person's id."""
        check(details, today=self._context.today())
        with self._context.write("encounter.link-new") as work:
            encounter = work.calls.encounter(encounter_id)
            decide_link(encounter)
            person_id = add_person(work, details, maker=self._context.actor.staff_id)
            sure = replace(encounter.details, certainty=Certainty.CONFIRMED)
            work.calls.link(encounter_id, person_id, sure, version=encounter.version)
            work.about(encounter.call_id)
            work.commit()
        return person_id

    @verb(Right.EXPORT)
    def export(self) -> bytes:
        """Every call as CSV, without people; the export is journaled."""
        with self._context.write("call.export") as work:
            lines = [calls_csv.CallLine._make(row) for row in work.calls.every_line()]
            work.note("exported", detail={"calls": len(lines)})
            work.commit()
        return calls_csv.write(lines, zone=self._context.zone)

    def _met(self, work: UnitOfWork, call_id: UUID) -> tuple[MetPerson, ...]:
        """Everybody on a call; who is sealed counts, and nothing is said of them."""
        met = work.calls.encounters(call_id)
        closed = self._context.closed(work, (one.person_id for one, _name in met))
        names = called(self._context, work, (one.person_id for one, _name in met))
        return tuple(
            MetPerson(veil_encounter(one), SEALED_NAME, is_sealed=True)
            if one.person_id in closed
            else MetPerson(one, names.get(one.person_id, name) if one.person_id else name)
            for one, name in met
        )

    def _criteria_of(self, work: UnitOfWork, call: Call) -> list[Criterion]:
        """The criteria in force on the agency's day of the call."""
        day = call.received_at.astimezone(self._context.zone).date()
        return valid_on(work.screening.criteria(), day)

    def _open_call(self, work: UnitOfWork, call_id: UUID, *, verb: str) -> None:
        """Raise Sealed where words were withheld from the actor, who would write over them unseen."""
        for encounter, _name in work.calls.encounters(call_id):
            self._open_met(work, encounter, verb=verb)

    def _open_met(self, work: UnitOfWork, encounter: Encounter, *, verb: str) -> None:
        """Raise Sealed where the encounter belongs to somebody whom the actor may not open."""
        if encounter.person_id is not None:
            self._context.open_person(work, encounter.person_id, verb=verb)


def _sheet_of(work: UnitOfWork, call: Call) -> Sheet:
    return Sheet(
        answers=work.screening.answers(call.id),
        eligible=call.eligible or "unknown",
        reason=call.eligible_reason,
        not_served_reason=call.not_served_reason,
        screened_by=call.screened_by,
        screened_at=call.screened_at,
    )


def _call_changed(call_id: UUID) -> Change:
    return Change(frozenset({Kind.CALL}), record_id=call_id)


def person_as_stated(stated: StatedIdentity, *, is_named: bool, place: str, today: date) -> PersonDetails:
    """A new record of what was said on the call: somebody by name, or an unknown person by their looks."""
    birth = Birth(stated.birth_date) if stated.birth_date else None
    if birth is None and stated.age is not None:
        birth = birth_by_age(stated.age, today)
    return PersonDetails(
        kind=PersonKind.KNOWN if is_named else PersonKind.UNKNOWN,
        names=(Name(NameKind.LEGAL, stated.name),) if is_named else (),
        description="" if is_named else stated_details(stated, place=place),
        birth=birth,
        points=(ContactPoint(PointKind.PHONE, stated.phone),) if stated.phone else (),
    )


def stated_details(stated: StatedIdentity, *, place: str) -> str:
    """Words for an unknown person's description, from what was said on the call."""
    words = [stated.description or stated.words]
    if place:
        words.append(f"met at {place}")
    return ", ".join(words)


def _linked(person_id: UUID, encounter_id: UUID) -> Change:
    return Change(
        frozenset({Kind.ENCOUNTER, Kind.PERSON, Kind.CALL}), person_id=person_id, record_id=encounter_id
    )
