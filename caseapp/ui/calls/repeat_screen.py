"""Repeat contact: people and places with many calls, by window; each number opens its calls."""

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout

from caseapp.domain.counted import counted
from caseapp.domain.day_words import day_words
from caseapp.domain.repeat import WINDOWS, Concentration, PlaceCalls
from caseapp.domain.repeat_chart import calls_by_often
from caseapp.services.repeat import RepeatPage, RepeatPerson
from caseapp.ui.calls.list_screen import CallsOf
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, label
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.chart import ChartView
from caseapp.ui.widgets.table import Column, Table, count_column, moment_column


class RepeatScreen(Screen):
    """People on the left, places and the share of the few beside; Enter opens the calls, P the person."""

    name = "repeat"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Repeat contact")
        self._days = 30
        self._build()
        self._connect()

    def refresh(self) -> None:
        repeat, days = self.desk.services.repeat, self._days
        self.ask(lambda: repeat.page(days=days), self._show, key="page")

    def _build(self) -> None:
        self._add_windows()
        people = self._people()
        self.share = Panel("Concentration")
        self.share.pad()
        self._share_words = label("", wraps=True)
        self.share.body.addWidget(self._share_words)
        self.chart = ChartView(calls_by_often(()), self.desk.look)
        self.share.body.addWidget(self.chart)
        right = QVBoxLayout()
        right.setSpacing(12)
        right.addWidget(self.share)
        right.addWidget(self._places(), 1)
        line = Beside()
        line.addWidget(people, 3)
        line.addLayout(right, 2)
        self.content.addLayout(line, 1)
        self.begin_at(self.people.view)

    def _add_windows(self) -> None:
        self.windows: dict[int, QPushButton] = {}
        group = QButtonGroup(self)
        for days in WINDOWS:
            made = self.windows[days] = button(f"{days} days", partial(self._choose, days))
            made.setCheckable(True)
            group.addButton(made)
            self.action_line.addWidget(made)
        self.windows[self._days].setChecked(True)

    def _people(self) -> Panel:
        people = Panel("People", actions=[label("Enter calls   P person", "small")])
        self.people: Table[RepeatPerson] = Table(
            "People in repeat contact",
            (
                Column("Person", lambda one: one.name, is_bold=True, width=250, wraps=True),
                *(_within(days) for days in WINDOWS),
                moment_column(
                    "Last call", lambda one: one.last_at, self.desk.day_words, width=130, holds="Wed 00 Nov"
                ),
            ),
            self.desk.look,
            empty="Nobody had so many calls in these days.",
        )
        self.often = label("", "second", wraps=True)
        self.often.setContentsMargins(14, 8, 14, 4)
        people.body.addWidget(self.often)
        self.people.setMinimumHeight(self.desk.look.pixels(260))
        people.body.addWidget(self.people, 1)
        self.closed = label("", "second", wraps=True)
        self.closed.setContentsMargins(14, 8, 14, 10)
        people.body.addWidget(self.closed)
        return people

    def _places(self) -> Panel:
        places = Panel("Places")
        self.places: Table[PlaceCalls] = Table(
            "Places in repeat contact",
            (
                Column("Place", lambda one: one.place, is_bold=True, width=190),
                count_column("Calls", lambda one: one.calls, width=64),
                count_column("People", lambda one: one.people, width=70),
            ),
            self.desk.look,
            empty="No place had so many calls in these days.",
        )
        places.body.addWidget(self.places)
        return places

    def _connect(self) -> None:
        self.people.opened.connect(
            lambda one: self.desk.show("calls", CallsOf(one.name, self._days, person_id=one.id))
        )
        self.people.key_pressed.connect(self._on_key)
        self.places.opened.connect(
            lambda one: self.desk.show("calls", CallsOf(one.place, self._days, places=one.spellings))
        )

    def _on_key(self, letter: str, one: RepeatPerson) -> None:
        if letter == "p":
            self.desk.show("person", one.id)

    def _choose(self, days: int) -> None:
        self._days = days
        self.refresh()

    def _show(self, page: RepeatPage) -> None:
        calls, first = counted(page.threshold, "call"), day_words(page.from_on)
        self.beside.setText(counted(len(page.people), "person", "people"))
        self.often.setText(f"{calls} or more in {page.days} days, from {first} on.")
        self.people.set_rows(page.people)
        self.closed.setText(_closed(page.closed))
        self.closed.setVisible(bool(page.closed))
        self.places.set_rows(page.places)
        self._share_words.setText(_share(page.concentration, page.days))
        self.chart.show_chart(calls_by_often(page.often))
        self.chart.setVisible(page.concentration.calls > 0)


def _within(days: int) -> Column[RepeatPerson]:
    return count_column(f"{days} days", lambda one: one.calls.within(days), width=78)


def _closed(count: int) -> str:
    """Why a report counts more people than are listed."""
    if count == 1:
        return "1 more person is not listed: the record is open to named staff only. Reports count them too."
    return f"{count} more are not listed: their records are open to named staff only. Reports count them too."


def _share(found: Concentration, days: int) -> str:
    """In a sentence: who the few are and how much of all calls is theirs."""
    if not found.calls:
        return f"No call of a person on record in {days} days."
    few = counted(found.top_people, "person", "people")
    return (
        f"The 1 % of people with most calls ({few} of {found.people:,}) had {found.top_calls:,} "
        f"of {found.calls:,} calls in {days} days: {found.percent:.0f} %. "
        "A call with several people counts for each of them."
    )
