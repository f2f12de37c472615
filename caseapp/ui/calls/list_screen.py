"""Calls: the list, and the workbench of the current one."""

from dataclasses import replace
from typing import NamedTuple
from uuid import UUID

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QSplitter
from typing_extensions import override

from caseapp.domain.access import Right
from caseapp.domain.call_filters import PAGE, CallCount, CallFilter, Mark, Written, since
from caseapp.domain.calls import CallLine
from caseapp.domain.changes import Change, Kind
from caseapp.domain.counted import counted
from caseapp.domain.units import Unit
from caseapp.services.calls import Workbench
from caseapp.ui.calls.bench import Bench
from caseapp.ui.calls.filter_bar import FilterBar
from caseapp.ui.calls.table import call_table
from caseapp.ui.screen import READING, Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, keys_inside
from caseapp.ui.widgets.beside import Beside

_STEPPING = 150
"""Milliseconds within which a second row makes it stepping: then only the row where it ends is opened."""


_OPENING = "calls open"
"""The newest call that was asked for is shown, and no other."""


class CallsOf(NamedTuple):
    """The calls behind a number: of one place or one person, in the last days."""

    title: str
    days: int
    places: tuple[Written, ...] = ()
    person_id: UUID | None = None


class _Start(NamedTuple):
    """A list as it is read first: the page with the wanted call, and where that stands."""

    where: CallFilter
    place: int | None
    page: int
    rows: list[CallLine]


