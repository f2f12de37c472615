"""The directory: find a service for somebody, see it whole, confirm or correct it, hand out a list."""

from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QVBoxLayout
from typing_extensions import override

from caseapp.domain.changes import Change
from caseapp.domain.day_words import day_words
from caseapp.domain.directory import Service
from caseapp.domain.directory_finder import Match, Wanted
from caseapp.domain.errors import StaleRecord
from caseapp.domain.schedules import WEEKDAYS, OpenRule
from caseapp.ui import way_out
from caseapp.ui.directory.questions import Questions
from caseapp.ui.directory.table import room_words, service_table, show_services
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, chip, clear, label, row, side_column
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.facts import Facts
from caseapp.ui.widgets.problem import Problem
from caseapp.ui.widgets.tab_order import tab_through


class DirectoryScreen(Screen):
    """Services of the county."""

    name = "directory"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Directory")
        self._listed: dict[UUID, str] = {}
        self._room_of: UUID | None = None
        self._build()
        self._connect()

    def about(self, subject: object) -> None:
        self.questions.load()
        if isinstance(subject, UUID):
            self.questions.about(subject)
        self.refresh()

    def refresh(self) -> None:
        wanted = self.questions.wanted()
        if wanted is None:
            self.beside.setText("this time is not understood: try “now” or “saturday 9”")
            return
        self.ask(
            lambda: self.desk.services.directory.search(wanted=wanted),
            partial(self._show, wanted),
            key="find",
        )

    def save_list(self, path: Path, language: str) -> None:
        """Write the chosen services as a list to hand out; without a choice, those on the screen."""
        chosen = tuple(self._listed) or tuple(one.service.id for one in self.table.model.rows[:40])
        papers = self.desk.services.papers
        self.ask(
            lambda: papers.resource_list(service_ids=chosen, language=language),
            lambda pdf: self.save_and_tell(path, pdf, f"Saved {path.name} with {len(chosen)} places."),
        )

    def _build(self) -> None:
        self.add = button("New service", lambda: self.desk.show("service", None))
        self.confirm = button("Confirmed today  C", self._confirm, hint="The facts were checked today")
        self.english = button("List, English", lambda: self._ask_list("en"))
        self.spanish = button("List, Spanish", lambda: self._ask_list("es"))
        for made in (self.english, self.spanish, self.add, self.confirm):
            self.action_line.addWidget(made)
        panel = Panel()
        panel.body.setContentsMargins(12, 12, 12, 0)
        panel.body.setSpacing(8)
        self.questions = Questions(self)
        panel.body.addWidget(self.questions)
        self.table = service_table(self.desk)
        panel.body.addWidget(self.table, 1)
        self.detail = Panel("Service")
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.detail)
        side.addWidget(self._room_panel())
        side.addStretch(1)
        line = Beside()
        line.addWidget(panel, 1)
        line.addWidget(side_column(side, self.desk.look.pixels(340), "The chosen service"))
        self.content.addLayout(line, 1)
        self.begin_at(self.questions.words)

    def _room_panel(self) -> Panel:
        panel = Panel("Free places, as somebody says now")
        panel.pad()
        self.room = QLineEdit()
        self.room.setPlaceholderText("how many")
        self.room.setAccessibleName("Free places")
        self.said_by = QLineEdit()
        self.said_by.setPlaceholderText("who said so")
        self.said_by.setAccessibleName("Who said so")
        self.save_room = button("Save", self._save_room)
        panel.body.addWidget(row(self.room, self.said_by))
        self.room_problem = Problem()
        panel.body.addWidget(self.room_problem)
        panel.body.addWidget(row(None, self.save_room))
        return panel

    def _connect(self) -> None:
        self.questions.changed.connect(self.refresh)
        self.table.chosen.connect(self._on_chosen)
        self.table.opened.connect(lambda one: self.desk.show("service", one.service.id))
        self.table.key_pressed.connect(self._on_key)
        self.room.returnPressed.connect(self.said_by.setFocus)
        self.said_by.returnPressed.connect(self._save_room)

    def _show(self, wanted: Wanted, found: list[Match]) -> None:
        self._count(len(found))
        show_services(self.table, wanted, found)
        self._on_chosen(self.table.current())

    def _count(self, found: int) -> None:
        listed = f", {len(self._listed)} on the list" if self._listed else ""
        self.beside.setText(f"{found} found{listed}")

    def _on_chosen(self, match: Match | None) -> None:
        clear(self.detail.body)
        for made in (self.confirm, self.save_room):
            made.setEnabled(match is not None)
        self._room_is_of(match.service.id if match else None)
        if match is None:
            self.detail.title.setText("Service")
            words = label("Choose a service to see it whole.", "second", wraps=True)
            words.setContentsMargins(14, 10, 14, 12)
            self.detail.body.addWidget(words)
            return
        one = match.service
        self.detail.title.setText(one.name)
        self.detail.set_chips([chip("substance use", "warning")] if one.is_substance_use else [])
        for criterion in match.eligibility.criteria:
            if criterion.words:
                words = label(criterion.words.capitalize(), wraps=True)
                words.setContentsMargins(14, 6, 14, 0)
                self.detail.body.addWidget(words)
        self.detail.body.addWidget(Facts([pair for pair in _facts(one, self.desk) if pair[1]]))
        shown = "Off the list  A" if one.id in self._listed else "On the list  A"
        foot = row(
            button("Correct  E", lambda: self.desk.show("service", one.id)),
            button(shown, lambda: self._list(one)),
            None,
        )
        foot.setContentsMargins(14, 4, 14, 10)
        self.detail.body.addWidget(foot)
        tab_through(self.detail, after=self.table.view)

    def _on_key(self, letter: str, match: Match) -> None:
        if letter == "c":
            self._confirm()
        elif letter == "e":
            self.desk.show("service", match.service.id)
        elif letter == "a":
            self._list(match.service)
        elif letter == "f":
            self.room.setFocus()

    def _list(self, one: Service) -> None:
        if self._listed.pop(one.id, None) is None:
            self._listed[one.id] = one.name
        self._count(len(self.table.model.rows))

    def _confirm(self) -> None:
        match, directory = self.table.current(), self.desk.services.directory
        if match is not None:
            one = match.service
            self.ask(
                lambda: directory.confirm(service_id=one.id, version=one.version),
                lambda change: self._on_saved(change, f"{one.name} is confirmed as of today."),
            )

    def _room_is_of(self, service_id: UUID | None) -> None:
        """What somebody said of one place is not said of the next."""
        if service_id != self._room_of:
            self._room_of = service_id
            self.room.clear()
            self.said_by.clear()
            self.room_problem.say("")

    def _save_room(self) -> None:
        match, directory = self.table.current(), self.desk.services.directory
        text, said_by = self.room.text().strip(), self.said_by.text().strip()
        problem = "" if text.isdecimal() and len(text) < 6 else "Write a number, like 3."
        problem = problem or ("" if said_by else "Write who said so.")
        self.room_problem.say(problem)
        if match is not None and not problem:
            one = match.service
            self.ask(
                lambda: directory.set_capacity(
                    service_id=one.id, available=int(text), said_by=said_by, version=one.version
                ),
                lambda change: self._on_room(change, f"{one.name}: {text} free, {said_by} said so."),
            )

    @override
    def refused(self, error: Exception) -> None:
        super().refused(error)
        if isinstance(error, StaleRecord):
            self.refresh()

    def _on_room(self, change: Change, words: str) -> None:
        self.room.clear()
        self.said_by.clear()
        self._on_saved(change, words)

    def _on_saved(self, change: Change, words: str) -> None:
        self.desk.say(words, None)
        self.desk.hub.changed.emit(change)
        self.table.view.setFocus()

    def _ask_list(self, language: str) -> None:
        name = "lugares.pdf" if language == "es" else "places.pdf"
        path = way_out.ask_where(self, "Save the list", name, "PDF (*.pdf)")
        if path is not None:
            self.save_list(path, language)


