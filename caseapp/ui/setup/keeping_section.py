"""Keeping the file: when it was last copied and checked, a new copy, and the trial of an old one."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QFileDialog

from caseapp.domain.access import Right
from caseapp.domain.day_words import minute_words
from caseapp.domain.keeping import Checked, Kept, Tried
from caseapp.ui import way_out
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel, button, flowing, label

T = TypeVar("T")

_KINDS = "caseapp (*.caseapp)"
_LATE_AFTER_DAYS = 7
"""A copy older than a week loses more than a week's notes can be told again."""

_NOTE = (
    "A backup is encrypted as the database is, and opens with the passwords of its day: keep its files "
    "together, on another disk. A trial restores a backup in a private place, opens and checks all of it, "
    "and throws it away. To put a backup to use: caseapp restore."
)

_MEANWHILE = "{name}. The foot of the window shows how far it is; go on working, or cancel it there."


class KeepingSection(Section):
    """Back up, check, and try whether a backup would bring everything back."""

    words = "Backup"
    right = Right.VERIFY

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        panel = Panel("Backup and checks")
        panel.pad()
        self.kept = label("", wraps=True)
        self.said = label("", "second", wraps=True)
        self.make = button("Make a backup", self._make, look="primary")
        self.try_one = button("Try a backup", self._try)
        self.check = button("Check this database", self._check)
        if not desk.may(Right.BACK_UP):
            self.make.hide()
            self.try_one.hide()
        panel.body.addWidget(self.kept)
        panel.body.addWidget(flowing(self.make, self.try_one, self.check))
        panel.body.addWidget(self.said)
        panel.body.addWidget(label(_NOTE, "second", wraps=True))
        panel.body.addStretch(1)
        self.content.addWidget(panel, 1)

    def refresh(self) -> None:
        self.ask(self.desk.services.maintenance.kept, self._show, key="kept")

    def refused(self, error: Exception) -> None:
        self._say(sentence(error))

    def _show(self, kept: Kept) -> None:
        lines = (
            ("Last backup", kept.backed_up_at),
            ("Last check", kept.verified_at),
            ("Last trial of a backup", kept.tried_at),
        )
        late = self._days_since(kept.backed_up_at)
        words = [f"{name}: {self._when(at)}" for name, at in lines]
        if late is None or late > _LATE_AFTER_DAYS:
            words.append("Make a backup now: what was written since the last one stands on this disk alone.")
        self.kept.setText("\n".join(words))

    def _when(self, at: datetime | None) -> str:
        return minute_words(self.desk.local(at)) if at else "never"

    def _days_since(self, at: datetime | None) -> int | None:
        return (self.desk.services.context.today() - self.desk.local(at).date()).days if at else None

    def _make(self) -> None:
        name = f"backup-{self.desk.services.context.today():%Y-%m-%d}.caseapp"
        target = way_out.ask_where(self, "Where the backup lies", name, _KINDS)
        if target is not None:
            back_up = self.desk.services.maintenance.back_up
            self._run("Making the backup", partial(back_up, target=target), self._made)

    def _made(self, checked: Checked) -> None:
        told = f"Copied and checked: {checked.rows:,} rows, all whole. Keep the copy on another disk."
        self._say("\n".join([told, *checked.problems]))

    def _try(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "Which backup to try", "", _KINDS)
        if name:
            work = partial(self.desk.services.maintenance.try_backup, source=Path(name))
            self._run("Trying the backup", work, self._tried)

    def _tried(self, tried: Tried) -> None:
        self._say(
            f"The backup would bring everything back: {tried.checked.rows:,} rows, all whole; "
            f"its newest entry is of {self._when(tried.made_at)}."
        )

    def _check(self) -> None:
        self._run("Checking the database", self.desk.services.maintenance.verify, self._checked)

    def _checked(self, checked: Checked) -> None:
        if checked.ok:
            self._say(f"All whole: {checked.rows:,} rows, {checked.journal_entries:,} journal entries.")
        else:
            self._say(
                f"{len(checked.problems)} things do not hold. Keep this file as it is, restore the newest "
                f"backup, and keep this list: {'; '.join(checked.problems[:3])}"
            )

    def _run(self, name: str, work: Callable[..., T], then: Callable[[T], None]) -> None:
        """Do it beside all other work, for with many people it takes minutes."""
        self.said.setText(_MEANWHILE.format(name=name))
        self._let(is_free=False)
        self.desk.tasks.run_long(name, lambda report: work(progress=report), then=then, failed=self.refused)

    def _say(self, words: str) -> None:
        self._let(is_free=True)
        self.said.setText(words)
        self.refresh()

    def _let(self, *, is_free: bool) -> None:
        for one in (self.make, self.try_one, self.check):
            one.setEnabled(is_free)
