"""The workbench: every side of one call in a column, its people in another, each open in its place."""

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from caseapp.services.calls import Workbench
from caseapp.ui.calls.facts_part import FactsPart
from caseapp.ui.calls.narrative_part import EntriesPart, SafetyPart
from caseapp.ui.calls.part import Part
from caseapp.ui.calls.people_part import AddMetPart, MetPart
from caseapp.ui.calls.place_part import PlacePart
from caseapp.ui.calls.screening_part import ScreeningPart
from caseapp.ui.calls.units_part import UnitsPart
from caseapp.ui.screen import SLOW_AFTER, Desk
from caseapp.ui.widgets.beside import LINES
from caseapp.ui.widgets.column import ScrolledColumn, bring_into_view


class Column(ScrolledColumn):
    """Panels one under the other that scroll; an opened form is brought into view.

    Signals:
        left: a form was closed and the keyboard has nowhere to be.
    """

    left = Signal()

    def __init__(self, name: str) -> None:
        inside = QWidget()
        inside.setObjectName("ground")
        lines = QVBoxLayout(inside)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(12)
        lines.addStretch(1)
        super().__init__(inside)
        self._lines = lines
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def add(self, part: Part, place: int = -1) -> None:
        """Put a part at a place; -1 is the end."""
        last = self._lines.count() - 1
        self._lines.insertWidget(last if place < 0 else min(place, last), part)
        part.opened.connect(lambda: QTimer.singleShot(0, lambda: self._bring(part)))
        part.closed.connect(self.left)

    def take(self, part: Part) -> None:
        """Let a part go."""
        self._lines.removeWidget(part)
        part.hide()
        part.deleteLater()

    def top(self) -> None:
        """Show the beginning."""
        self.verticalScrollBar().setValue(0)

    @override
    def show_more(self, *, lines: int) -> None:
        super().show_more(lines=min(lines, LINES))

    def _bring(self, part: Part) -> None:
        """The head of the form stands at the top, so that as much of it as fits is seen."""
        if not part.isVisible():
            return
        self.verticalScrollBar().setValue(part.pos().y())
        bring_into_view(self, around=0)


class Bench:
    """Both columns of one call, kept while it is read again; hidden until there is a call to work on."""

    def __init__(self, desk: Desk, slow: Callable[[], None]) -> None:
        """`slow` is called where another call that is expected takes long to come."""
        self._desk = desk
        self.facts, self.entries, self.screening = FactsPart(desk), EntriesPart(desk), ScreeningPart(desk)
        self.units, self.safety, self.place = UnitsPart(desk), SafetyPart(desk), PlacePart(desk)
        self.add_met = AddMetPart(desk)
        self.met: list[MetPart] = []
        self.call_column, self.people_column = Column("This call"), Column("People on this call")
        for part in self.parts:
            self.call_column.add(part)
        self.people_column.add(self.add_met)
        self._slow = QTimer(self.call_column)
        self._slow.setSingleShot(True)
        self._slow.setInterval(SLOW_AFTER)
        self._slow.timeout.connect(slow)
        self.hide()

    @property
    def parts(self) -> tuple[Part, ...]:
        """The sides of the call, in the order in which one reads them."""
        return (self.facts, self.entries, self.screening, self.units, self.safety, self.place)

    @property
    def unsaved(self) -> Part | None:
        """A form in which something was typed and not saved."""
        return next((one for one in (*self.parts, self.add_met, *self.met) if one.is_dirty), None)

    def keep(self) -> None:
        """Write what was said of people and not kept yet."""
        for part in self.met:
            part.keep()

    def by_key(self, key: str) -> Part | None:
        """The part that a letter opens."""
        every = {one.key.lower(): one for one in (*self.parts, self.add_met)}
        return every.get(key)

    def expect_another(self) -> None:
        """Another call is read: where that takes long, nothing stays of the one before."""
        self._slow.start()

    def stay(self) -> None:
        """The call that is shown stays."""
        self._slow.stop()

    def hide(self) -> None:
        """Show no call, as none can be opened or another one is not read yet."""
        self._slow.stop()
        for column in (self.call_column, self.people_column):
            column.hide()

    def show(self, bench: Workbench, *, is_other: bool) -> None:
        """Show a call; `is_other` is another one than before."""
        self._slow.stop()
        for part in (*self.parts, self.add_met):
            part.set_bench(bench)
        self._show_people(bench)
        for column in (self.call_column, self.people_column):
            column.show()
        if is_other:
            self.call_column.top()
            self.people_column.top()

    def _show_people(self, bench: Workbench) -> None:
        """Whoever is being written about stays as they are; the others are shown anew."""
        kept = {one.encounter_id: one for one in self.met if one.is_written_about}
        for part in self.met:
            if part.encounter_id not in kept:
                part.keep()
                self.people_column.take(part)
        ids = {one.encounter.id for one in bench.people}
        for gone in [one for one in kept if one not in ids]:
            self.people_column.take(kept.pop(gone))
        self.met = []
        for place, one in enumerate(bench.people):
            part = kept.get(one.encounter.id) or MetPart(self._desk, one)
            if one.encounter.id not in kept:
                self.people_column.add(part, place)
            part.set_bench(bench)
            self.met.append(part)
