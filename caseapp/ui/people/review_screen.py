"""Review: pairs of records that look like one person, side by side, judged one key each."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from caseapp.domain.changes import Change
from caseapp.domain.counted import counted
from caseapp.domain.people import LinkKind
from caseapp.services.links import (
    JudgedAlready,
    JudgedDifferent,
    JudgedOutOfSight,
    JudgedWhileLinked,
    NothingToLink,
)
from caseapp.services.recognition import PAGE, Looked, ReviewPair, WaitsNoMore
from caseapp.ui.people.certain_panel import CertainPanel
from caseapp.ui.people.links import Pair, take_back
from caseapp.ui.people.pair_view import PairView
from caseapp.ui.people.weights_panel import WeightsPanel
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, label, row
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.table import Column, Table

SEARCH = "Look for people who stand twice"
SETTLED = (
    NothingToLink,
    JudgedAlready,
    JudgedWhileLinked,
    JudgedDifferent,
    JudgedOutOfSight,
    WaitsNoMore,
)
"""Refusals of a pair that waits no more, because somebody judged it or one of its people meanwhile."""


class ReviewScreen(Screen):
    """The queue on the left, the chosen pair beside it; L links, N says not the same, P puts off."""

    name = "review"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "People who stand twice")
        self._page, self._count = 0, 0
        self._looked_at: tuple[UUID, UUID] | None = None
        self._judged: tuple[UUID, UUID] | None = None
        """What was judged, until the list is read again: a key pressed twice judges once."""
        self._build()
        self._connect()

    def refresh(self) -> None:
        service, page = self.desk.services.recognition, self._page
        certain = self.desk.services.certain_links
        self.ask(
            lambda: (service.count(), certain.count(), service.waiting(page=page)),
            lambda found: self._show(*found),
            key="list",
        )
        self.weights.refresh()

    def _build(self) -> None:
        self.sure = CertainPanel(self.desk, self.refused, leave=lambda: self.table.view.setFocus())
        self.certain = button("Link the certain ones", lambda: self.sure.ask(self._certain_count))
        self.look = button(SEARCH, self._look, look="primary", hint="Compares all records in the background")
        for made in (self.certain, self.look):
            self.action_line.addWidget(made)
        self.content.addWidget(self.sure)
        self.table: Table[ReviewPair] = Table(
            "Pairs to review",
            (
                Column("Pair", lambda one: one.left.display_name, second=_with, is_bold=True, width=240),
                Column("Likely", _likely, tone=_tone, sort=lambda one: -one.probability, width=84),
            ),
            self.desk.look,
            empty="No pair waits. After people were added or imported, look again.",
            first_step=(SEARCH, self._look),
        )
        queue = Panel("Pairs to review", actions=[label("L  N  P  Enter", "small")])
        queue.body.addWidget(self.table, 1)
        queue.body.addWidget(self._pages())
        self.weights = WeightsPanel(self.desk, learn=self._look)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(queue, 1)
        left.addWidget(self.weights)
        beside = QWidget()
        beside.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        beside.setFixedWidth(self.desk.look.pixels(352))
        self.pair = PairView(self.desk)
        line = Beside()
        line.addWidget(beside)
        line.addWidget(self.pair, 1)
        self.content.addLayout(line, 1)
        self.begin_at(self.table.view)

    def _pages(self) -> QWidget:
        self._before = button("Back", lambda: self._turn(-1), look="plain")
        self._after = button("Next", lambda: self._turn(1), look="plain")
        self._before.setAccessibleName("Pairs before")
        self._after.setAccessibleName("Pairs after")
        self._range = label("", "small")
        self._page_line = row(self._before, None, self._range, None, self._after)
        self._page_line.setContentsMargins(8, 4, 8, 4)
        return self._page_line

    def _connect(self) -> None:
        self.table.chosen.connect(self._look_at)
        self.table.key_pressed.connect(self._on_key)
        self.table.opened.connect(lambda one: self.desk.show("person", one.left.id))
        self.pair.judged.connect(self._on_key)

    def _show(self, count: int, certain: int, pairs: list[ReviewPair]) -> None:
        if not pairs and self._page:
            self._page -= 1
            self.refresh()
            return
        self._judged = None
        self._count, first = count, self._page * PAGE
        order = ", most calls first" if count > 1 else ""
        self.beside.setText(f"{counted(count, 'pair')} to review{order}" if count else "")
        self.certain.setText(f"Link the certain ones ({certain:,})" if certain else "Link the certain ones")
        self.certain.setEnabled(certain > 0)
        self._certain_count = certain
        self.table.set_rows(pairs)
        self._page_line.setVisible(count > PAGE)
        self._range.setText(f"{first + 1:,} to {first + len(pairs):,} of {count:,}")
        self._before.setEnabled(self._page > 0)
        self._after.setEnabled(first + len(pairs) < count)
        self._look_at(self.table.current())

    def _look_at(self, one: ReviewPair | None) -> None:
        """Show a pair side by side; each look at two records is journaled once, as opening them is."""
        self.pair.show_pair(one)
        if one is None or one.id == self._looked_at:
            return
        self._looked_at = one.id
        service, (left, right) = self.desk.services.recognition, one.id
        self.desk.tasks.run(
            lambda: service.shown(left_id=left, right_id=right),
            then=lambda _none: None,
            failed=self._on_look_refused,
        )

    def _on_look_refused(self, error: Exception) -> None:
        """What is not journaled was not looked at: the next time it is tried again."""
        self._looked_at = None
        self.refused(error)

    def _turn(self, step: int) -> None:
        self._page = max(0, self._page + step)
        self.refresh()
        self.table.view.setFocus()

    def _on_key(self, letter: str, one: ReviewPair) -> None:
        do = {"l": self._link, "n": self._part, "p": self._put_off}.get(letter)
        if do is not None and one.id != self._judged:
            self._judged = one.id
            do(one)

    def _link(self, one: ReviewPair) -> None:
        links, (left, right) = self.desk.services.links, one.id
        self._judge(
            lambda: links.link(left_id=left, right_id=right, reason="review of pairs", evidence=one.reasons),
            f"Linked: {_names(one)} are one person now.",
            partial(take_back, self.desk, Pair(left, right)),
        )

    def _part(self, one: ReviewPair) -> None:
        links, (left, right) = self.desk.services.links, one.id
        self._judge(
            lambda: links.judge_different(
                left_id=left, right_id=right, reason="review of pairs", evidence=one.reasons
            ),
            f"Not the same: {_names(one)} stay two people.",
            self._undoing(
                lambda: links.unlink(left_id=left, right_id=right, seen=LinkKind.DIFFERENT, is_undo=True)
            ),
        )

    def _put_off(self, one: ReviewPair) -> None:
        service, (left, right) = self.desk.services.recognition, one.id
        self._judge(
            lambda: service.put_off(left_id=left, right_id=right),
            f"Put off: {_names(one)} stand at the end of the list.",
            self._undoing(lambda: service.put_off(left_id=left, right_id=right, is_put_off=False)),
        )

    def _undoing(self, verb: Callable[[], Change]) -> Callable[[], None]:
        return lambda: self.ask(verb, self.desk.hub.changed.emit)

    def _judge(self, do: Callable[[], Change], words: str, undo: Callable[[], None]) -> None:
        """Do it, say it, go on to the next pair, and let it be taken back."""

        def done(change: Change) -> None:
            self.desk.say(words, undo)
            self.desk.hub.changed.emit(change)
            self.table.view.setFocus(Qt.FocusReason.OtherFocusReason)

        self.ask(do, done)

    def _look(self) -> None:
        service = self.desk.services.recognition
        self.look.setEnabled(False)
        self.desk.tasks.run_long(
            SEARCH, lambda report: service.look(progress=report), then=self._on_looked, failed=self.refused
        )

    def _on_looked(self, found: Looked) -> None:
        self._page = 0
        self.look.setEnabled(True)
        self.desk.say(
            f"Compared {counted(found.records, 'record')}: {counted(found.waiting, 'pair')} to review, "
            f"{found.certain:,} of them certain.",
            None,
        )
        self.desk.hub.changed.emit(found.change)

    def refused(self, error: Exception) -> None:
        """Say why; a pair that another desk settled meanwhile leaves the list, and its undo is theirs."""
        self._judged = None
        self.look.setEnabled(True)
        super().refused(error)
        if isinstance(error, SETTLED):
            self.refresh()


def _with(one: ReviewPair) -> str:
    """Whom with, on how many calls the two were met, and whether the pair was put off."""
    calls = one.calls_together
    facts = (counted(calls, "call") if calls else "", "put off" if one.is_put_off else "")
    return ", ".join((f"and {one.right.display_name}", *filter(None, facts)))


def _names(one: ReviewPair) -> str:
    return f"{one.left.display_name} and {one.right.display_name}"


def _likely(one: ReviewPair) -> str:
    return f"{one.percent} %"


def _tone(one: ReviewPair) -> str:
    if one.is_put_off:
        return "neutral"
    return "good" if one.percent >= 90 else "warning"
