"""Who owes an answer: the agencies, what is waited for at each, and the page that asks for it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QWidget

from caseapp.domain.counted import counted
from caseapp.domain.referral_figures import Waiting
from caseapp.ui import way_out
from caseapp.ui.referrals.table import referral_table
from caseapp.ui.screen import Screen
from caseapp.ui.widgets.basics import Panel, button
from caseapp.ui.widgets.table import Column, Table


class ChasePage(QWidget):
    """Agencies on the left, what the chosen one owes on the right; `save` writes its page."""

    def __init__(self, screen: Screen, save: Callable[[Path, str], None]) -> None:
        super().__init__()
        self._screen, self._save = screen, save
        self._build()
        self._connect()

    def set_found(self, found: tuple[Waiting, ...]) -> None:
        """Show the agencies, whoever waits longest first."""
        self.agencies.set_rows(found)
        self._on_agency(self.agencies.current())

    def _build(self) -> None:
        desk = self._screen.desk
        self.print_page = button(
            "Page for this agency", self._ask_page, hint="To send: codes alone, no names"
        )
        panel = Panel("Agencies that owe an answer", actions=[self.print_page])
        self.agencies: Table[Waiting] = Table(
            "Agencies that owe an answer",
            (
                Column("Agency", lambda one: one.to_name, is_bold=True, width=240),
                Column("Phone", lambda one: one.phone, width=140, holds="(000) 000-0000"),
                Column("Waiting", lambda one: str(len(one.rows)), sort=lambda one: len(one.rows), width=80),
                Column(
                    "Oldest",
                    lambda one: counted(one.oldest_days, "day"),
                    tone=lambda one: "danger" if one.oldest_days > 14 else "neutral",
                    sort=lambda one: one.oldest_days,
                    width=100,
                    holds="000 days",
                ),
            ),
            desk.look,
            empty="No agency owes an answer.",
        )
        panel.body.addWidget(self.agencies)
        self.owed = Panel("What is waited for there")
        self.owed_table = referral_table(desk, "Referrals of this agency", "Choose an agency.")
        self.owed.body.addWidget(self.owed_table)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(panel, 2)
        line.addWidget(self.owed, 3)

    def _connect(self) -> None:
        self.agencies.chosen.connect(self._on_agency)
        self.owed_table.opened.connect(lambda one: self._screen.desk.show("referral", one.id))

    def _on_agency(self, one: Waiting | None) -> None:
        self.owed_table.set_rows(one.rows if one else ())
        self.owed.title.setText(f"{one.to_name} owes" if one else "What is waited for there")
        self.print_page.setEnabled(one is not None)

    def _ask_page(self) -> None:
        one = self.agencies.current()
        path = way_out.ask_where(self, "Save the page", "answers.pdf", "PDF (*.pdf)") if one else None
        if one is not None and path is not None:
            self._save(path, one.to_name)
