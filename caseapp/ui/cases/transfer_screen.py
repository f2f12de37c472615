"""Hand cases on: choose whose and which, see what goes along and to whom, then move them together."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QListWidget, QListWidgetItem

from caseapp.domain.access import Right
from caseapp.domain.changes import Change
from caseapp.domain.counted import counted
from caseapp.domain.day_words import short_day
from caseapp.domain.transfers import Absence, Left, Moving
from caseapp.domain.triage import Load
from caseapp.services.transfers import Transferred
from caseapp.ui import way_out
from caseapp.ui.cases.absences_panel import AbsencesPanel
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, flowing, label, named, row
from caseapp.ui.widgets.options import offer


class TransferScreen(Screen):
    """Transfer of one, many or everything, and who stands in for whoever is away."""

    name = "transfer"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Hand cases on")
        self.left: Left | None = None
        self._loads: list[Load] = []
        self._build()
        self._connect()

    def about(self, subject: object) -> None:
        before = self.giver.currentIndex()
        if isinstance(subject, UUID):
            self.desk.lists.choose(self.giver, subject)
        if self.giver.currentIndex() == before:
            self.refresh()

    def refresh(self) -> None:
        if not self.desk.may(Right.LEAD_TEAM):
            self.words.setText("A supervisor or manager hands cases on.")
            return
        giver, services = self.giver.currentData(), self.desk.services
        if giver is None:
            self._show_nobody()
            return
        self.ask(
            lambda: (
                services.transfers.preview(staff_id=giver),
                services.triage.loads(),
                services.transfers.absences(),
            ),
            lambda found: self._show(*found),
            key="preview",
        )

    @property
    def chosen(self) -> tuple[UUID, ...]:
        """The cases that are ticked."""
        return tuple(
            item.data(Qt.ItemDataRole.UserRole)
            for item in map(self.list.item, range(self.list.count()))
            if item.checkState() is Qt.CheckState.Checked
        )

    def _build(self) -> None:
        self.giver = _combo("Whose cases", [])
        self.desk.lists.offer(self.giver, self.desk.lists.workers)
        self.receiver = _combo("To whom", [])
        self.receiver.setMinimumWidth(self.desk.look.pixels(230))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("Why (for the record)")
        self.reason.setAccessibleName("Why they are handed on")
        panel = Panel("Transfer")
        panel.pad()
        panel.body.addWidget(flowing(named("From", self.giver), named("to", self.receiver), self.reason))
        self.list = QListWidget()
        self.list.setAccessibleName("Cases to hand on, Space ticks")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        panel.body.addWidget(self.list, 1)
        self.words = label("", "second", wraps=True)
        self.every = button("Tick all", partial(self._tick, Qt.CheckState.Checked), look="plain")
        self.none = button("Tick none", partial(self._tick, Qt.CheckState.Unchecked), look="plain")
        self.hand_on = button("Hand on the ticked", self._move, look="primary")
        self.leave = button("Everything (leaves)", self._everything, hint="All that this person still holds")
        panel.body.addWidget(self.words)
        panel.body.addWidget(row(self.every, self.none, None, self.leave, self.hand_on))
        self.content.addWidget(panel, 1)
        self.absences = AbsencesPanel(self.desk, self._done, self.refused)
        self.content.addWidget(self.absences)
        self.review = button("Review sheet", self._review, hint="Supervisor's review of this worker's cases")
        self.action_line.addWidget(self.review)
        self.begin_at(self.giver)

    def _connect(self) -> None:
        self.giver.currentIndexChanged.connect(lambda _place: self.refresh())
        self.list.itemChanged.connect(lambda _item: self._say_what())
        self.receiver.currentIndexChanged.connect(lambda _place: self._say_what())

    def _show(self, left: Left, loads: list[Load], absences: list[Absence]) -> None:
        self.left, self._loads = left, loads
        others = [one for one in loads if one.staff_id != self.giver.currentData()]
        offer(self.receiver, [(one.staff_id, _load_words(one)) for one in others])
        self.review.setEnabled(True)
        self.list.clear()
        for case in left.cases:
            item = QListWidgetItem(_line(case))
            item.setToolTip(_line(case))
            item.setData(Qt.ItemDataRole.UserRole, case.case_id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.absences.show_all(absences)
        self._say_what()

    def _show_nobody(self) -> None:
        """It is not chosen, or not known yet, whose cases they are."""
        self.left = None
        self.list.clear()
        self.words.setText("Choose whose cases are handed on.")
        for one in (self.hand_on, self.leave, self.review):
            one.setEnabled(False)

    def _say_what(self) -> None:
        """The preview: what would move, and what the receiver would hold then."""
        left, chosen = self.left, set(self.chosen)
        if left is None:
            return
        steps = sum(one.follow_ups for one in left.cases if one.case_id in chosen)
        to = next((one for one in self._loads if one.staff_id == self.receiver.currentData()), None)
        moved = f"{counted(len(chosen), 'case')} with {counted(steps, 'planned step')} would move"
        then = f"; {to.name} would hold {to.open_cases + len(chosen)}." if to is not None else "."
        rest = (
            f"Beside cases: {counted(left.other_follow_ups, 'other step')}, "
            f"{counted(left.taken_from_calls, 'person', 'people')} taken from calls, "
            f"{counted(left.unsigned_notes, 'note')} only they can sign."
        )
        nothing = f"{self.giver.currentText()} holds nothing that could be handed on."
        self.words.setText(nothing if left.is_nothing else f"{moved}{then} {rest}")
        for one in (self.every, self.none):
            one.setEnabled(bool(left.cases))
        self.hand_on.setEnabled(bool(chosen) and to is not None)
        self.leave.setEnabled(not left.is_nothing and to is not None)

    def _tick(self, state: Qt.CheckState) -> None:
        for place in range(self.list.count()):
            self.list.item(place).setCheckState(state)

    def _move(self) -> None:
        transfers, chosen = self.desk.services.transfers, self.chosen
        to, reason = self.receiver.currentData(), self.reason.text()
        self.ask(lambda: transfers.transfer(case_ids=chosen, to_id=to, reason=reason), self._on_moved)

    def _everything(self) -> None:
        transfers, giver = self.desk.services.transfers, self.giver.currentData()
        to, reason = self.receiver.currentData(), self.reason.text()
        self.ask(
            lambda: transfers.transfer_everything(from_id=giver, to_id=to, reason=reason), self._on_moved
        )

    def _review(self) -> None:
        papers, giver = self.desk.services.work_papers, self.giver.currentData()
        path = way_out.ask_where(self, "Save the review sheet", "review.pdf", "PDF (*.pdf)")
        if path is not None:
            self.ask(
                lambda: papers.review(staff_id=giver),
                lambda pdf: self.save_and_tell(path, pdf, f"Saved as {path.name}. For staff alone."),
            )

    def _on_moved(self, done: Transferred) -> None:
        self.reason.clear()
        words = f"{counted(len(done.cases), 'case')} and {counted(len(done.follow_ups), 'step')} handed on."
        self.desk.say(words, lambda: self._take_back(done))
        self.desk.hub.changed.emit(done.change)

    def _take_back(self, done: Transferred) -> None:
        transfers = self.desk.services.transfers
        self.ask(lambda: transfers.take_back(transferred=done), self._done)

    def _done(self, change: Change) -> None:
        self.desk.hub.changed.emit(change)


def _combo(name: str, options: list[tuple[UUID, str]]) -> QComboBox:
    made = QComboBox()
    made.setAccessibleName(name)
    for value, words in options:
        made.addItem(words, value)
    return made


def _load_words(one: Load) -> str:
    return f"{one.name} ({counted(one.open_cases, 'case')}{', away' if one.is_away else ''})"


def _line(one: Moving) -> str:
    step = f"{short_day(one.next_step_on)}: {one.next_step}" if one.next_step_on else "no next step"
    return f"{one.person_name}, {one.number}   {step}"
