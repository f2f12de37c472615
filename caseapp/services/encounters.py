"""Who was met on a call: what happened at the scene, who it may be, and saying who it was."""

from dataclasses import replace
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.call_forms import check_encounter
from caseapp.domain.changes import Change, Kind
from caseapp.domain.encounters import (
    Certainty,
    Encounter,
    EncounterDetails,
    StatedIdentity,
    decide_link,
    decide_unlink,
    details_over,
    said_over,
)
from caseapp.domain.errors import StaleRecord
from caseapp.domain.matching.intake import AT_MOST
from caseapp.domain.matching.traits import Candidate, Traits
from caseapp.domain.people import PersonDetails, check
from caseapp.services.context import Context, Service, verb
from caseapp.services.people import PeopleService, add_person
from caseapp.store.unit_of_work import UnitOfWork

_BESIDE = "is on this call already"
"""Said of somebody offered who is another person of the same call."""

_LINKED = frozenset({Kind.ENCOUNTER, Kind.PERSON, Kind.CALL})


class EncounterService(Service):
    """Encounters."""

    def __init__(self, context: Context, people: PeopleService) -> None:
        super().__init__(context)
        self._people = people

    @verb(Right.CHANGE_CALLS)
    def add(self, *, call_id: UUID, details: EncounterDetails, person_id: UUID | None = None) -> UUID:
        """Write that somebody was met on a call; raises Sealed, or what `check_encounter` raises."""
        check_encounter(details, is_linked=person_id is not None, today=self._context.today())
        with self._context.write("encounter.add") as work:
            if person_id is not None:
                self._context.open_person(work, person_id, verb="encounter.add")
            encounter_id = work.encounters.add(call_id, person_id, details)
            work.commit()
        return encounter_id

    @verb(Right.CHANGE_CALLS)
    def change(self, *, read: Encounter, details: EncounterDetails) -> Change:
        """Write what happened at the scene over what others wrote since it was `read`.

        Raises Sealed, what `check_encounter` raises, or StaleRecord where somebody else wrote the same.
        """
        with self._context.write("encounter.change") as work:
            met = work.encounters.get(read.id)
            open_met(self._context, work, met, verb="encounter.change")
            over = details_over(met.details, read.details, details)
            if over is None:
                raise StaleRecord()
            check_encounter(over, is_linked=met.person_id is not None, today=self._context.today())
            work.encounters.change(read.id, over, version=met.version)
            work.commit()
        return Change(frozenset({Kind.ENCOUNTER}), record_id=read.id)

    @verb(Right.CHANGE_CALLS)
    def say_who(
        self, *, encounter_id: UUID, before: StatedIdentity, said: StatedIdentity
    ) -> tuple[Encounter, tuple[str, ...]]:
        """Write what is typed of who was met, over what was read before; the rest stays as others wrote it.

        Returns the meeting as it stands now, and the words of others that were written over. Raises Sealed,
        or what `check_encounter` raises.
        """
        with self._context.write("encounter.change") as work:
            met = work.encounters.get(encounter_id)
            open_met(self._context, work, met, verb="encounter.change")
            stated, lost = said_over(met.details.stated, before, said)
            details = replace(met.details, stated=stated)
            check_encounter(details, is_linked=met.person_id is not None, today=self._context.today())
            work.encounters.change(encounter_id, details, version=met.version)
            work.commit()
        return replace(met, details=details, version=met.version + 1), lost

    @verb(Right.SEE_CALLS)
    def candidates(
        self, *, encounter_id: UUID, stated: StatedIdentity | None = None, at_most: int = AT_MOST
    ) -> list[Candidate]:
        """Who the person on a call may be, with reasons; by what was said, or by what is being typed.

        Raises Sealed: what was said of somebody whom the actor may not open is not to be guessed by others.
        """
        with self._context.read("call.candidates") as work:
            encounter = work.encounters.get(encounter_id)
            open_met(self._context, work, encounter, verb="call.candidates")
            call = work.calls.get(encounter.call_id)
            beside = _met_beside(work, encounter)
        stated = stated or encounter.details.stated
        traits = Traits(
            names=(stated.name,) if stated.name else (),
            birth=stated.birth,
            age=stated.age,
            phones=(stated.phone,) if stated.phone else (),
            place=call.place,
            seen_on=call.received_at.astimezone(self._context.zone).date(),
        )
        found = self._people.candidates(traits=traits, at_most=at_most)
        return [
            replace(one, reasons=(_BESIDE, *one.reasons)) if one.person_id in beside else one for one in found
        ]

    @verb(Right.LINK_PEOPLE)
    def link(self, *, encounter_id: UUID, person_id: UUID, reasons: tuple[str, ...] = ()) -> Change:
        """Say who was met; raises AlreadyLinked or Sealed."""
        with self._context.write("encounter.link") as work:
            encounter = work.encounters.get(encounter_id)
            decide_link(encounter)
            self._context.open_person(work, person_id, verb="encounter.link")
            details = replace(encounter.details, certainty=Certainty.LIKELY)
            work.encounters.link(encounter_id, person_id, details, version=encounter.version)
            work.about(encounter.call_id)
            work.commit(reason="; ".join(reasons))
        return Change(_LINKED, person_id=person_id, record_id=encounter_id)

    @verb(Right.LINK_PEOPLE)
    def unlink(self, *, encounter_id: UUID, person_id: UUID) -> Change:
        """Take back that this person was met; the call and the person stay as they were.

        Raises Sealed, or LinkedAnew where somebody said meanwhile that it was another person, or nobody.
        """
        with self._context.write("encounter.unlink") as work:
            encounter = work.encounters.get(encounter_id)
            open_met(self._context, work, encounter, verb="encounter.unlink")
            decide_unlink(encounter, person_id)
            work.about(person_id)
            details = replace(encounter.details, certainty=Certainty.STATED)
            work.encounters.link(encounter_id, None, details, version=encounter.version)
            work.commit()
        return Change(_LINKED, record_id=encounter_id)

    @verb(Right.CHANGE_PEOPLE)
    def link_new(self, *, encounter_id: UUID, details: PersonDetails) -> UUID:
        """Make a person, known or unknown, of whoever was met; returns the person's id."""
        check(details, today=self._context.today())
        with self._context.write("encounter.link-new") as work:
            encounter = work.encounters.get(encounter_id)
            decide_link(encounter)
            person_id = add_person(work, details, maker=self._context.actor.staff_id)
            sure = replace(encounter.details, certainty=Certainty.CONFIRMED)
            work.encounters.link(encounter_id, person_id, sure, version=encounter.version)
            work.about(encounter.call_id)
            work.commit()
        return person_id


def _met_beside(work: UnitOfWork, encounter: Encounter) -> frozenset[UUID]:
    """All records of those who are on the call beside this one."""
    every = (one for one, _name in work.encounters.of_call(encounter.call_id) if one.id != encounter.id)
    others = [one.person_id for one in every if one.person_id is not None]
    return frozenset[UUID]().union(*work.links.groups(others).values())


def open_met(context: Context, work: UnitOfWork, encounter: Encounter, *, verb: str) -> None:
    """Raise Sealed where the encounter belongs to somebody whom the actor may not open."""
    if encounter.person_id is not None:
        context.open_person(work, encounter.person_id, verb=verb)
