"""What of a paper leaves: its pieces to tick, why each may or may not go, and the way to a consent."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from caseapp.domain.disclosures import Basis, EmergencyFacts, Ground, Item
from caseapp.services.context import Context
from caseapp.services.way_out import Preview
from caseapp.ui.widgets.basics import button, chip, clear, label, row
from caseapp.ui.widgets.flow import FlowLayout
from caseapp.ui.widgets.tab_order import tab_through


class WhatLeaves(QWidget):
    """The ruling on one paper and its pieces; `left_out` are the keys of those that the user keeps back.

    Signals:
        changed: a piece was taken out or put back.
        consent_requested: somebody wants to record the consent that lacks.
    """

    changed = Signal()
    consent_requested = Signal()

    def __init__(self, *, asks_of_one: bool = True) -> None:
        super().__init__()
        self._asks_of_one = asks_of_one
        self.left_out: set[str] = set()
        self._titles: dict[str, str] = {}
        self._items = QVBoxLayout()
        self.words = label("", wraps=True)
        self.consent_button = button("Record a consent", self.consent_requested.emit)
        self.consent_button.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._items.setSpacing(0)
        column.addWidget(self.words)
        column.addWidget(row(self.consent_button, None))
        column.addLayout(self._items)

    def show_preview(self, preview: Preview) -> None:
        """The pieces of a paper and the ruling on them, in words."""
        ruling = preview.ruling
        clear(self._items)
        if self._asks_of_one or len(preview.items) + len(self.left_out) > 1:
            held = {item.key for item in ruling.held_back}
            for item in preview.items:
                self._items.addWidget(self._item(item, is_held=item.key in held))
            for key in sorted(self.left_out):
                box = QCheckBox(f"Left out: {self._titles[key]}")
                box.toggled.connect(partial(self._on_ticked, key))
                self._items.addWidget(box)
        tab_through(self, after=self.consent_button)
        notes = [ruling.words]
        if ruling.needs_notice:
            notes.append("The 42 CFR Part 2 notice and the consent go with it.")
        if preview.missing_glyphs:
            notes.append(f"{len(preview.missing_glyphs)} letters cannot be printed; the page says which.")
        self.words.setText(" ".join(notes))
        self.consent_button.setHidden(ruling.may_leave)

    def show_words(self, words: str) -> None:
        """No pieces, and why there are none."""
        clear(self._items)
        self.words.setText(words)
        self.consent_button.hide()

    def _item(self, item: Item, *, is_held: bool) -> QWidget:
        self._titles[item.key] = item.title
        box = QCheckBox(item.title)
        box.setChecked(not is_held)
        box.setEnabled(not is_held)
        box.toggled.connect(partial(self._on_ticked, item.key))
        made = QWidget()
        line = FlowLayout(made)
        line.addWidget(box)
        if item.is_substance_use:
            line.addWidget(chip("substance use", "warning"))
        if is_held:
            line.addWidget(chip("no consent", "danger"))
        return made

    def _on_ticked(self, key: str, is_in: bool) -> None:
        if is_in:
            self.left_out.discard(key)
        else:
            self.left_out.add(key)
        self.changed.emit()


def ground_of(basis: Basis, said: Mapping[str, str], context: Context) -> Ground:
    """The ground that the fields of a screen name: who receives it, where, which emergency, or the reason."""
    if basis is Basis.MEDICAL_EMERGENCY:
        facts = EmergencyFacts(
            said["recipient"], said["affiliation"], context.actor.name, context.now(), said["nature"]
        )
        return Ground(basis, emergency=facts)
    return Ground(basis, reason=said["reason"] if basis is Basis.OTHER else "")
