"""Triage: who of the calls is taken up, by whom, or why not; everything by one key on a row."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget
from typing_extensions import override

from caseapp.domain.access import Right
from caseapp.domain.changes import Change
from caseapp.domain.drafts import name_of
from caseapp.domain.triage import AlreadyDecided, Arrival, HasOpenCase, Load, NoOpenCase, Rules
from caseapp.services.protocols import Offered
from caseapp.services.triage import Decided
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.setup.triage_section import fill_protocols
from caseapp.ui.triage.words import carried_words, clock, grounds_words, who_words
from caseapp.ui.widgets.basics import Panel, button, chip, clear, label, row, side_column
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.facts import Facts
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.table import Column, Table

_REASONS = "triage_decline_reason"


class TriageScreen(Screen):
    """The queue, the person of the current row, and what everybody carries."""

    name = "triage"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Triage")
        self._rules = Rules()
        self._loads: list[Load] = []
        self._decided: UUID | None = None
        self._about: UUID | None = None
        self._wanted: UUID | None = None
        self.may_change = desk.may(Right.CHANGE_CASES)
        self.may_lead = desk.may(Right.LEAD_TEAM)
        self._build()
        self._connect()

    @override
    def about(self, subject: object) -> None:
        self._wanted = subject if isinstance(subject, UUID) else None
        self.refresh()

    def refresh(self) -> None:
        triage = self.desk.services.triage
        protocols = self.desk.services.protocols
        if not self.starts.count():
            self.ask(lambda: (protocols.offered(), triage.rules()), self._on_offered, key="protocols")
        self.ask(lambda: (triage.waiting(), triage.loads(), triage.rules()), self._show, key="queue")

    def _build(self) -> None:
        keys = "T take   M merge   D decline   Enter open" if self.may_change else "Enter open"
        panel = Panel("New from calls", actions=[label(keys, "small")])
        self.count = panel
        self.table = self._listed()
        panel.body.addWidget(self.table)
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(12)
        side.addWidget(self._decision())
        self.loads = Panel("Who carries what")
        side.addWidget(self.loads)
        side.addStretch(1)
        line = Beside()
        line.addWidget(panel, 1)
        line.addWidget(side_column(side, self.desk.look.pixels(362), "Decision and load"))
        self.content.addLayout(line, 1)
        self.begin_at(self.table.view)

    def _listed(self) -> Table[Arrival]:
        return Table(
            "Triage",
            (
                Column(
                    "Waits",
                    self._clock,
                    tone=self._tone,
                    sort=lambda one: one.received_at.timestamp(),
                    width=70,
                    holds="00 days",
                ),
                Column(
                    "Person",
                    lambda one: one.name,
                    second=who_words,
                    is_bold=True,
                    width=240,
                    holds="Guadalupe Rodríguez",
                ),
                Column(
                    "Call",
                    lambda one: one.type_text or "type not recorded",
                    second=lambda one: ", ".join(filter(None, (one.call_number, one.place))),
                    width=210,
                ),
                Column("Why here", grounds_words, width=180, gives_way=True),
            ),
            self.desk.look,
            empty="Nobody waits. New people from calls appear here by the agency's rules.",
        )

    def _decision(self) -> Panel:
        self.person = Panel("Decide")
        self.facts = QVBoxLayout()
        self.facts.setContentsMargins(0, 0, 0, 0)
        self.person.body.addLayout(self.facts)
        self.take = button("Take  T", self._take, look="primary", hint="Your case, with a first step")
        self.merge = button("Merge  M", self._merge, hint="Into the open case")
        line = row(self.take, self.merge, None)
        line.setContentsMargins(14, 6, 14, 6)
        self.starts = QComboBox()
        self.starts.setAccessibleName("What starts with the case")
        self.starts.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        starts = label("Starts", "small")
        starts.setBuddy(self.starts)
        begin = QHBoxLayout()
        begin.setContentsMargins(14, 6, 14, 0)
        begin.setSpacing(8)
        begin.addWidget(starts)
        begin.addWidget(self.starts, 1)
        self.person.body.addLayout(begin)
        self.person.body.addWidget(line)
        refusal = self._refusal()
        self.person.body.addWidget(refusal)
        for part in (starts, self.starts, line, refusal):
            part.setVisible(self.may_change)
        return self.person

    def _refusal(self) -> QWidget:
        """Why nothing is done; the words are kept for each person on a call until it is decided."""
        why, form = Form(1), Form(1)
        reasons = [(words, words) for _code, words in self.desk.lists.codes(_REASONS)]
        self.reason = why.choice("reason", "Why nothing is done", reasons)
        self.reason.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.more = form.text("more", "More words on why nothing is done")
        self.decline = button("Decline  D", self._decline)
        self.typed = self.drafted(form)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(14, 0, 14, 12)
        for part in (why, self.typed.bar, form, row(None, self.decline)):
            column.addWidget(part)
        return holder

    def _connect(self) -> None:
        self.table.opened.connect(lambda one: self.desk.show("calls", one.call_id))
        self.table.chosen.connect(self._on_chosen)
        self.table.key_pressed.connect(self._on_key)

    def _on_key(self, letter: str, one: Arrival) -> None:
        keys = {"t": self._take, "m": self._merge, "d": self._decline}
        if letter == "l" and one.person_id is not None and not one.is_sealed:
            self.desk.log_contact(one.person_id, None, self.table.view.setFocus)
        elif letter in keys and self.may_change:
            keys[letter]()

    def _show(self, found: tuple[list[Arrival], list[Load], Rules]) -> None:
        rows, self._loads, self._rules = found
        self._decided = None
        self.count.set_chips([chip(f"{len(rows)} to triage")])
        self.table.set_rows(rows)
        self._go_to_wanted(rows)
        self._on_chosen(self.table.current())

    def _go_to_wanted(self, rows: list[Arrival]) -> None:
        """Go on with somebody whose decision was begun; where others decided, the words are let go."""
        wanted, self._wanted = self._wanted, None
        found = next((one for one in rows if one.encounter_id == wanted), None)
        if found is not None:
            self.table.go_to(found)
        elif wanted is not None:
            drafts, form = self.desk.services.drafts, name_of(self.name, str(wanted))
            self.ask(lambda: drafts.drop(form=form, person_id=None), lambda _none: None)
            self.desk.say("Somebody decided about this person meanwhile: your words are let go.", None)

    def _on_chosen(self, one: Arrival | None) -> None:
        clear(self.facts)
        is_free = one is not None and not one.is_sealed
        if one is None or one.encounter_id != self._about:
            self._begin_words(one.encounter_id if one is not None and is_free else None)
        self.take.setEnabled(is_free and one is not None and not one.open_case)
        self.merge.setEnabled(is_free and one is not None and bool(one.open_case))
        self.decline.setEnabled(is_free)
        if one is not None:
            facts = [
                ("Person", f"{one.name}\n{who_words(one)}"),
                ("Why here", grounds_words(one)),
                ("Note", one.note),
                ("First contact", self._target(one)),
            ]
            self.facts.addWidget(Facts([(name, words) for name, words in facts if words]))
        self._show_loads(one if is_free else None)

    def _begin_words(self, encounter_id: UUID | None) -> None:
        """Words on one person are no words on the next; what was typed for this one comes back."""
        self.leave_draft()
        self._about = encounter_id
        self.more.clear()
        if encounter_id is not None and self.may_change:
            self.start_draft(None, about=str(encounter_id))

    def _show_loads(self, one: Arrival | None) -> None:
        clear(self.loads.body)
        if not self._loads:
            nobody = label("Nobody holds cases.", "second", wraps=True)
            nobody.setContentsMargins(14, 10, 14, 12)
            self.loads.body.addWidget(nobody)
        for load in self._loads:
            words = carried_words(load)
            away = ", away" if load.is_away else ""
            parts: list[QWidget | None] = [label(f"{load.name}{away}\n{words}", wraps=True)]
            if self.may_lead:
                give = button("Assign", partial(self._assign, load))
                give.setAccessibleName(f"Assign to {load.name}, {words}")
                give.setEnabled(one is not None and not one.open_case)
                parts.append(give)
            line = row(*parts)
            line.setContentsMargins(14, 6, 10, 6)
            self.loads.body.addWidget(line)

    def _target(self, one: Arrival) -> str:
        hours = self._rules.contact_within_hours
        words, tone = self._clock_of(one)
        late = ", late" if tone == "danger" else ""
        return f"within {hours} h of the call; it was {words} ago{late}"

    def _clock_of(self, one: Arrival) -> tuple[str, str]:
        now = self.desk.services.context.now()
        return clock(one, now=now, contact_within_hours=self._rules.contact_within_hours)

    def _clock(self, one: Arrival) -> str:
        return self._clock_of(one)[0]

    def _tone(self, one: Arrival) -> str:
        return self._clock_of(one)[1]

    def _take(self) -> None:
        triage = self.desk.services.triage
        code = self.starts.currentData()
        self._decide(
            lambda one: triage.take(encounter_id=one.encounter_id, protocol=code, seen=one.standing),
            f"{{name}} is yours now{self._started()}.",
        )

    def _started(self) -> str:
        return f"; started: {self.starts.currentText()}" if self.starts.currentData() else ""

    def _on_offered(self, found: tuple[list[Offered], Rules]) -> None:
        fill_protocols(self.starts, found[0])
        if not choose(self.starts, found[1].protocol):
            choose(self.starts, "")

    def _assign(self, load: Load) -> None:
        triage, code = self.desk.services.triage, self.starts.currentData()
        self._decide(
            lambda one: triage.assign(
                encounter_id=one.encounter_id, staff_id=load.staff_id, protocol=code, seen=one.standing
            ),
            f"{{name}} is with {load.name} now{self._started()}.",
        )

    def _merge(self) -> None:
        triage = self.desk.services.triage
        self._decide(
            lambda one: triage.merge(encounter_id=one.encounter_id, seen=one.standing),
            "The call is in {name}'s open case, with a step for its worker.",
        )

    def _decline(self) -> None:
        triage = self.desk.services.triage
        chosen = self.reason.currentData() or ""
        reason = ", ".join(filter(None, (chosen, self.more.text().strip())))
        self._decide(
            lambda one: triage.decline(encounter_id=one.encounter_id, reason=reason, seen=one.standing),
            "{name}: declined.",
        )

    @override
    def refused(self, error: Exception) -> None:
        """Say why; what a colleague decided meanwhile is shown as it stands now."""
        self._decided = None
        super().refused(error)
        if isinstance(error, (AlreadyDecided, HasOpenCase, NoOpenCase)):
            self.refresh()

    def _decide(self, do: Callable[[Arrival], Decided], words: str) -> None:
        """Decide about the chosen one, once however often it is pressed before the list is read again."""
        one = self.table.current()
        if one is None or not self.may_change or one.encounter_id == self._decided:
            return
        self._decided = one.encounter_id

        def done(decided: Decided) -> None:
            if one.encounter_id == self._about:
                self._begin_words(one.encounter_id)
            self.desk.say(words.replace("{name}", one.name), lambda: self._take_back(decided))
            self.desk.hub.changed.emit(decided.change)

        self.ask(self.typed.saving(lambda: do(one)), done)

    def _take_back(self, decided: Decided) -> None:
        triage = self.desk.services.triage

        def done(change: Change) -> None:
            self.desk.hub.changed.emit(change)

        self.ask(lambda: triage.take_back(decided=decided), done)
