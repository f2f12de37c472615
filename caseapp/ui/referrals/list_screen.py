"""Referrals: the open ones, who owes an answer, and what came of them; a reply is entered by its code."""

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from caseapp.domain.counted import counted
from caseapp.domain.referral_figures import Waiting
from caseapp.domain.referrals import Referral, Step
from caseapp.services.referrals import change_of
from caseapp.ui.referrals.chase_page import ChasePage
from caseapp.ui.referrals.figures_page import FiguresPage
from caseapp.ui.referrals.table import referral_table
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, flowing, label, row
from caseapp.ui.widgets.choices import Choices
from caseapp.ui.widgets.stack import Stack

PageT = TypeVar("PageT", bound=QWidget)

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
            self.ask(lambda: referrals.chase(only_mine=only_mine), self._on_chase, key="list")
        else:
            self.beside.setText("")
            self.figures.refresh()

    @cached_property
    def chase(self) -> ChasePage:
        """Who owes an answer; made when it is first shown."""
        return self._added(ChasePage(self, self.save_page))

    @cached_property
    def figures(self) -> FiguresPage:
        """What came of the referrals; made when it is first shown."""
        return self._added(FiguresPage(self))

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
        self.pages = Stack()
        self.table = referral_table(
            self.desk, "Open referrals", "No open referral. Offer one from a person's record."
        )
        open_panel = Panel()
        open_panel.body.addWidget(self.table)
        self.open_panel = self._added(open_panel)
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
        for code, words in self.desk.lists.codes("referral_barrier"):
            self.reason.addItem(words, code)
        self.reason.setVisible(False)
        self.open_code = button("Open", self._on_code, hint="Open the referral of this code (Enter)")
        self.enter = button("Enter reply", self._on_answer, look="primary")
        line = flowing(
            label("A reply came", "heading"),
            row(self.code, self.open_code),
            row(label("or", "second"), self.answer),
            row(self.reason, self.enter),
        )
        line.setContentsMargins(14, 8, 14, 8)
        panel.body.addWidget(line)
        return panel

    def _connect(self) -> None:
        self.mine.toggled.connect(lambda _on: self.refresh())
        self.views.chosen.connect(self._on_view)
        self.table.opened.connect(lambda one: self.desk.show("referral", one.id))
        self.code.returnPressed.connect(self._on_code)
        self.answer.currentIndexChanged.connect(self._on_answer_chosen)
        self.begin_at(self.table.view)

    def _added(self, page: PageT) -> PageT:
        self.pages.addWidget(page)
        return page

    def _on_view(self, name: str) -> None:
        page = self.chase if name == "chase" else self.figures if name == "figures" else self.open_panel
        self.pages.setCurrentWidget(page)
        self.refresh()

    def _show(self, rows: Sequence[Referral]) -> None:
        self.beside.setText(f"{len(rows)} open")
        self.table.set_rows(rows)

    def _on_chase(self, found: tuple[Waiting, ...]) -> None:
        answers = counted(sum(len(one.rows) for one in found), "answer")
        self.beside.setText(f"{answers} owed by {counted(len(found), 'agency', 'agencies')}")
        self.chase.set_found(found)

    def _on_answer_chosen(self) -> None:
        self.reason.setVisible(self.answer.currentData() is Step.AGENCY_DECLINED)

    def _on_answer(self) -> None:
        text, step, referrals = self.code.text(), self.answer.currentData(), self.desk.services.referrals
        reason = self.reason.currentData() if step is Step.AGENCY_DECLINED else ""
        self.ask(lambda: referrals.answer(text=text, step=step, reason=reason), self._on_answered)

    def _on_answered(self, referral: Referral) -> None:
        words = self.desk.lists.words.within("referral_step", referral.step.value)
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
