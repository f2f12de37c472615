"""Under the calendar: the chosen follow-up, its words, where it moves to, how far that reaches, its end."""

from datetime import time
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout

from caseapp.domain.access import Right
from caseapp.domain.contacts import Channel
from caseapp.domain.day_words import weekday_words
from caseapp.domain.follow_ups import FollowUp
from caseapp.domain.series import Reach
from caseapp.domain.shorthand import NotUnderstood, When, read
from caseapp.ui.errors import sentence
from caseapp.ui.follow_ups.words import clock_words, due_words, standing
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import Panel, button, flowing, keys_inside, named, row
from caseapp.ui.widgets.one_line import OneLine
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.problem import Problem

_REACHES = ((Reach.THIS, "this one"), (Reach.LATER, "this and later"), (Reach.ALL, "all of the series"))


class _Typed(NamedTuple):
    """What is asked of a follow-up; None where it is as the record has it."""

    of: UUID
    day: str
    reason: str
    reach: Reach
    text: str | None
    channel: Channel | None
    owner_id: UUID | None


class ActionBar(Panel):
    """Says what is chosen and takes the typed day, the worker, the words and the reach.

    Signals:
        move_requested: the follow-up, a `When`, the worker's id, a `Reach`.
        reword_requested: the follow-up, what is to be done, a `Channel`, a `Reach`.
        cancel_requested: the follow-up, the reason, a `Reach`.
        stop_requested: the follow-up, and the reason why its protocol stops.
        left: Esc was pressed: the focus goes back to the calendar.
    """

    move_requested = Signal(object, object, object, object)
    reword_requested = Signal(object, str, object, object)
    cancel_requested = Signal(object, str, object)
    stop_requested = Signal(object, str)
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.follow_up: FollowUp | None = None
        self._kept: _Typed | None = None
        self.pad()
        self.who, self.what = OneLine("", "heading", keeps=20), OneLine("", "second")
        self.day = QLineEdit()
        self.day.setPlaceholderText("tomorrow 10, +3d, fri")
        self.day.setAccessibleName("Move to")
        self.owner, self.reach = QComboBox(), QComboBox()
        self.owner.setAccessibleName("Whose")
        desk.lists.offer(self.owner, lambda: desk.lists.workers(Right.CHANGE_FOLLOW_UPS))
        self.reach.setAccessibleName("How far the change reaches")
        self.owner.setMinimumWidth(desk.look.pixels(170))
        self.day.setMinimumWidth(desk.look.pixels(170))
        for value, words in _REACHES:
            self.reach.addItem(words, value)
        self.reason = QLineEdit()
        self.reason.setPlaceholderText("why it is dropped")
        self.reason.setAccessibleName("Why it is dropped")
        self.mover = button("Move", self._move, look="primary")
        self.drop = button("Cancel it", self._cancel)
        self.stop = button(
            "Stop the protocol", self._stop, hint="Drop every step of it that is still planned"
        )
        self.text, self.channel = QLineEdit(), QComboBox()
        self.text.setAccessibleName("What is to be done")
        self.channel.setAccessibleName("How")
        for one, words in self._desk.lists.words.among("contact_channel", Channel):
            self.channel.addItem(words, one)
        self.changer = button("Change", self._reword)
        self.problem = Problem()
        self._build()
        self.show_one(None)

    def _build(self) -> None:
        lines = QVBoxLayout()
        lines.setSpacing(6)
        lines.addWidget(row(self.who, self.what, None))
        self.line = flowing(
            named("Move to", self.day),
            self.owner,
            self.reach,
            self.mover,
            named("or drop", self.reason),
            self.drop,
            self.stop,
        )
        self.wording = flowing(named("What", self.text), self.channel, self.changer)
        for line in (self.line, self.wording):
            lines.addWidget(line)
            if not self._desk.may(Right.CHANGE_FOLLOW_UPS):
                line.hide()
        lines.addWidget(self.problem)
        self.body.addLayout(lines)
        self.day.returnPressed.connect(self._move)
        self.text.returnPressed.connect(self._reword)
        self.reason.returnPressed.connect(self._cancel)
        keys_inside(self, "Escape", self.left.emit)

    def show_one(self, one: FollowUp | None) -> None:
        """Show the chosen follow-up, or that none is chosen."""
        self.follow_up = one
        kept, self._kept = self._kept, None
        self.problem.say("")
        self.day.clear()
        self.reason.clear()
        self.line.setEnabled(one is not None)
        self.wording.setEnabled(one is not None)
        self.text.setText(one.what if one else "")
        self.stop.setVisible(one is not None and one.run_id is not None)
        self.reach.setVisible(one is not None and one.series_id is not None)
        self.reach.setCurrentIndex(0)
        if one is None:
            self.who.setText("Nothing chosen")
            self.what.setText(
                "Arrows choose, Enter opens, L logs, M moves, E rewords, Alt and arrows move at once."
            )
            return
        choose(self.channel, Channel(one.channel))
        self._desk.lists.choose(self.owner, one.owner_id)
        self.who.setText(one.person_name)
        parts = (one.what, due_words(self._desk, one), standing(self._desk, one), one.owner_name)
        self.what.setText("   ".join(filter(None, parts)))
        if kept is not None and kept.of == one.id:
            self._put_back(kept)

    def keep_typed(self) -> None:
        """Somebody else saved the chosen one: what is typed stays when it is read again."""
        one = self.follow_up
        if one is not None:
            text, channel, owner_id = self.text.text(), self.channel.currentData(), self.owner.currentData()
            self._kept = _Typed(
                of=one.id,
                day=self.day.text(),
                reason=self.reason.text(),
                reach=self.reach.currentData(),
                text=text if text != one.what else None,
                channel=channel if channel != Channel(one.channel) else None,
                owner_id=owner_id if owner_id != one.owner_id else None,
            )

    def _put_back(self, kept: _Typed) -> None:
        self.day.setText(kept.day)
        self.reason.setText(kept.reason)
        choose(self.reach, kept.reach)
        if kept.text is not None:
            self.text.setText(kept.text)
        if kept.channel is not None:
            choose(self.channel, kept.channel)
        if kept.owner_id is not None:
            self._desk.lists.choose(self.owner, kept.owner_id)

    def start_move(self) -> None:
        """The typed way to move."""
        self.day.setFocus()

    def start_reword(self) -> None:
        """What it says, and how it is done."""
        self.text.setFocus()
        self.text.selectAll()

    def start_cancel(self) -> None:
        """The reason why it is dropped."""
        self.reason.setFocus()

    def _move(self) -> None:
        one = self.follow_up
        if one is None:
            return
        when = self._typed(one)
        if when is not None:
            self.problem.say("")
            self.move_requested.emit(one, when, self.owner.currentData(), self.reach.currentData())

    def _typed(self, one: FollowUp) -> When | None:
        """The typed day; a day without an hour keeps the hour, and no text at all keeps both."""
        text = self.day.text().strip()
        clock = clock_words(self._desk, one.due_at)
        kept = time.fromisoformat(clock) if clock else None
        if not text:
            return When(one.due_on, kept)
        try:
            when = read(text, today=self._desk.services.context.today())
        except NotUnderstood as error:
            self.problem.say(sentence(error))
            return None
        return When(when.on, when.at or kept)

    def _reword(self) -> None:
        one = self.follow_up
        if one is not None:
            self.problem.say("")
            self.reword_requested.emit(
                one, self.text.text(), self.channel.currentData(), self.reach.currentData()
            )

    def _stop(self) -> None:
        if self.follow_up is not None:
            self.stop_requested.emit(self.follow_up, self.reason.text())

    def _cancel(self) -> None:
        one = self.follow_up
        if one is not None:
            self.cancel_requested.emit(one, self.reason.text(), self.reach.currentData())


def moved_words(one: FollowUp, when: When, closed: str) -> str:
    """What a move did, and what is odd about the new day."""
    clock = f" {when.at:%H:%M}" if when.at else ""
    words = f"{one.person_name}: {one.what} is on {weekday_words(when.on)}{clock}"
    if closed:
        words += f". The agency is closed then: {closed}"
    if one.latest_on is not None and when.on > one.latest_on:
        words += f". Its window ends on {weekday_words(one.latest_on)}"
    return f"{words}."