class CallsScreen(Screen):
    """Calls newest first; the current one opens in the workbench."""

    name = "calls"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Calls")
        self.bench: Workbench | None = None
        self._wanted: UUID | None = None
        self._asked: UUID | None = None
        self._of: CallsOf | None = None
        self._where = CallFilter()
        self._count: CallCount | None = None
        self._is_new = True
        self._build()
        self._connect()
        self._read_words()

    @override
    def about(self, subject: object) -> None:
        self._wanted = subject if isinstance(subject, UUID) else None
        self._of = subject if isinstance(subject, CallsOf) else None
        self.everything.setVisible(self._of is not None)
        self.bar.setVisible(self._of is None)
        self._is_new = True
        self.ask(self.desk.services.units.units, self._on_units, key="units")
        self.refresh()
        if self._wanted:
            self._open(self._wanted)

    @override
    def refresh(self) -> None:
        where = self._asked_for()
        if where is None:
            return
        if _untimed(where) != _untimed(self._where):
            self._count = None
        self._where = where
        self._start(self._wanted or (self.bench.call.id if self.bench else None))

    @override
    def changed(self, change: Change) -> None:
        super().changed(change)
        if Kind.IMPORT in change.kinds:
            self._read_words()

    @override
    def keep_draft(self) -> None:
        """What was said of people is kept before their panels go."""
        self.parts.keep()
        super().keep_draft()

    def _build(self) -> None:
        self.everything = button("All calls", lambda: self.about(None))
        self.everything.setVisible(False)
        self.action_line.addWidget(self.everything)
        self.action_line.addWidget(button("Repeat contact", lambda: self.desk.show("repeat", None)))
        if self.desk.may(Right.IMPORT):
            self.action_line.addWidget(button("Import", lambda: self.desk.show("imports", None)))
        if self.desk.may(Right.CHANGE_CALLS):
            self.action_line.addWidget(button("New call", lambda: self.desk.show("new-call", None)))
        self.bar = FilterBar(self.desk.look, self.desk.lists.codes("call_source"))
        self.content.addWidget(self.bar)
        self.table = call_table(self.desk)
        top = Panel()
        top.body.addWidget(self.table)
        self.parts = Bench(self.desk, self._on_slow)
        self._left = self._over_the_call(top)
        self.parts.people_column.setFixedWidth(self.desk.look.pixels(364))
        line = Beside()
        line.addWidget(self._left, 1)
        line.addWidget(self.parts.people_column)
        self.content.addLayout(line, 1)

    def _over_the_call(self, top: Panel) -> QSplitter:
        """The list above the call that is open in it, and a line between them that is moved."""
        left = QSplitter(Qt.Orientation.Vertical)
        left.setHandleWidth(12)
        left.setChildrenCollapsible(False)
        left.setMinimumWidth(self.desk.look.pixels(320))
        left.addWidget(top)
        left.addWidget(self.parts.call_column)
        left.setStretchFactor(0, 2)
        left.setStretchFactor(1, 3)
        left.setSizes([self.desk.look.pixels(280), self.desk.look.pixels(340)])
        return left

    def _connect(self) -> None:
        self.bar.changed.connect(self.refresh)
        self.bar.left.connect(self._to_rows)
        self.table.page_wanted.connect(self._on_page_wanted)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda _line: self._to_people())
        self.table.key_pressed.connect(self._on_key)
        for column in (self.parts.call_column, self.parts.people_column):
            column.left.connect(self.table.view.setFocus)
        keys_inside(self, "Ctrl+F", self._to_words)
        self._stepping, self._last_step = QTimer(self), QElapsedTimer()
        self._stepping.setSingleShot(True)
        self._stepping.setInterval(_STEPPING)
        self._stepping.timeout.connect(self._open_current)
        self.begin_at(self.table.view)

    def _asked_for(self) -> CallFilter | None:
        """What the list shows; None while the bar holds a day that cannot be read."""
        context, of = self.desk.services.context, self._of
        if of is None:
            return self.bar.value(now=context.now(), zone=context.zone)
        after = since(of.days, now=context.now(), zone=context.zone)
        return CallFilter(after=after, places=of.places, person_id=of.person_id)

    def _start(self, wanted: UUID | None) -> None:
        """Read the list anew from where a call stands in it; the count comes after."""
        lists, where = self.desk.services.calls, self._where

        def read() -> _Start:
            place = lists.place_of(call_id=wanted, where=where) if wanted else None
            page = (place or 0) // PAGE
            return _Start(where, place, page, lists.page(where=where, skip=page * PAGE))

        self.ask(read, self._show_start, key="list")
        self.ask_late(lambda: (where, lists.count(where=where)), self._show_count, key="count")

    def _show_start(self, start: _Start) -> None:
        if start.place is None and self._wanted is not None and self._widen():
            return
        known = start.page * PAGE + len(start.rows)
        count = self._count.calls if self._count and len(start.rows) == PAGE else known
        place = -1 if start.place is None and self.bench is not None else start.place or 0
        is_filtered = self._of is None and self.bar.is_narrow
        wanted = self._wanted or (self.bench.call.id if self.bench else None)
        self.table.start(max(count, known), start.page, start.rows, is_filtered=is_filtered, current=place)
        self._say_count()
        if self._is_new and start.rows and self.isVisible():
            self._is_new = False
            self.table.view.setFocus()
        if wanted is not None:
            self._open(wanted)
        elif start.rows:
            self._open(start.rows[0].id)

    def _widen(self) -> bool:
        """A call that was asked for by itself is shown in its list, whatever the filter said before."""
        if self._of is not None or self._where == CallFilter():
            return False
        self.bar.clear()
        self.refresh()
        return True

    def _show_count(self, counted: tuple[CallFilter, CallCount]) -> None:
        where, count = counted
        if where == self._where:
            self._count = count
            if self.table.pages.rowCount():
                self.table.pages.set_count(count.calls)
            self._say_count()

    def _say_count(self) -> None:
        if self._count is None:
            self.beside.setText("counting")
            return
        calls, to_link = self._count.calls, self._count.to_link
        words = counted(calls, "call")
        if self._of is not None:
            words = f"{words}: {self._of.title}, last {self._of.days} days"
        people = counted(to_link, "person", "people") if to_link else ""
        self.beside.setText(f"{words}, {people} to link" if people else words)

    def _on_page_wanted(self, page: int) -> None:
        """Read a page behind the nearest one that is here, so that a long way is not counted from the top."""
        lists, where, model = self.desk.services.calls, self._where, self.table.pages
        before = model.last_before(page)
        behind = Mark(before[1].received_at, before[1].id) if before else None
        skip = (page - before[0] - 1 if before else page) * PAGE

        def show(rows: list[CallLine]) -> None:
            if where == self._where:
                model.put(page, rows)

        self.ask(lambda: lists.page(where=where, behind=behind, skip=skip), show)

    def _read_words(self) -> None:
        self.ask_late(self.desk.services.calls.list_words, self.bar.offer, key="words")

    def _on_units(self, units: list[Unit]) -> None:
        """The call signs in service are offered in the form of a unit, each with its model."""
        known = [one.details for one in units if one.details.retired_on is None]
        self.parts.units.units = {one.call_sign: one.model for one in known}

    def _on_chosen(self, line: CallLine | None) -> None:
        if line is None or line.id == self._asked:
            self._stepping.stop()
            return
        is_stepping = self._last_step.isValid() and self._last_step.elapsed() < _STEPPING
        self._last_step.start()
        if is_stepping:
            self._stepping.start()
        else:
            self._open_current()

    def _open_current(self) -> None:
        line = self.table.current()
        if line is not None and line.id != self._asked:
            self._wanted = None
            self._open(line.id)

    @property
    def _is_of_asked(self) -> bool:
        """Whether the workbench shows the call that was asked for last."""
        return self.bench is not None and self.bench.call.id == self._asked

    def _on_key(self, letter: str, _line: CallLine) -> None:
        """A letter opens the side of the call that it stands for, once that call is there."""
        if self._stepping.isActive() or not self._is_of_asked:
            return
        part = self.parts.by_key(letter)
        if part is not None:
            part.open_form()
        elif letter == "t":
            for met in self.parts.met[:1]:
                met.hand_to_triage()

    def _to_words(self) -> None:
        self.bar.words.setFocus()
        self.bar.words.selectAll()

    def _to_rows(self) -> None:
        view = self.table.view
        view.setFocus()
        if not view.currentIndex().isValid():
            view.setCurrentIndex(self.table.pages.index(0, 0))

    def _to_people(self) -> None:
        """Enter goes from the row to the first thing that can be done with a person of the call."""
        first = next(iter([*self.parts.met, self.parts.add_met]))
        first.setFocus()
        first.focusNextChild()

    def _open(self, call_id: UUID) -> None:
        """Open a call, unless words of another one are not saved yet: those are never lost on the way."""
        if self._stays_for_unsaved(call_id):
            return
        self._asked = call_id
        if self._is_of_asked:
            self.parts.stay()
        else:
            self.parts.expect_another()
        calls = self.desk.services.calls
        self.desk.tasks.run(
            lambda: calls.open(call_id=call_id), then=self._show, failed=self._on_closed, key=_OPENING
        )

    def _stays_for_unsaved(self, call_id: UUID) -> bool:
        """Whether words of the call in view keep another one from being shown, which is said then."""
        typed = self.parts.unsaved
        if typed is None or self.bench is None or self.bench.call.id == call_id:
            return False
        self.desk.say(typed.unsaved_words, None)
        self.desk.tasks.drop(_OPENING)
        self.parts.stay()
        self._wanted, self._asked = None, self.bench.call.id
        self._mark(self.bench.call.id)
        return True

    def _on_slow(self) -> None:
        """Nothing of one call stands beside the marked row of another, and that it is read is said."""
        if self._asked is not None and not self._stays_for_unsaved(self._asked):
            self.parts.hide()
            self.beside.setText(READING)

    def _on_closed(self, error: Exception) -> None:
        """A call that cannot be opened: none is shown, and its row can be tried again."""
        self.bench = self._asked = None
        self.parts.hide()
        self._say_count()
        self.refused(error)

    def _mark(self, call_id: UUID) -> None:
        """Mark the row of a call without opening it once more."""
        place = self.table.pages.place_of(call_id)
        if place is not None:
            self.table.mark(place)

    def _show(self, bench: Workbench) -> None:
        if self._stays_for_unsaved(bench.call.id):
            return
        is_other = self.bench is None or self.bench.call.id != bench.call.id
        self.bench = bench
        self.parts.show(bench, is_other=is_other)
        self._say_count()


def _untimed(where: CallFilter) -> CallFilter:
    """A filter without its first instant, which goes on with the clock."""
    return replace(where, after=None)
