"""Today: what is due, what is new from calls, who owes an answer, what must not fall through."""

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from caseapp.domain.access import Right
from caseapp.domain.counted import counted
from caseapp.domain.day_words import long_day
from caseapp.domain.follow_ups import Due
from caseapp.domain.overview import Tally
from caseapp.domain.today import WaitingOn
from caseapp.domain.triage import Arrival, Load
from caseapp.services.today import DueRow, TodayPage
from caseapp.ui.follow_ups.words import TONES, due_words, standing
from caseapp.ui.lists import Words
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.today.lines import line_of
from caseapp.ui.today.unsaved import unsaved_row
from caseapp.ui.triage.words import carried_words
from caseapp.ui.widgets.basics import Panel, button, chip, clear, hairline, label, side_column
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.table import Column, Table

DRAFTS_SHOWN = 4
"""Newest drafts that are listed; an older one comes up as they are finished."""

_COUNTED = {Due.MISSED: "missed", Due.OVERDUE: "overdue", Due.TODAY: "today", Due.THIS_WEEK: "this week"}
"""How what is due is counted; each count narrows the list to its rows."""


class TodayScreen(Screen):
    """The home page of the desk."""

    name = "today"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Today")
        self._page: TodayPage | None = None
        self._tallies: list[Tally] = []
        self._only: Due | None = None
        self._build()
        self._connect()

    def refresh(self) -> None:
        today = self.desk.services.context.today()
        self.beside.setText(long_day(today))
        only_mine = self.mine.isChecked()
        services = self.desk.services
        self.ask(lambda: services.today.page(only_mine=only_mine), self._show, key="page")
        self.ask(lambda: services.overview.tallies(only_mine=only_mine), self._show_tallies, key="tallies")
        if self.desk.may(Right.LEAD_TEAM):
            self.ask(services.triage.loads, self._show_balance, key="balance")

    def _build(self) -> None:
        self.mine, self.team = button("Mine"), button("Team")
        group = QButtonGroup(self)
        for made in (self.mine, self.team):
            made.setCheckable(True)
            group.addButton(made)
            self.action_line.addWidget(made)
        self.mine.setChecked(not self.desk.may(Right.LEAD_TEAM))
        self.team.setChecked(self.desk.may(Right.LEAD_TEAM))
        if self.desk.may(Right.CHANGE_CASES):
            hand_over = button("Hand over", lambda: self.desk.show("hand-over", None))
            hand_over.setToolTip("The sheet for the next shift")
            self.action_line.addWidget(hand_over)
        self.due = Panel("Due", actions=[label("L log   Enter open", "small")])
        self.table: Table[DueRow] = Table(
            "Due follow-ups",
            self._columns(),
            self.desk.look,
            empty="Nothing is due this week. Take up somebody from last night's calls, or plan a follow-up.",
        )
        self.table.setMinimumHeight(self.desk.look.pixels(320))
        self.due.body.addWidget(self.table)
        self.new = Panel(
            "New from calls",
            actions=[button("Triage", lambda: self.desk.show("triage", None), hint="Take, assign, decline")],
        )
        self.waiting = Panel("Waiting on others")
        self.exceptions = Panel("Must not fall through")
        self.balance = Panel("Who carries what")
        if not self.desk.may(Right.LEAD_TEAM):
            self.balance.hide()
        side = QVBoxLayout()
        side.setSpacing(12)
        side.addWidget(self.new)
        side.addWidget(self.waiting)
        side.addWidget(self.exceptions)
        side.addWidget(self.balance)
        side.addStretch(1)
        side.setContentsMargins(0, 0, 0, 0)
        right = side_column(side, self.desk.look.pixels(362), "New, waiting and exceptions")
        line = Beside()
        line.addWidget(self.due, 1)
        line.addWidget(right)
        self.content.addLayout(line, 1)

    def _columns(self) -> tuple[Column[DueRow], ...]:
        return (
            Column(
                "Due",
                lambda one: due_words(self.desk, one.follow_up),
                tone=lambda one: TONES.get(one.due, "neutral"),
                sort=lambda one: one.follow_up.due_on.toordinal(),
                width=124,
                holds="Wed 00 Nov 00:00",
            ),
            Column(
                "Person",
                lambda one: one.follow_up.person_name,
                second=partial(_second_line, self.desk.lists.words),
                is_bold=True,
                width=230,
            ),
            Column(
                "What",
                lambda one: one.follow_up.what,
                second=lambda one: one.warning,
                width=160,
                holds="appointment",
            ),
            Column(
                "How",
                lambda one: one.how,
                second=lambda one: one.may_say,
                width=160,
                holds="may leave voicemail",
            ),
            Column(
                "Where it stands",
                lambda one: standing(self.desk, one.follow_up),
                width=110,
                gives_way=True,
                hides_empty=True,
            ),
        )

    def _connect(self) -> None:
        self.mine.toggled.connect(lambda _on: self.refresh())
        self.table.opened.connect(lambda one: self.desk.show("person", one.follow_up.person_id))
        self.table.key_pressed.connect(self._on_key)

    def _on_key(self, letter: str, one: DueRow) -> None:
        if letter == "l":
            self.desk.log_contact(one.follow_up.person_id, one.follow_up, self.table.view.setFocus)

    def _show(self, page: TodayPage) -> None:
        self._page = page
        self._show_due()
        self._fill(self.new, [self._new_row(one) for one in page.new[:6]], "Nobody new in the last two days.")
        self.new.set_chips([chip(f"{len(page.new)} to triage")])
        self._fill(self.waiting, [_waiting_row(one) for one in page.waiting[:5]], "No agency owes an answer.")
        self._fill(self.exceptions, self._exception_rows(), "Nothing.")

    def _show_due(self) -> None:
        """Every due follow-up, or those alone whose count was pressed."""
        page = self._page
        if page is None:
            return
        only = self._only = self._only if self._only and page.count(self._only) else None
        self.table.set_rows([one for one in page.due if only in (None, one.due)])
        counts = [(due, page.count(due)) for due in _COUNTED]
        self.due.set_chips(
            [self._due_count(due, count) for due, count in counts if count or due is not Due.MISSED]
        )

    def _due_count(self, due: Due, count: int) -> QPushButton:
        words = f"{count} {_COUNTED[due]}"
        made = button(words, partial(self._narrow, due), look="chip", hint="These alone, or all again")
        made.setProperty("tone", TONES.get(due, "neutral") if count else "neutral")
        made.setCheckable(True)
        made.setChecked(self._only is due)
        return made

    def _narrow(self, due: Due) -> None:
        self._only = None if self._only is due else due
        self._show_due()
        self.table.view.setFocus()

    def _fill(self, panel: Panel, rows: list[QWidget], empty: str) -> None:
        clear(panel.body)
        if not rows:
            words = label(empty, "second", wraps=True)
            words.setContentsMargins(14, 10, 14, 12)
            panel.body.addWidget(words)
        for number, one in enumerate(rows):
            if number:
                panel.body.addWidget(hairline())
            panel.body.addWidget(one)

    def _new_row(self, one: Arrival) -> QWidget:
        has_record = one.person_id is not None
        state = chip("Known", "accent") if has_record else chip("Who is it?", "warning")
        if one.is_unknown:
            state = chip("Unknown person", "warning")
        if one.follow_up_wished == "yes" and has_record:
            state = chip("Wishes follow-up", "danger")
        where = f"{one.type_text}, {self.desk.local(one.received_at):%H:%M}, {one.place}"
        opened = button(
            "Open",
            lambda: self.desk.show("calls", one.call_id),
            look="plain",
            hint=f"Open call {one.call_number}",
        )
        opened.setAccessibleName(f"Open call {one.call_number}")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(one.name, "heading", wraps=True))
        words.addWidget(label(where, "small", wraps=True))
        left = QWidget()
        left.setLayout(words)
        words.setContentsMargins(0, 0, 0, 0)
        return line_of(left, state, opened)

    def _exception_rows(self) -> list[QWidget]:
        page, rows = self._page, []
        if page is not None:
            rows += [unsaved_row(self.desk, one) for one in page.drafts[:DRAFTS_SHOWN]]
        for one in self._tallies:
            if one.count:
                subject = (one.listed, self.mine.isChecked())
                rows.append(self._count_row(one.words, one.count, "today-list", subject, one.spoils))
        if page is not None and page.files_not_imported:
            words = "Problems with files from dispatch"
            rows.append(self._count_row(words, page.files_not_imported, "setup", "watch"))
        if page is not None and page.pairs_to_review:
            words = "People who may stand twice"
            rows.append(self._count_row(words, page.pairs_to_review, "review", None))
        return rows

    def _show_tallies(self, found: list[Tally]) -> None:
        self._tallies = found
        self._fill(self.exceptions, self._exception_rows(), "Nothing.")

    def _show_balance(self, loads: list[Load]) -> None:
        """What everybody carries; opening one lists exactly those cases."""
        self._fill(self.balance, [self._load_row(one) for one in loads], "Nobody holds cases.")

    def _load_row(self, one: Load) -> QWidget:
        away = ", away" if one.is_away else ""
        words = f"{one.name}{away}\n{carried_words(one)}"
        opened = button("Open", lambda: self.desk.show("transfer", one.staff_id), look="plain")
        opened.setAccessibleName(f"Open the cases of {one.name}")
        return line_of(label(words, wraps=True), opened)

    def _count_row(self, words: str, count: int, place: str, subject: object, spoils: str = "") -> QWidget:
        shown = QWidget()
        column = QVBoxLayout(shown)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(label(words, wraps=True))
        if spoils:
            column.addWidget(label(f"counts against “{spoils}”", "small", wraps=True))
        opened = button("Open", lambda: self.desk.show(place, subject), look="plain")
        opened.setAccessibleName(f"Open {words.lower()}")
        return line_of(shown, label(str(count), "heading"), opened)


def _second_line(said: Words, one: DueRow) -> str:
    facts = (said.word("pronouns", one.pronouns), said.word("language", one.language))
    return ", ".join(filter(None, facts)) or " "


def _waiting_row(one: WaitingOn) -> QWidget:
    tone = "danger" if one.oldest_days > 14 else "neutral"
    return line_of(
        label(one.to_name, "heading", wraps=True),
        chip(f"{one.count}, oldest {counted(one.oldest_days, 'day')}", tone),
    )
