"""Calls for service: the list, the workbench, and what is written of a call."""

from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from caseapp.domain.access import SEALED_NAME, Right
from caseapp.domain.call_filters import CallFilter, Written
from caseapp.domain.call_forms import check_facts, check_note, check_response, check_safety
from caseapp.domain.call_numbers import next_own, own_head
from caseapp.domain.calls import (
    Call,
    CallLine,
    CallNote,
    SafetyCheck,
    UnitResponse,
    is_served,
    veil_narrative,
)
from caseapp.domain.changes import Change, Kind
from caseapp.domain.encounters import (
    Encounter,
    veil_encounter,
)
from caseapp.domain.named_places import NamedPlace
from caseapp.domain.place_notes import NOTHING_NOTED, PlaceNote
from caseapp.domain.screening import Criterion, Sheet, Verdict, check_sheet, decide_eligibility, valid_on
from caseapp.exchange import calls_csv
from caseapp.services.call_lists import CallListReads
from caseapp.services.context import verb
from caseapp.services.encounters import open_met
from caseapp.services.groups import called
from caseapp.services.people import unknown_seen
from caseapp.services.places import at_place
from caseapp.services.row_files import export_rows, watched
from caseapp.services.stages import Progress, no_progress
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
    """Calls."""

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

    @verb(Right.CHANGE_CALLS)
    def add(self, *, call: Call) -> UUID:
        """Write a call by hand; raises NumberTaken, or what `check_facts` and `check_response` raise.

        One without a number, which no dispatch centre knows, gets the next one of the agency's own.
        """
        for response in call.responses:
            check_response(response)
        with self._context.write("call.add") as work:
            if not call.number.strip():
                day = call.received_at.astimezone(self._context.zone).date()
                call = replace(call, number=next_own(work.calls.own_numbers(own_head(day)), day))
            call_id = work.calls.add(check_facts(call, now=self._context.now()))
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

    @verb(Right.EXPORT)
    def export(self, *, out: Path, progress: Progress = no_progress) -> int:
        """Every call into a CSV file, without people; journaled. Returns how many there are.

        Raises ExportStopped or what `write_rows` raises; then nothing of it was written.
        """
        zone = self._context.zone
        with self._context.read("call.export") as work:
            rows = (
                calls_csv.row(line, zone) for line in map(calls_csv.CallLine._make, work.calls.every_line())
            )
            told = watched(rows, progress, "Writing calls", work.calls.count(CallFilter()).calls)
            return export_rows(self._context, out, calls_csv.HEADER, told, verb="call.export", what="calls")

    def _met(self, work: UnitOfWork, call_id: UUID) -> tuple[MetPerson, ...]:
        """Everybody on a call; who is sealed counts, and nothing is said of them."""
        met = work.encounters.of_call(call_id)
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
        for encounter, _name in work.encounters.of_call(call_id):
            open_met(self._context, work, encounter, verb=verb)


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
