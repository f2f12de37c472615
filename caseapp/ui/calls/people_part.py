"""The people of a call: who they may be and why, what happened with each, and what comes next."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from caseapp.domain.access import Right
from caseapp.domain.call_forms import check_encounter
from caseapp.domain.changes import Change, Kind
from caseapp.domain.encounters import (
    AlreadyLinked,
    Certainty,
    EncounterDetails,
    LinkedAnew,
    StatedIdentity,
)
from caseapp.domain.errors import StaleRecord
from caseapp.domain.matching.traits import Candidate
from caseapp.domain.people import PersonKind
from caseapp.domain.stated import person_as_stated
from caseapp.domain.triage import AlreadyDecided, State
from caseapp.services.calls import MetPerson, Workbench
from caseapp.services.triage import Decided
from caseapp.ui.calls.met_words import facts
from caseapp.ui.calls.part import Part
from caseapp.ui.calls.scene_form import SceneForm
from caseapp.ui.calls.who_panel import WhoPanel
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import button, chip, label, row
from caseapp.ui.widgets.facts import Facts
from caseapp.ui.widgets.form import Form

SEALED_WORDS = "The record is open to named staff only. Ask your supervisor if you work with this person."


_HEAD_HOLDS = 26
"""Letters of what was said of somebody that have room beside the title; the fields below say it whole."""


_SAID_ANEW = (AlreadyDecided, AlreadyLinked, LinkedAnew, StaleRecord)
"""Refusals after which somebody else has said who was met, or decided about them: that is shown then."""


class MetPart(Part):
    """One person of the call."""

    def __init__(self, desk: Desk, met: MetPerson) -> None:
        super().__init__(desk, met.name or "Who is it?", "Enter")
        self.met = met
        self._who: WhoPanel | None = None
        self._is_making = False
        self.edit.setVisible(self.may_change and not met.is_sealed)

    @property
    def encounter_id(self) -> UUID:
        """Which meeting this is."""
        return self.met.encounter.id

    @override
    def data(self, bench: Workbench) -> object:
        found = [one.encounter for one in bench.people if one.encounter.id == self.encounter_id]
        return found[0] if found else None

    @override
    def show_facts(self, bench: Workbench, into: QVBoxLayout) -> None:
        met = self.met
        if met.is_sealed:
            words = label(SEALED_WORDS, "second", wraps=True)
            words.setContentsMargins(14, 10, 14, 12)
            into.addWidget(words)
            self.edit.setVisible(False)
            return
        self._who, self._is_making = None, False
        encounter, details = met.encounter, met.encounter.details
        if encounter.person_id is None:
            self.set_chips([chip(details.stated.words, holds=_HEAD_HOLDS)])
            if self.may_change and self.desk.may(Right.LINK_PEOPLE):
                self._offer(into)
        else:
            self.set_chips([chip(self.words.word("identity_certainty", details.certainty.value), "good")])
            into.addWidget(self._known(encounter.person_id))
        into.addWidget(Facts(facts(details, self.words)))
        into.addWidget(self._triage())

    @override
    def make_form(self, bench: Workbench) -> Form:
        encounter = self.met.encounter
        self._fields = SceneForm(
            self.words,
            encounter.details,
            is_linked=encounter.person_id is not None,
            today=self.desk.services.context.today(),
        )
        return self._fields.form

    @override
    def read(self, bench: Workbench) -> EncounterDetails:
        details = self._fields.read()
        is_linked = self.met.encounter.person_id is not None
        check_encounter(details, is_linked=is_linked, today=self.desk.services.context.today())
        return details

    @override
    def goes_beside(self, before: Workbench, now: Workbench) -> bool:
        """What goes beside that of others was written already: a refusal says that both wrote the same."""
        return False

    @override
    def write(self, bench: Workbench, value: EncounterDetails) -> Change:
        return self.desk.services.encounters.change(read=self.met.encounter, details=value)

    def _known(self, person_id: UUID) -> QWidget:
        made = [button("Open", lambda: self.desk.show("person", person_id), look="primary")]
        if self.desk.may(Right.LOG_CONTACTS):
            made.append(button("Log contact", lambda: self.desk.log_contact(person_id)))
        if self.desk.may(Right.LINK_PEOPLE):
            made.append(button("Undo link", partial(self._unlink, person_id), look="plain"))
        line = row(*made, None)
        line.setContentsMargins(14, 8, 14, 0)
        return line

    def _triage(self) -> QWidget:
        if self.met.encounter.triage == State.HANDED.value:
            part: QWidget = chip("Handed to triage", "accent")
        elif not self.may_change:
            part = label("Not handed to triage", "second")
        else:
            part = button("Hand to triage", self._hand, hint="Put on Today's list of new people (T)")
        line = row(part, None)
        line.setContentsMargins(14, 0, 14, 12)
        return line

    def _hand(self) -> None:
        triage, encounter_id = self.desk.services.triage, self.encounter_id
        seen = State(self.met.encounter.triage)
        handed: list[Decided] = []

        def hand() -> Change:
            handed.append(triage.hand_over(encounter_id=encounter_id, seen=seen))
            return handed[-1].change

        self._do(
            hand,
            "Handed to triage: it is on Today now.",
            lambda: triage.dismiss(encounter_id=encounter_id, back_to=handed[-1].before),
        )

    def hand_to_triage(self) -> None:
        """The same by key, where it can be done."""
        if self.may_change and not self.met.is_sealed and self.met.encounter.triage != State.HANDED.value:
            self._hand()

    def _offer(self, into: QVBoxLayout) -> None:
        self._who = WhoPanel(self.desk, self.met, use=self._link, make=self._new)
        into.addWidget(self._who)

    @property
    def is_written_about(self) -> bool:
        """Whether a form is open or somebody types who it is: then nothing is shown anew."""
        return self.form is not None or (self._who is not None and self._who.is_typed_in)

    @override
    def set_bench(self, bench: Workbench) -> None:
        if self.form is None and self._who is not None and self._who.is_typed_in:
            self.bench = bench
        else:
            super().set_bench(bench)

    def keep(self) -> None:
        """Write what was said of who it is."""
        if self._who is not None:
            self._who.keep()

    @override
    def open_form(self) -> None:
        if self._who is not None and self.form is None:
            self._who.keep()
            self.met = replace(self.met, encounter=self._who.encounter)
            self._who = None
        super().open_form()

    def _link(self, one: Candidate) -> None:
        encounters, encounter_id = self.desk.services.encounters, self.encounter_id
        self._do(
            lambda: encounters.link(encounter_id=encounter_id, person_id=one.person_id, reasons=one.reasons),
            f"Linked with {one.name}.",
            lambda: encounters.unlink(encounter_id=encounter_id, person_id=one.person_id),
            says_who=True,
        )

    def _unlink(self, person_id: UUID) -> None:
        encounters, encounter_id = self.desk.services.encounters, self.encounter_id
        self._do(
            lambda: encounters.unlink(encounter_id=encounter_id, person_id=person_id), "Link undone.", None
        )

    def _do(
        self,
        work: Callable[[], Change],
        words: str,
        undo: Callable[[], Change] | None,
        *,
        says_who: bool = False,
    ) -> None:
        """Run a verb, say that it is done, and offer the way back; who it is needs no asking after some."""
        tasks, hub = self.desk.tasks, self.desk.hub
        say = self.desk.say

        def failed(error: Exception) -> None:
            say(sentence(error), None)
            if isinstance(error, _SAID_ANEW):
                self._who = None
                hub.outdated.emit()

        def take_back() -> None:
            if undo is not None:
                tasks.run(undo, then=hub.changed.emit, failed=failed)

        def done(change: Change) -> None:
            if says_who:
                self._who = None
            say(words, take_back if undo is not None else None)
            hub.changed.emit(change)

        tasks.run(work, then=done, failed=failed)

    def _new(self, kind: PersonKind, stated: StatedIdentity) -> None:
        """Write whoever was met as somebody new, once however often it is pressed before the answer."""
        if self._is_making:
            return
        self._is_making = True
        encounters, today = self.desk.services.encounters, self.desk.services.context.today()
        place = self.bench.call.place if self.bench else ""
        is_named = kind is PersonKind.KNOWN and bool(stated.name)
        details = person_as_stated(stated, is_named=is_named, place=place, today=today)
        encounter_id = self.encounter_id
        self.desk.tasks.run(
            lambda: encounters.link_new(encounter_id=encounter_id, details=details),
            then=lambda person_id: self.desk.show("new-person" if is_named else "person", person_id),
            failed=self._not_made,
        )

    def _not_made(self, error: Exception) -> None:
        self._is_making = False
        self.refused(error)


class AddMetPart(Part):
    """Somebody whom nobody wrote down yet."""

    words_of_action = "Add somebody"
    saved_words = "Added. Now say who it is, or leave it for later."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "People", "P")

    @override
    def data(self, bench: Workbench) -> object:
        return None

    @override
    def show_facts(self, bench: Workbench, into: QVBoxLayout) -> None:
        count = len(bench.people)
        words = f"{count} written down on this call." if count else "Nobody was written down on this call."
        shown = label(words, "second", wraps=True)
        shown.setContentsMargins(14, 8, 14, 10)
        into.addWidget(shown)

    @override
    def make_form(self, bench: Workbench) -> Form:
        self._fields = SceneForm(
            self.words, EncounterDetails(), is_linked=False, today=self.desk.services.context.today()
        )
        return self._fields.form

    @override
    def read(self, bench: Workbench) -> EncounterDetails:
        details = self._fields.read()
        if details.stated.name or details.stated.phone:
            details = replace(details, certainty=Certainty.STATED)
        check_encounter(details, is_linked=False, today=self.desk.services.context.today())
        return details

    @override
    def write(self, bench: Workbench, value: EncounterDetails) -> Change:
        call_id = bench.call.id
        self.desk.services.encounters.add(call_id=call_id, details=value)
        return Change(frozenset({Kind.ENCOUNTER, Kind.CALL}), record_id=call_id)
