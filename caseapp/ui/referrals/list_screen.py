"""Referrals: the open ones, longest waiting first; type a reply code to land on one."""

from uuid import UUID

from PySide6.QtWidgets import QLineEdit

from caseapp.domain.referrals import Referral, days_waiting
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button
from caseapp.ui.widgets.table import Column, Table


class ReferralsScreen(Screen):
    """The chase list."""

    name = "referrals"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Referrals")
        self._build()
        self._connect()

    def refresh(self) -> None:
        only_mine = self.mine.isChecked()
        self.ask(lambda: self.desk.services.referrals.open_ones(only_mine=only_mine), self._show, key="list")

    def _build(self) -> None:
        self.code = QLineEdit()
        self.code.setPlaceholderText("Reply code, for example 7KD-M4T")
        self.code.setAccessibleName("Reply code")
        self.code.setFixedWidth(250)
        self.mine = button("Mine")
        self.mine.setCheckable(True)
        self.action_line.addWidget(self.code)
        self.action_line.addWidget(self.mine)
        panel = Panel()
        self.table: Table[Referral] = Table(
            "Open referrals",
            (
                Column("To", lambda one: one.to_name, second=lambda one: one.need, is_bold=True, width=270),
                Column("Person", lambda one: one.person_name, width=180),
                Column(
                    "Step",
                    lambda one: one.step.value.replace("-", " "),
                    tone=lambda _one: "accent",
                    width=160,
                ),
                Column("Waiting", self._waiting, tone=self._tone, width=120),
                Column("Owner", lambda one: one.owner_name, width=150),
            ),
            self.desk.look,
            empty="No open referral. Offer one from a person's record.",
        )
        panel.body.addWidget(self.table)
        self.content.addWidget(panel, 1)

    def _connect(self) -> None:
        self.mine.toggled.connect(lambda _on: self.refresh())
        self.table.opened.connect(lambda one: self.desk.show("referral", one.id))
        self.code.returnPressed.connect(self._on_code)
        self.setFocusProxy(self.table.view)

    def _show(self, rows: list[Referral]) -> None:
        self.beside.setText(f"{len(rows)} open")
        self.table.set_rows(rows)

    def _on_code(self) -> None:
        text, referrals = self.code.text(), self.desk.services.referrals
        self.ask(lambda: referrals.by_reply_code(text=text), self._on_found)

    def _on_found(self, referral_id: UUID | None) -> None:
        if referral_id is None:
            self.desk.say("No referral has this code.", None)
        else:
            self.code.clear()
            self.desk.show("referral", referral_id)

    def _days(self, one: Referral) -> int | None:
        today = self.desk.services.context.today()
        return days_waiting(
            step=one.step, sent_on=one.sent_on, last_answer_on=one.last_answer_on, today=today
        )

    def _waiting(self, one: Referral) -> str:
        days = self._days(one)
        return "" if days is None else f"{days} days"

    def _tone(self, one: Referral) -> str:
        days = self._days(one)
        return "" if days is None else "danger" if days > 14 else "neutral"
