"""Calls: the list and the workbench on which people are recognised."""

from datetime import datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout

from caseapp.domain.calls import Call, CallLine, NarrativePart, StatedIdentity, response_minutes
from caseapp.domain.matching.traits import Candidate
from caseapp.domain.people import (
    Birth,
    ContactPoint,
    NameKind,
    PersonDetails,
    PersonKind,
    PointKind,
    birth_by_age,
)
from caseapp.domain.people import Name as PersonName
from caseapp.services.calls import MetPerson, Workbench, stated_details
from caseapp.ui.calls.who_panel import WhoPanel
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, chip, clear, hairline, label, row, side_column
from caseapp.ui.widgets.facts import Facts
from caseapp.ui.widgets.table import Column, Table

AS_MANY_AS_COUNTED = 100_000
"""Behind a number stand exactly as many calls, however many."""


class CallsOf(NamedTuple):
    """The calls behind a number: of one place or one person, in the last days."""

    title: str
    days: int
    place: str = ""
    person_id: UUID | None = None


class CallsScreen(Screen):
    """Calls newest first; the current one opens in the workbench beside."""

    name = "calls"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Calls")
        self.bench: Workbench | None = None
        self._wanted: UUID | None = None
        self._of: CallsOf | None = None
        self._who: list[WhoPanel] = []
        self._build()
        self._connect()

    def about(self, subject: object) -> None:
        self._wanted = subject if isinstance(subject, UUID) else None
        self._of = subject if isinstance(subject, CallsOf) else None
        self.everything.setVisible(self._of is not None)
        self.recent.setVisible(self._of is None)
        self.refresh()
        if self._wanted:
            self._open(self._wanted)

    def refresh(self) -> None:
        calls, of = self.desk.services.calls, self._of
        days = 2 if self.recent.isChecked() else None
        if of is None:
            self.ask(lambda: calls.recent(days=days), self._show_lines, key="list")
        else:
            self.ask(
                lambda: calls.recent(
                    days=of.days, place=of.place, person_id=of.person_id, limit=AS_MANY_AS_COUNTED
                ),
                self._show_lines,
                key="list",
            )

    def _build(self) -> None:
        self.recent = button("Last two days")
        self.recent.setCheckable(True)
        self.recent.setChecked(True)
        self.everything = button("All calls", lambda: self.about(None))
        self.action_line.addWidget(self.everything)
        self.action_line.addWidget(self.recent)
        self.action_line.addWidget(button("Repeat contact", lambda: self.desk.show("repeat", None)))
        self.action_line.addWidget(button("Import", lambda: self.desk.show("imports", None)))
        self.table: Table[CallLine] = Table(
            "Calls",
            (
                Column(
                    "Received",
                    lambda one: self.desk.day_words(one.received_at),
                    sort=lambda one: one.received_at.timestamp(),
                    width=140,
                ),
                Column("Number", lambda one: one.number, width=108),
                Column("Type", lambda one: one.type_text, width=170),
                Column("Place", lambda one: one.place, width=150),
                Column("Response", _models, width=150),
                Column("People", _people_words, tone=lambda one: "warning" if one.to_link else "", width=90),
            ),
            self.desk.look,
            empty="No calls in these days. Import an export of your dispatch centre to see who was met.",
            first_step=("Import calls", lambda: self.desk.show("imports", None)),
        )
        top = Panel()
        top.body.addWidget(self.table)
        self.facts = Panel("Choose a call")
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(top, 3)
        left.addWidget(self.facts, 2)
        self._side = QVBoxLayout()
        self._side.setContentsMargins(0, 0, 0, 0)
        self._side.setSpacing(12)
        area = side_column(self._side, self.desk.look.pixels(380), "People on this call")
        line = QHBoxLayout()
        line.setSpacing(14)
        line.addLayout(left, 1)
        line.addWidget(area)
        self.content.addLayout(line, 1)

    def _connect(self) -> None:
        self.recent.toggled.connect(lambda _on: self.refresh())
        self.table.chosen.connect(self._on_chosen)
        self.setFocusProxy(self.table.view)

    def _show_lines(self, lines: list[CallLine]) -> None:
        wanted = self._wanted or (self.bench.call.id if self.bench else None)
        self.table.view.selectionModel().blockSignals(True)
        self.table.set_rows(lines)
        self.table.view.selectionModel().blockSignals(False)
        to_link = sum(one.to_link for one in lines)
        count = f"{len(lines):,} call{'' if len(lines) == 1 else 's'}"
        if self._of is not None:
            count = f"{count}: {self._of.title}, last {self._of.days} days"
        self.beside.setText(f"{count}, {to_link} people to link" if to_link else count)
        place = next((number for number, one in enumerate(lines) if one.id == wanted), 0)
        if lines:
            self.table.view.selectRow(place)
            self._open(wanted or lines[0].id)

    def _on_chosen(self, line: CallLine | None) -> None:
        if line is not None and (self.bench is None or self.bench.call.id != line.id):
            self._wanted = None
            self._open(line.id)

    def _open(self, call_id: UUID) -> None:
        self.ask(lambda: self.desk.services.calls.open(call_id=call_id), self._show, key="open")

    def _show(self, bench: Workbench) -> None:
        self.bench = bench
        call = bench.call
        self.facts.title.setText(f"Call {call.number}")
        self.facts.set_chips([chip(call.type_text or "type not recorded")])
        clear(self.facts.body)
        self.facts.body.addWidget(Facts(self._call_facts(call), columns=2))
        for note in call.notes:
            at = f"{self.desk.local(note.at):%H:%M} " if note.at else ""
            who = f"{note.part.value.replace('-', ' ')}: " if note.part is not NarrativePart.UNKNOWN else ""
            words = label(f"{at}{who}{note.text}", "second", wraps=True)
            words.setContentsMargins(14, 1, 14, 1)
            self.facts.body.addWidget(words)
        self.facts.body.addWidget(hairline())
        people = len({one.number for one in bench.earlier_here})
        said = f"Earlier at this place: {people} calls" if people else "No earlier call at this place"
        here = row(label(said, "heading"), None, *self._unknown_here(bench))
        here.setContentsMargins(14, 8, 10, 8)
        self.facts.body.addWidget(here)
        self.facts.body.addStretch(1)
        self.keep_draft()
        self._who = []
        clear(self._side)
        for met in bench.people:
            self._side.addWidget(self._met(met))
        if not bench.people:
            panel = Panel("People")
            panel.pad()
            panel.body.addWidget(label("Nobody was written down on this call.", "second", wraps=True))
            self._side.addWidget(panel)
        self._side.addStretch(1)

    def keep_draft(self) -> None:
        """What was said of people is kept before their panels go."""
        for panel in self._who:
            panel.keep()
        super().keep_draft()

    def _unknown_here(self, bench: Workbench) -> list[QPushButton]:
        count, place = bench.unknown_here, bench.call.place
        if not count:
            return []
        words = f"{count} unknown person{'' if count == 1 else 's'} seen here"
        return [button(words, lambda: self.desk.show("unknown", place), look="plain")]

    def _call_facts(self, call: Call) -> list[tuple[str, str]]:
        def clock(at: datetime | None) -> str:
            return f"{self.desk.local(at):%H:%M:%S}" if at else ""

        minutes = response_minutes(call)
        units = ", ".join(f"{one.call_sign} {clock(one.on_scene_at)}".strip() for one in call.responses)
        return [
            ("Received", f"{clock(call.received_at)} {call.call_taker}".strip()),
            ("Dispatched", f"{clock(call.dispatched_at)} {call.dispatcher}".strip()),
            ("On scene", f"{clock(call.on_scene_at)}{f', {minutes:.0f} min' if minutes is not None else ''}"),
            ("Cleared", clock(call.cleared_at)),
            ("Units", units),
            ("Eligible", call.eligible),
            ("Place", call.place),
            ("Outcome", call.disposition),
        ]

    def _met(self, met: MetPerson) -> Panel:
        if met.is_sealed:
            return _sealed(met)
        encounter = met.encounter
        details, person_id = encounter.details, encounter.person_id
        if person_id is None:
            panel: Panel = self._ask_who(met)
        else:
            panel = Panel(met.name)
            panel.set_chips([chip(details.certainty.value.replace("-", " "), "good")])
            line = row(
                button("Open", lambda: self.desk.show("person", person_id), look="primary"),
                button("Log contact", lambda: self.desk.log_contact(person_id)),
                button("Undo link", lambda: self._unlink(encounter.id), look="plain"),
                None,
            )
            line.setContentsMargins(14, 8, 14, 0)
            panel.body.addWidget(line)
        offered = "; ".join(f"{what}: {answer}" for what, answer in details.offers)
        panel.body.addWidget(
            Facts(
                [
                    ("Part", details.part.value),
                    ("Needs", ", ".join(one.replace("-", " ") for one in details.needs)),
                    ("Offered", offered),
                    ("Outcome", details.outcome.replace("-", " ")),
                    ("Follow-up", details.follow_up_wished),
                    ("Find", details.how_to_find),
                ]
            )
        )
        return panel

    def _ask_who(self, met: MetPerson) -> WhoPanel:
        panel = WhoPanel(self.desk, met, use=partial(self._link, met), make=partial(self._new, met))
        self._who.append(panel)
        return panel

    def _link(self, met: MetPerson, one: Candidate) -> None:
        calls, encounter_id = self.desk.services.calls, met.encounter.id
        self.ask(
            lambda: calls.link(encounter_id=encounter_id, person_id=one.person_id, reasons=one.reasons),
            lambda change: self._linked(change, one.name, encounter_id),
        )

    def _linked(self, change: object, name: str, encounter_id: UUID) -> None:
        self.desk.say(f"Linked with {name}.", lambda: self._unlink(encounter_id))
        self.desk.hub.changed.emit(change)

    def _unlink(self, encounter_id: UUID) -> None:
        calls = self.desk.services.calls
        self.ask(lambda: calls.unlink(encounter_id=encounter_id), self.desk.hub.changed.emit)

    def _new(self, met: MetPerson, kind: PersonKind, stated: StatedIdentity) -> None:
        calls, today = self.desk.services.calls, self.desk.services.context.today()
        place = self.bench.call.place if self.bench else ""
        is_named = kind is PersonKind.KNOWN and bool(stated.name)
        details = PersonDetails(
            kind=PersonKind.KNOWN if is_named else PersonKind.UNKNOWN,
            names=(PersonName(NameKind.LEGAL, stated.name),) if is_named else (),
            description="" if is_named else stated_details(stated, place=place),
            birth=Birth(stated.birth_date)
            if stated.birth_date
            else birth_by_age(stated.age, today)
            if stated.age is not None
            else None,
            points=(ContactPoint(PointKind.PHONE, stated.phone),) if stated.phone else (),
        )
        self.ask(
            lambda: calls.link_new(encounter_id=met.encounter.id, details=details),
            lambda person_id: self.desk.show("new-person" if is_named else "person", person_id),
        )


def _sealed(met: MetPerson) -> Panel:
    """Somebody counts and is not named: nothing here opens, links or unlinks them."""
    panel = Panel(met.name)
    panel.pad()
    words = "The record is open to named staff only. Ask your supervisor if you work with this person."
    panel.body.addWidget(label(words, "second", wraps=True))
    return panel


def _models(one: CallLine) -> str:
    return ", ".join(model.value.replace("-", " ") for model in one.models) or "not recorded"


def _people_words(one: CallLine) -> str:
    if one.to_link:
        return f"{one.to_link} to link"
    return f"{one.people} known" if one.people else "0"