def _facts(one: Service, desk: Desk) -> list[tuple[str, str]]:
    confirmed = day_words(one.confirmed_on) if one.confirmed_on else "never"
    return [
        ("Of", one.organization),
        ("Phone", one.phone),
        ("Where", ", ".join(filter(None, (one.address, one.city, one.postal_code)))),
        ("For", one.eligibility),
        ("Bring", ", ".join(one.documents)),
        ("Hours", "\n".join(map(hours_words, one.rules[:8]))),
        ("Languages", ", ".join(one.languages)),
        ("Cost", one.fees),
        ("How to apply", one.application),
        ("Room", ", ".join(filter(None, (*room_words(one, desk), _said(one))))),
        ("Confirmed", confirmed),
        ("Source", one.source or "our own"),
        ("About", one.description),
    ]


def _said(one: Service) -> str:
    return f"said {one.capacity_said_by}" if one.capacity_said_by else ""


def hours_words(rule: OpenRule) -> str:
    """One line of hours as people say it."""
    if rule.is_closed:
        return f"closed {day_words(rule.starts)}" if rule.starts else "closed"
    names = dict(zip(WEEKDAYS, ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), strict=True))
    days = " ".join(names.get(day, day) for day in rule.byday.split(",")) if rule.byday else "every day"
    if rule.opens is None or rule.closes is None:
        return rule.words or days
    every = f", every {rule.interval} weeks" if rule.interval > 1 else ""
    month = " of the month" if rule.freq == "MONTHLY" else ""
    return f"{days}{month} {rule.opens:%H:%M}-{rule.closes:%H:%M}{every}"
