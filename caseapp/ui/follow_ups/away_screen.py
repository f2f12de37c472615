"""Somebody is away: what falls due meanwhile, what is proposed for each, and all of it moved at once."""

from datetime import date
from uuid import UUID

from caseapp.domain.access import Right
from caseapp.domain.away import Fate, Proposed
from caseapp.domain.changes import Change
from caseapp.domain.day_words import weekday_words
from caseapp.domain.errors import CaseAppError
from caseapp.domain.shorthand import NotUnderstood, When, read
from caseapp.domain.transfers import Absence
from caseapp.services.calendar import AwayPlan
from caseapp.services.follow_ups import Move
from caseapp.services.follow_ups_done import Done
from caseapp.ui.cases.absences_panel import AbsenceRows
from caseapp.ui.errors import sentence
from caseapp.ui.follow_ups.protocols_panel import take_back
from caseapp.ui.follow_ups.words import due_words
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.table import Column, Table

_TONES = {Fate.ASK: "danger", Fate.EARLIER: "warning", Fate.LATER: "neutral", Fate.COVERED: "good"}
_FIELD_OF = {
    "away.backwards": "last",
    "absence.days-out-of-order": "last",
    "absence.cover-is-self": "cover",
}


class AwayScreen(Screen):
    """Chooses who and when, writes it down, shows what would be moved, and moves it as one."""

    name = "away"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Somebody is away")
        self.plan: AwayPlan | None = None
        self._build()

    def refresh(self) -> None:
        self.ask(self.desk.services.transfers.absences, self.absences.show_all, key="absences")
        self._look()

    def _build(self) -> None:
        self.content.addWidget(self._who_and_when())
        self.content.addWidget(self._what_falls_due(), 1)
        self.go.setEnabled(False)
        self.absences.hide()
        for field in (self.first, self.last):
            field.textEdited.connect(lambda _text: self._look())
        for choice in (self.who, self.cover):
            choice.currentIndexChanged.connect(lambda _place: self._look())
        self.begin_at(self.who)

    def _who_and_when(self) -> Panel:
        panel = Panel("Who and when")
        panel.pad()
        form = self.form = Form(4)
        self.who = form.choice("who", "Who is away", [])
        self.first = form.text("first", "First day", hint="mon, 24 Dec")
        self.last = form.text("last", "Last day", hint="fri, 2 Jan")
        self.cover = form.choice("cover", "Who covers", [])
        workers = self.desk.lists.workers
        self.desk.lists.offer(self.who, workers)
        self.desk.lists.offer(self.cover, lambda: [(None, "nobody: other days"), *workers()])
        panel.body.addWidget(form)
        self.write = button("Write it down", self._write, hint="Their cover sees on Today what falls due")
        self.written = label("Known to the calendar, to triage and to the cover's Today.", "small")
        if not self.desk.may(Right.LEAD_TEAM):
            self.write.hide()
            self.written.setText("A supervisor writes down who is away; here you move what falls due.")
        panel.body.addWidget(row(self.written, None, self.write))
        self.absences = AbsenceRows(self.desk, self._on_written, super().refused, self._look_at)
        panel.body.addWidget(self.absences)
        return panel

    def _what_falls_due(self) -> Panel:
        listed = Panel("What falls due meanwhile")
        self.table: Table[Proposed] = Table(
            "What falls due meanwhile",
            (
                Column(
                    "Due",
                    lambda one: due_words(self.desk, one.follow_up),
                    sort=lambda one: one.follow_up.due_on.toordinal(),
                    width=150,
                ),
                Column("Person", lambda one: one.follow_up.person_name, is_bold=True, width=220),
                Column("What", lambda one: one.follow_up.what, width=240),
                Column("Becomes", self._fate, tone=lambda one: _TONES[one.fate], width=280),
            ),
            self.desk.look,
            empty="Choose who is away, and the first and last day.",
        )
        listed.body.addWidget(self.table, 1)
        self.note = label("", "second", wraps=True)
        self.go = button("Move them all", self._go, look="primary")
        line = row(self.note, None, self.go)
        line.setContentsMargins(14, 8, 12, 12)
        listed.body.addWidget(line)
        return listed

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError) and error.code in _FIELD_OF:
            self._show(None)
            self.form.error(_FIELD_OF[error.code], sentence(error), takes_focus=False)
        else:
            super().refused(error)

    def _typed(self, text: str) -> date | None:
        try:
            return read(text, today=self.desk.services.context.today()).on
        except NotUnderstood:
            return None

    def _look(self) -> None:
        self.form.clear_errors()
        staff_id: UUID | None = self.who.currentData()
        cover_id: UUID | None = self.cover.currentData()
        first, last = self._typed(self.first.text()), self._typed(self.last.text())
        if cover_id is not None and cover_id == staff_id:
            self._show(None)
            self.form.error("cover", "Somebody else covers.", takes_focus=False)
            return
        if staff_id is None or first is None or last is None:
            self._show(None)
            return
        calendar = self.desk.services.calendar
        self.ask(
            lambda: calendar.while_away(staff_id=staff_id, from_on=first, to_on=last, cover_id=cover_id),
            self._show,
            key="plan",
        )

    def _write(self) -> None:
        self.form.clear_errors()
        if not self.form.is_chosen():
            return
        staff_id, cover_id = self.who.currentData(), self.cover.currentData()
        first, last = self._typed(self.first.text()), self._typed(self.last.text())
        for key, day in (("first", first), ("last", last)):
            if day is None:
                self.form.error(key, "Write a day like mon, 24 Dec or +5d.")
                return
        assert first is not None and last is not None  # noqa: S101
        transfers = self.desk.services.transfers
        self.ask(
            lambda: transfers.add_absence(staff_id=staff_id, from_on=first, to_on=last, cover_id=cover_id),
            self._on_written,
        )

    def _on_written(self, change: Change) -> None:
        self.desk.say("Written down. Below stands what falls due meanwhile.", None)
        self.desk.hub.changed.emit(change)

    def _look_at(self, one: Absence) -> None:
        """What falls due in an absence that is written down."""
        self.desk.lists.choose(self.who, one.staff_id)
        self.desk.lists.choose(self.cover, one.cover_id)
        self.first.setText(max(one.from_on, self.desk.services.context.today()).isoformat())
        self.last.setText(one.to_on.isoformat())
        self._look()

    def _show(self, plan: AwayPlan | None) -> None:
        self.plan = plan
        proposed = plan.proposed if plan else ()
        self.table.set_rows(list(proposed))
        asked = sum(one.fate is Fate.ASK for one in proposed)
        words = [f"{len(proposed)} fall due."] if plan else []
        if asked:
            words.append(f"{asked} must be done meanwhile: their window ends. Choose who covers.")
        if plan and plan.restricted:
            words.append(f"{plan.restricted} of restricted people stay: whoever may open them moves them.")
        self.note.setText(" ".join(words))
        self.go.setEnabled(any(one.fate is not Fate.ASK for one in proposed))

    def _fate(self, one: Proposed) -> str:
        if one.fate is Fate.COVERED:
            return f"{self.cover.currentText()}, {weekday_words(one.on)}"
        if one.fate is Fate.ASK:
            until = one.follow_up.latest_on
            return f"stays: window ends {weekday_words(until)}" if until else "stays"
        return f"{'before' if one.fate is Fate.EARLIER else 'after'}: {weekday_words(one.on)}"

    def _go(self) -> None:
        if self.plan is None:
            return
        moves = tuple(self._move(one) for one in self.plan.proposed if one.fate is not Fate.ASK)
        follow_ups = self.desk.services.follow_ups
        self.go.setEnabled(False)
        self.ask(lambda: follow_ups.move_all(moves=moves), self._on_moved)

    def _move(self, one: Proposed) -> Move:
        row = one.follow_up
        at = self.desk.local(row.due_at).time() if row.due_at else None
        return Move(row.id, row.version, When(one.on, at), self.cover.currentData())

    def _on_moved(self, done: Done) -> None:
        count = len(done.before)
        words = f"{count} follow-up{'s' if count > 1 else ''} moved."
        self.desk.say(words, take_back(self.desk, done, super().refused))
        self.desk.hub.changed.emit(done.change)
