"""A person: the band that always stays, one timeline, and beside it how to reach and what is open."""

from datetime import date
from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from caseapp.domain.access import Right
from caseapp.domain.births import age_words
from caseapp.domain.counted import counted
from caseapp.domain.day_words import day_words, weekday_words
from caseapp.domain.people import PersonKind
from caseapp.domain.referrals import show_reply_code
from caseapp.domain.repeat import WINDOWS
from caseapp.domain.repeat_chart import around_words, calls_by_month
from caseapp.services.people import PersonRecord
from caseapp.ui.calls.list_screen import CallsOf
from caseapp.ui.follow_ups.words import due_words, tone
from caseapp.ui.people.alert_marks import alert_mark
from caseapp.ui.people.apart_panel import ApartPanel
from caseapp.ui.people.identify_panel import IdentifyPanel
from caseapp.ui.people.linked_panel import LinkedPanel, origin
from caseapp.ui.people.reach_words import alert_origin, consent_chip, reach_facts
from caseapp.ui.people.relations_panel import RelationsPanel
from caseapp.ui.people.timeline import Timeline
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.setup.journal_section import JournalOf
from caseapp.ui.widgets.basics import Panel, button, chip, chips, clear, label, row, side_column
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.chart import ChartView
from caseapp.ui.widgets.facts import Facts

_MONTHS_HIGH = 132
"""Pixels of the picture of a year's calls: high enough to tell one call from three."""


class GoOnWithClose(NamedTuple):
    """The screen is opened to go on with what was typed of somebody close; `about` is which line it was."""

    person_id: UUID
    about: str


