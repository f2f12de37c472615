"""The place of a call: what happened there before."""

from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout
from typing_extensions import override

from caseapp.services.calls import Workbench
from caseapp.ui.calls.part import Part
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import button, label, row

SHOWN = 5
"""Earlier calls that are listed at once."""


class PlacePart(Part):
    """Earlier calls here, newest first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Earlier at this place", "H")
        self.edit.setVisible(False)

    @override
    def data(self, bench: Workbench) -> object:
        return None

    @override
    def open_form(self) -> None:
        """Nothing is edited here."""

    @override
    def show_facts(self, bench: Workbench, into: QVBoxLayout) -> None:
        self.edit.setVisible(False)
        people = len({one.number for one in bench.earlier_here})
        words = f"{people} calls" if people else "No earlier call at this place."
        shown = label(words, "second")
        shown.setContentsMargins(14, 8, 14, 8)
        into.addWidget(row(shown, None, *self._unknown(bench)))
        for one in bench.earlier_here[:SHOWN]:
            line = row(
                label(self.desk.day_words(one.received_at), "small"),
                label(one.type_text),
                None,
                button(one.number, partial(self.desk.show, "calls", one.id), look="plain"),
            )
            line.setContentsMargins(14, 0, 10, 2)
            into.addWidget(line)

    def _unknown(self, bench: Workbench) -> list[QPushButton]:
        count, place = bench.unknown_here, bench.call.place
        if not count:
            return []
        words = f"{count} unknown person{'' if count == 1 else 's'} seen here"
        return [button(words, lambda: self.desk.show("unknown", place), look="plain")]
