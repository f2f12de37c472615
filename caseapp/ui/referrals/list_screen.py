"""Referrals: the open ones, who owes an answer, and what came of them; a reply is entered by its code."""

from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from caseapp.domain.referral_figures import Waiting
from caseapp.domain.referrals import Referral, Step
from caseapp.services.referrals import change_of
from caseapp.ui import way_out
from caseapp.ui.referrals.figures_page import FiguresPage
from caseapp.ui.referrals.table import referral_table
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.choices import Choices
from caseapp.ui.widgets.table import Column, Table

_VIEWS = (("open", "Open"), ("chase", "Who owes an answer"), ("figures", "What came of them"))
_ANSWERS = (
    (Step.AGENCY_ACCEPTED, "accepted"),
    (Step.AGENCY_WAITLISTED, "waiting list"),
    (Step.AGENCY_DECLINED, "declined"),
)


class ReferralsScreen(Screen):
    """The loop, open and closed."""

    name = "referrals"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Referrals")
        self._build()
        self._connect()

    def refresh(self) -> None:
        only_mine, referrals = self.mine.isChecked(), self.desk.services.referrals
        view = self.views.value
        if view == "open":
            self.ask(lambda: referrals.open_ones(only_mine=only_mine), self._show, key="list")
        elif view == "chase":
            self.ask(lambda: referrals.chase(only_mine=only_mine), self._show_chase, key="list")
        else:
            self.beside.setText("")
            self.figures.refresh()

    def save_page(self, path: Path, to_name: str) -> None:
        """Write the page of one agency: codes alone, so that it names nobody."""
        papers = self.desk.services.papers
        self.ask(
            lambda: papers.chase_page(to_name=to_name),
            lambda pdf: self.save_and_tell(path, pdf, f"Saved {path.name} for {to_name}."),
        )

    def _build(self) -> None:
        self.mine = button("Mine")
        self.mine.setCheckable(True)
        self.action_line.addWidget(self.mine)
        self.views = Choices("What to look at", _VIEWS)
        self.views.choose("open")
        self.pages = QStackedWidget()
        self.table = referral_table(
            self.desk, "Open referrals", "No open referral. Offer one from a person's record."
        )
        open_panel = Panel()
        open_panel.body.addWidget(self.table)
        self.figures = FiguresPage(self)
        for page in (open_panel, self._chase_page(), self.figures):
            self.pages.addWidget(page)
        column = QVBoxLayout()
        column.setSpacing(10)
        column.addWidget(self.views)
        column.addWidget(self._reply_panel())
        column.addWidget(self.pages, 1)
        self.content.addLayout(column, 1)

    def _reply_panel(self) -> QWidget:
        """Code, answer, Enter: a reply from the slip in a few keys."""
        panel = Panel()
        self.code = QLineEdit()
        self.code.setPlaceholderText("Reply code, for example 7KD-M4T")
        self.code.setAccessibleName("Reply code")
        self.code.setMinimumWidth(self.desk.look.pixels(210))
        self.answer = QComboBox()
        self.answer.setAccessibleName("What the agency answered")
        for step, words in _ANSWERS:
            self.answer.addItem(words.capitalize(), step)
        self.reason = QComboBox()
        self.reason.setAccessibleName("Why it declined")
        self.reason.addItem("Why it declined ...", "")
        for code, words in self.desk.services.staff.codes(list_name="referral_barrier"):
            self.reason.addItem(words, code)
        self.reason.setVisible(False)
        self.open_code = button("Open", self._on_code, hint="Open the referral of this code (Enter)")
        self.enter = button("Enter reply", self._on_answer, look="primary")
        line = row(
            label("A reply came", "heading"),
            self.code,
            self.open_code,
            label("or", "second"),
            self.answer,
            self.reason,
            self.enter,
            None,
        )
        line.setContentsMargins(14, 8, 14, 8)
        panel.body.addWidget(line)
        return panel

    def _chase_page(self) -> QWidget:
        self.print_page = button(
            "Page for this agency", self._ask_page, hint="To send: codes alone, no names"
        )
        panel = Panel("Agencies that owe an answer", actions=[self.print_page])
        self.agencies: Table[Waiting] = Table(
            "Agencies that owe an answer",
            (
                Column("Agency", lambda one: one.to_name, is_bold=True, width=240),
                Column("Phone", lambda one: one.phone, width=140),
                Column("Waiting", lambda one: str(len(one.rows)), sort=lambda one: len(one.rows), width=80),
                Column(
                    "Oldest",
                    lambda one: f"{one.oldest_days} days",
                    tone=lambda one: "danger" if one.oldest_days > 14 else "neutral",
                    sort=lambda one: one.oldest_days,
                    width=100,
                ),
            ),
            self.desk.look,
            empty="No agency owes an answer.",
        )
        panel.body.addWidget(self.agencies)
        self.owed = Panel("What is waited for there")
        self.owed_table = referral_table(self.desk, "Referrals of this agency", "Choose an agency.")
        self.owed.body.addWidget(self.owed_table)
        page = QWidget()
        line = QHBoxLayout(page)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(panel, 2)
        line.addWidget(self.owed, 3)
        return page

    def _connect(self) -> None:
        self.mine.toggled.connect(lambda _on: self.refresh())
        self.views.chosen.connect(self._on_view)
        for table in (self.table, self.owed_table):
            table.opened.connect(lambda one: self.desk.show("referral", one.id))
        self.agencies.chosen.connect(self._on_agency)
        self.code.returnPressed.connect(self._on_code)
        self.answer.currentIndexChanged.connect(self._on_answer_chosen)
        self.setFocusProxy(self.table.view)

    def _on_view(self, name: str) -> None:
        self.pages.setCurrentIndex([view for view, _words in _VIEWS].index(name))
        self.refresh()

    def _show(self, rows: Sequence[Referral]) -> None:
        self.beside.setText(f"{len(rows)} open")
        self.table.set_rows(rows)

    def _show_chase(self, found: tuple[Waiting, ...]) -> None:
        self.beside.setText(f"{sum(len(one.rows) for one in found)} answers owed by {len(found)} agencies")
        self.agencies.set_rows(found)
        self._on_agency(self.agencies.current())

    def _on_agency(self, one: Waiting | None) -> None:
        self.owed_table.set_rows(one.rows if one else ())
        self.owed.title.setText(f"{one.to_name} owes" if one else "What is waited for there")
        self.print_page.setEnabled(one is not None)

    def _ask_page(self) -> None:
        one = self.agencies.current()
        path = way_out.ask_where(self, "Save the page", "answers.pdf", "PDF (*.pdf)") if one else None
        if one is not None and path is not None:
            self.save_page(path, one.to_name)

    def _on_answer_chosen(self) -> None:
        self.reason.setVisible(self.answer.currentData() is Step.AGENCY_DECLINED)

    def _on_answer(self) -> None:
        text, step, referrals = self.code.text(), self.answer.currentData(), self.desk.services.referrals
        reason = self.reason.currentData() if step is Step.AGENCY_DECLINED else ""
        self.ask(lambda: referrals.answer(text=text, step=step, reason=reason), self._on_answered)

    def _on_answered(self, referral: Referral) -> None:
        words = referral.step.value.replace("-", " ")
        self.desk.say(f"{referral.to_name}: {words}, {referral.person_name}.", None)
        self.code.clear()
        self.answer.setCurrentIndex(0)
        self.reason.setCurrentIndex(0)
        self.code.setFocus()
        self.desk.hub.changed.emit(change_of(referral))

    def _on_code(self) -> None:
        text, referrals = self.code.text(), self.desk.services.referrals
        self.ask(lambda: referrals.by_reply_code(text=text), self._on_found)

    def _on_found(self, referral_id: UUID | None) -> None:
        if referral_id is None:
            self.desk.say("No referral has this code.", None)
        else:
            self.code.clear()
            self.desk.show("referral", referral_id)