class PersonScreen(Screen):
    """Everything about one person."""

    name = "person"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "")
        self.person_id: UUID | None = None
        self.record: PersonRecord | None = None
        self._goes_on: GoOnWithClose | None = None
        self._build()

    @property
    def person_in_view(self) -> UUID | None:
        return self.person_id

    def about(self, subject: object) -> None:
        self._goes_on = subject if isinstance(subject, GoOnWithClose) else None
        person_id = subject.person_id if isinstance(subject, GoOnWithClose) else subject
        if isinstance(person_id, UUID):
            if person_id != self.person_id:
                self.relations.leave()
                self.record = None
            self.person_id = person_id
        self.refresh()

    @override
    def keep_draft(self) -> None:
        """What was typed of somebody close is kept too."""
        super().keep_draft()
        self.relations.keep_draft()

    def refresh(self) -> None:
        person_id = self.person_id
        if person_id is not None:
            self.ask_to_open(
                lambda: self.desk.services.people.open(person_id=person_id),
                self._show,
                parts=(self.timeline, self._aside),
                is_another=self.record is None,
            )

    @override
    def take_away(self) -> None:
        clear(self.band)

    @override
    def let_go(self) -> None:
        self.person_id, self.record = None, None
        self.take_away()

    def _build(self) -> None:
        for words, do, right in (
            ("Schedule", lambda: self.desk.show("schedule", self.person_id), Right.CHANGE_FOLLOW_UPS),
            ("Refer", lambda: self.desk.show("new-referral", self.person_id), Right.CHANGE_REFERRALS),
            ("Assess", lambda: self.desk.show("assessments", self.person_id), Right.SEE_CASES),
            ("Consents", lambda: self.desk.show("consents", self.person_id), Right.SEE_CASES),
            ("Papers", lambda: self.desk.show("papers", self.person_id), Right.SEE_PEOPLE),
            ("Edit", lambda: self.desk.show("new-person", self.person_id), Right.CHANGE_PEOPLE),
        ):
            if self.desk.may(right):
                self.action_line.addWidget(button(words, do))
        if self.desk.may(Right.SEE_JOURNAL):
            self.action_line.addWidget(button("Journal", self._journal, hint="Who did and saw what"))
        self.band = QVBoxLayout()
        self.band.setSpacing(4)
        self.content.addLayout(self.band)
        self.timeline = Timeline(self.desk)
        self.timeline.print_requested.connect(self._print_notes)
        self.timeline.assessments_requested.connect(lambda: self.desk.show("assessments", self.person_id))
        side, self._upper, self._lower = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self.relations = RelationsPanel(self.desk, self.refresh)
        self._who = QVBoxLayout()
        self._identify: IdentifyPanel | None = None
        side.addLayout(self._who)
        side.addLayout(self._upper)
        side.addWidget(self.relations)
        side.addLayout(self._lower)
        side.addStretch(1)
        side.setContentsMargins(0, 0, 0, 0)
        for column in (side, self._who, self._upper, self._lower):
            column.setSpacing(12)
        self._aside = side_column(side, self.desk.look.pixels(366), "About this person")
        line = Beside()
        line.addWidget(self.timeline, 1)
        line.addWidget(self._aside)
        self.content.addLayout(line, 1)

    def _print_notes(self, contact_ids: tuple[UUID, ...]) -> None:
        notes, person_id = self.desk.services.notes, self.person_id
        if person_id is not None:
            self.ask_once(
                contact_ids,
                lambda: notes.print(person_id=person_id, contact_ids=contact_ids),
                lambda printed: self.keep_printed(printed, "Save the notes"),
            )

    def _journal(self) -> None:
        if self.record is not None:
            of = JournalOf(self.record.person.id, self.record.whole.display_name)
            self.desk.show("setup", of)

    def _show(self, record: PersonRecord) -> None:
        self.record = record
        details, today = record.whole.details, self.desk.services.context.today()
        self.title.setText(record.whole.display_name)
        said = self.desk.lists.words
        spoken = ", ".join(said.word("language", code) for code in details.languages)
        facts = [said.word("pronouns", details.pronouns), age_words(details.birth, today), spoken]
        self.beside.setText("   ".join(filter(None, facts)))
        clear(self.band)
        marks = self._marks(record, today)
        long = [one for one in marks if one.wordWrap()]
        for one in long:
            self.band.addWidget(one)
        if len(marks) > len(long):
            self.band.addWidget(chips([one for one in marks if one not in long]))
        self.band.addWidget(self._next_step(record))
        self.timeline.set_entries(record.timeline, record.whole)
        self.relations.set_record(record)
        goes_on, self._goes_on = self._goes_on, None
        if goes_on is not None and goes_on.person_id == record.person.id:
            self.relations.go_on(goes_on.about)
        self._ask_who(record)
        for column, panels in (
            (self._upper, [self._reach_panel(record)]),
            (self._lower, self._panels(record, today)),
        ):
            clear(column)
            for panel in panels:
                column.addWidget(panel)

    def _marks(self, record: PersonRecord, today: date) -> list[QLabel]:
        found = [alert_mark(one, alert_origin(record, one)) for one in record.alerts]
        if record.whole.details.interpreter_needed:
            found.append(chip("Interpreter needed", "warning"))
        found += [consent_chip(one, today, origin(record, one.person_id)) for one in record.consents[:3]]
        if record.whole.details.is_restricted:
            found.append(chip("Restricted record", "danger"))
        if record.whole.is_linked:
            found.append(chip(f"{len(record.whole.members)} linked records", "accent"))
        return found

    def _next_step(self, record: PersonRecord) -> QWidget:
        step = record.next_step
        if step is None:
            lacks = "warning" if record.open_case else "neutral"
            return row(
                chip("No next step", lacks), label("Plan one, so that nobody falls through.", "second"), None
            )
        clock = f" {self.desk.local(step.due_at):%H:%M}" if step.due_at else ""
        when = f"Next: {weekday_words(step.due_on)}{clock}"
        late = [chip(due_words(self.desk, step), "danger")] if tone(self.desk, step) == "danger" else []
        what = label(f"{step.what}, {step.owner_name}", "second")
        return row(label(when, "heading"), *late, what, None)

    def _ask_who(self, record: PersonRecord) -> None:
        """Of an unknown person; the panel stays while the record is read again, with what is typed in it."""
        is_unknown = record.whole.details.kind is PersonKind.UNKNOWN
        may_identify = is_unknown and self.desk.may(Right.LINK_PEOPLE)
        if may_identify and self._identify is not None and self._identify.is_of(record):
            return
        clear(self._who)
        self._identify = IdentifyPanel(self.desk, record) if may_identify else None
        if self._identify is not None:
            self._who.addWidget(self._identify)

    def _reach_panel(self, record: PersonRecord) -> Panel:
        reach = Panel("How to reach")
        today = self.desk.services.context.today()
        reach.body.addWidget(Facts(reach_facts(record, self.desk.lists.words, today)))
        return reach

    def _panels(self, record: PersonRecord, today: date) -> list[Panel]:
        panels: list[Panel] = []
        if record.whole.is_linked:
            panels.append(LinkedPanel(self.desk, record))
        if record.apart:
            panels.append(ApartPanel(self.desk, record))
        case = record.open_case
        if case:
            opened = button("Open case", partial(self.desk.show, "case", case.id), look="plain")
            panel = Panel(f"Case {case.number}", actions=[] if case.is_beyond else [opened])
            panel.set_chips([chip(f"open {counted((today - case.opened_on).days, 'day')}", "good")])
            wants = "\n".join(f"“{goal.statement}”" for goal in case.goals)
            if case.is_beyond:
                wants = f"Written in a case of others: ask {case.primary_name}."
            panel.body.addWidget(Facts([("Team", ", ".join(case.team)), ("Wants", wants)]))
            panels.append(panel)
        else:
            start = button("Open a case", lambda: self.desk.show("new-case", self.person_id))
            if not self.desk.may(Right.CHANGE_CASES):
                start.hide()
            panel = Panel("Case", actions=[start])
            ended = [
                (one.number, f"ended {day_words(one.closed_on)}") for one in record.cases if one.closed_on
            ]
            panel.body.addWidget(Facts([("Status", "No open case"), *ended[:3]]))
            panels.append(panel)
        panels.append(self._calls(record))
        panels.append(self._referrals(record))
        return panels

    def _calls(self, record: PersonRecord) -> Panel:
        """How many calls in each window, each of which opens its calls, and how they went on by month."""
        panel = Panel("Calls")
        name, person_id = record.whole.display_name, record.person.id
        counts = QGridLayout()
        counts.setContentsMargins(14, 6, 14, 6)
        counts.setSpacing(8)
        for number, days in enumerate(WINDOWS):
            count = record.calls.within(days)
            wanted = CallsOf(name, days, person_id=person_id)
            made = button(f"{count}", partial(self.desk.show, "calls", wanted))
            made.setAccessibleName(f"{counted(count, 'call')} in {days} days")
            made.setEnabled(count > 0)
            line, column = divmod(number, 2)
            counts.addWidget(made, line, column * 2)
            counts.addWidget(label(f"in {days} days", "small"), line, column * 2 + 1)
            counts.setColumnStretch(column * 2 + 1, 1)
        panel.body.addLayout(counts)
        found = record.over_time
        if any(one.calls for one in found.months):
            inside = QVBoxLayout()
            inside.setContentsMargins(14, 6, 14, 2)
            inside.addWidget(ChartView(calls_by_month(found), self.desk.look, height=_MONTHS_HIGH))
            if found.around is not None:
                inside.addWidget(label(around_words(found.around), "small", wraps=True))
            panel.body.addLayout(inside)
        return panel

    def _referrals(self, record: PersonRecord) -> Panel:
        refer = button("Refer", lambda: self.desk.show("new-referral", self.person_id))
        panel = Panel("Referrals", actions=[refer] if self.desk.may(Right.CHANGE_REFERRALS) else [])
        said = self.desk.lists.words
        for one in record.referrals[:5]:
            opened = button("Open", partial(self.desk.show, "referral", one.id), look="plain")
            opened.setAccessibleName(f"Open referral to {one.to_name}")
            stands = f"{said.word('referral_step', one.step.value)}, {show_reply_code(one.reply_code)}"
            words = label(f"{one.to_name}\n{stands}{origin(record, one.person_id)}", wraps=True)
            line = row(words, None, opened)
            line.setContentsMargins(14, 6, 8, 6)
            panel.body.addWidget(line)
        if not record.referrals:
            panel.body.addWidget(Facts([("Referrals", "None yet")]))
        return panel
