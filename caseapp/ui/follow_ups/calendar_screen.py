"""Follow-ups: the agenda as a list, and day, week and month of the worker or of the team."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from PySide6.QtCore import QModelIndex

from caseapp.domain.access import Right
from caseapp.domain.day_words import day_words, long_day, short_day
from caseapp.domain.errors import CaseAppError, StaleRecord
from caseapp.domain.follow_ups import LATE, FollowUp
from caseapp.services.calendar import CalendarPage
from caseapp.ui.errors import sentence
from caseapp.ui.follow_ups import grid
from caseapp.ui.follow_ups.action_bar import ActionBar
from caseapp.ui.follow_ups.acts import FollowUpActs
from caseapp.ui.follow_ups.calendar_out import CalendarOut
from caseapp.ui.follow_ups.calendar_view import CalendarView
from caseapp.ui.follow_ups.cell_painter import CellPainter
from caseapp.ui.follow_ups.grid import Cell, Span
from caseapp.ui.follow_ups.grid_model import GridModel
from caseapp.ui.follow_ups.moves import Moves
from caseapp.ui.follow_ups.words import due_words, standing, tone
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, chip, row
from caseapp.ui.widgets.choices import Choices
from caseapp.ui.widgets.stack import Stack
from caseapp.ui.widgets.table import Column, Table

_SPANS = ((Span.AGENDA, "Agenda"), (Span.DAY, "Day"), (Span.WEEK, "Week"), (Span.MONTH, "Month"))


class FollowUpsScreen(Screen):
    """The calendar; nothing is changed but by the verbs of follow-ups, and each change can be undone."""

    name = "follow-ups"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Follow-ups")
        self.span = Span.AGENDA
        self.day = desk.services.context.today()
        self.page: CalendarPage | None = None
        self._chosen: UUID | None = None
        self.acts = FollowUpActs(self, self._stay_on)
        self.moves = Moves(desk, self.acts, lambda: self.page.loads if self.page else ())
        self._build()
        self._connect()

    def refresh(self) -> None:
        services, only_mine = self.desk.services, self.mine.isChecked()
        if self.span is Span.AGENDA:
            self.ask(lambda: services.follow_ups.planned(only_mine=only_mine), self._on_agenda, key="page")
            return
        first, last = grid.days_of(self.span, self.day)
        self.ask(
            lambda: services.calendar.page(first=first, last=last, only_mine=only_mine),
            self._on_page,
            key="page",
        )

    def show_span(self, span: Span) -> None:
        """Show the agenda, a day, a week or a month."""
        self.span = span
        self.spans.choose(span)
        self.times.setVisible(span is not Span.AGENDA)
        self.pages.setCurrentWidget(self.table if span is Span.AGENDA else self.view)
        self.begin_at(self.table.view if span is Span.AGENDA else self.view)
        self.refresh()

    def _build(self) -> None:
        self.mine = button("Mine")
        self.mine.setCheckable(True)
        self.mine.setChecked(True)
        self.away = button("Somebody is away", lambda: self.desk.show("away", None))
        if not self.desk.may(Right.CHANGE_FOLLOW_UPS):
            self.away.hide()
        self.out = CalendarOut(self, self._sheet)
        self.action_line.addWidget(self.mine)
        self.action_line.addWidget(self.out.print_button)
        self.action_line.addWidget(self.out.file)
        self.action_line.addWidget(self.away)
        self.spans = Choices("View", list(_SPANS))
        self.spans.setMinimumWidth(self.desk.look.pixels(346))
        self.earlier = button("<", lambda: self._turn(-1), hint="Earlier (Page Up)")
        self.earlier.setAccessibleName("Earlier")
        self.today = button("Today", lambda: self._go(self.desk.services.context.today()))
        self.later = button(">", lambda: self._turn(1), hint="Later (Page Down)")
        self.later.setAccessibleName("Later")
        self.times = row(self.earlier, self.today, self.later)
        panel = Panel("Planned", actions=[self.times, self.spans])
        self.panel = panel
        self.table = self._agenda()
        self.model = GridModel(self._words, self)
        may_carry = self.desk.may(Right.CHANGE_FOLLOW_UPS)
        self.view = CalendarView(self.model, self.moves.words, may_carry=may_carry)
        self.view.setItemDelegate(CellPainter(self.desk, lambda one: tone(self.desk, one), self.view))
        self.view.setAccessibleName("Calendar")
        self.pages = Stack()
        self.pages.addWidget(self.table)
        self.pages.addWidget(self.view)
        panel.body.addWidget(self.pages, 1)
        self.bar = ActionBar(self.desk)
        self.content.addWidget(panel, 1)
        self.content.addWidget(self.bar)
        self.spans.choose(self.span)
        self.times.setVisible(False)
        self.begin_at(self.table.view)

    def _agenda(self) -> Table[FollowUp]:
        desk = self.desk
        return Table(
            "Planned follow-ups",
            (
                Column(
                    "Due",
                    lambda one: due_words(desk, one),
                    tone=lambda one: tone(desk, one),
                    sort=lambda one: one.due_on.toordinal(),
                    width=150,
                    holds="00 days late",
                ),
                Column("Person", lambda one: one.person_name, is_bold=True, width=220),
                Column("What", lambda one: one.what, width=240),
                Column("How", lambda one: desk.lists.words.word("contact_channel", one.channel), width=100),
                Column("Where it stands", lambda one: standing(desk, one), width=170, hides_empty=True),
                Column("Owner", lambda one: one.owner_name, width=160),
            ),
            desk.look,
            empty="Nothing is planned. Schedule a follow-up from a person's record.",
        )

    def _connect(self) -> None:
        self.mine.toggled.connect(lambda _on: self.refresh())
        self.spans.chosen.connect(self.show_span)
        self.table.opened.connect(lambda one: self.desk.show("person", one.person_id))
        self.table.key_pressed.connect(self._on_key)
        self.table.chosen.connect(self._choose)
        self.view.opened.connect(self._on_opened)
        self.view.letter_pressed.connect(self._on_letter)
        self.view.paged.connect(self._turn)
        self.view.shifted.connect(
            lambda one, across, down: self.moves.shift(self.span, self.view.current(), one, across, down)
        )
        self.view.selectionModel().currentChanged.connect(lambda *_indexes: self._on_current())
        self.view.dropped.connect(self.moves.carry)
        self.bar.move_requested.connect(self.acts.move)
        self.bar.reword_requested.connect(self.acts.reword)
        self.bar.cancel_requested.connect(self.acts.cancel)
        self.bar.stop_requested.connect(self.acts.stop)
        self.bar.left.connect(self.take_focus)

    def _on_agenda(self, rows: list[FollowUp]) -> None:
        late = sum(self.desk.services.context.stands(one) in LATE for one in rows)
        self.panel.title.setText("Agenda")
        self.beside.setText(f"{len(rows)} planned")
        self.panel.set_chips([chip(f"{late} late", "danger")] if late else [])
        self.table.set_rows(rows)
        self._choose(self.table.current())

    def _on_page(self, page: CalendarPage) -> None:
        if self.span is Span.AGENDA:
            return
        self.page = page
        lanes = not self.mine.isChecked()
        if self.span is Span.WEEK:
            made = grid.week(page, lanes=lanes)
        elif self.span is Span.MONTH:
            made = grid.month(page, of=self.day)
        else:
            made = grid.day(page, lanes=lanes, local=self.desk.local)
        self.panel.title.setText(self._title())
        self.beside.setText(f"{len(page.rows)} planned")
        self.panel.set_chips([chip(f"{len(page.late)} late", "danger")] if page.late else [])
        at, chosen = self.view.currentIndex(), self._chosen
        before = (max(at.row(), 0), max(at.column(), 0)) if at.isValid() else None
        self.model.set_grid(made)
        self._set_heights()
        place = self.model.place_of(chosen) if chosen else self.model.index(-1, -1)
        if not place.isValid():
            place = self._place_of_day() if before is None else self.model.index(*before)
        self.view.setCurrentIndex(place if place.isValid() else self._place_of_day())
        self.view.show_current()
        self._on_current()

    def _set_heights(self) -> None:
        look, is_month = self.desk.look, self.span is Span.MONTH
        down = self.view.verticalHeader()
        down.setVisible(self.span is Span.DAY or (self.span is Span.WEEK and not self.mine.isChecked()))
        down.setFixedWidth(look.pixels(150 if self.span is Span.WEEK else 84))
        down.setDefaultSectionSize(look.pixels(42))
        self.view.fits_lines = look.pixels(20) if is_month else 0
        self.view.fit_lines()

    def _place_of_day(self) -> QModelIndex:
        lines = self.model.grid.lines
        places = [
            (number, column)
            for number, line in enumerate(lines)
            for column, cell in enumerate(line.cells)
            if cell.day == self.day and not line.is_head
        ]
        return self.model.index(*places[0]) if places else self.model.index(0, 0)

    def _title(self) -> str:
        if self.span is Span.MONTH:
            return f"{self.day:%B %Y}"
        if self.span is Span.DAY:
            return long_day(self.day, with_year=True)
        first, last = grid.days_of(self.span, self.day)
        return f"{short_day(first)} to {day_words(last)}"

    def _turn(self, count: int) -> None:
        self._go(grid.step(self.span, self.day, count))

    def _go(self, day: date) -> None:
        self.day, self._chosen = day, None
        self.refresh()

    def _on_current(self) -> None:
        cell = self.view.current()
        if cell is not None and self.span is not Span.AGENDA:
            self._choose(cell.row)

    def _stay_on(self, one: FollowUp) -> None:
        self._chosen = one.id

    def _choose(self, one: FollowUp | None) -> None:
        self._chosen = one.id if one else self._chosen
        if one != self.bar.follow_up:
            self.bar.show_one(one)

    def _on_opened(self, cell: Cell | None) -> None:
        if cell is None:
            return
        if cell.row is not None:
            self.desk.show("person", cell.row.person_id)
        elif cell.more or cell.head:
            self.day, self._chosen = cell.day, None
            self.show_span(Span.DAY)

    def _on_letter(self, letter: str) -> None:
        cell = self.view.current()
        if letter == "t":
            self._go(self.desk.services.context.today())
        elif cell is not None and cell.row is not None:
            self._on_key(letter, cell.row)

    def _on_key(self, letter: str, one: FollowUp) -> None:
        if letter == "l" and self.desk.may(Right.LOG_CONTACTS):
            self.desk.log_contact(one.person_id, one, self.take_focus)
        elif letter == "m" and self.bar.line.isVisible():
            self.bar.start_move()
        elif letter == "e" and self.bar.line.isVisible():
            self.bar.start_reword()
        elif letter == "c" and self.bar.line.isVisible():
            self.bar.start_cancel()

    def _words(self, one: FollowUp) -> str:
        """A follow-up in a sentence, for who hears the calendar and for who stays on it."""
        parts = (one.person_name, one.what, due_words(self.desk, one), standing(self.desk, one))
        how = self.desk.lists.words.within("contact_channel", one.channel)
        return "; ".join(filter(None, (*parts, how, one.owner_name)))

    def show_papers(self) -> None:
        """Print what is shown, for staff alone."""
        self.out.print_sheet()

    def _sheet(self) -> Callable[[], bytes]:
        """The page of the days shown; the agenda has no first or last day."""
        papers, only_mine = self.desk.services.work_papers, self.mine.isChecked()
        if self.span is Span.AGENDA:
            return lambda: papers.agenda(only_mine=only_mine)
        first, last = grid.days_of(self.span, self.day)
        return lambda: papers.agenda(first=first, last=last, only_mine=only_mine)

    def refused(self, error: Exception) -> None:
        if isinstance(error, StaleRecord):
            super().refused(error)
            self.bar.keep_typed()
            self.refresh()
        elif isinstance(error, CaseAppError) and self.bar.follow_up is not None:
            self.bar.problem.say(sentence(error))
        else:
            super().refused(error)
