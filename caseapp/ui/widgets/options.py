"""What a choice offers and what is chosen of it: never another than the one that was asked for."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QLineEdit

Options = Sequence[tuple[Any, str]]
"""Values with their words."""

_ASKS = "Choose one"


def choose(field: QComboBox, value: object) -> bool:
    """Choose the option that equals a value, and tell whether it is there; where it is not, none is chosen.

    Qt itself only finds the very same object. Where nothing is asked for (None or ""), and nothing says so
    among the options, the choice stays as it is.
    """
    place = next((one for one in range(field.count()) if field.itemData(one) == value), -1)
    if place < 0 and value in (None, ""):
        return False
    field.setPlaceholderText(field.placeholderText() or _ASKS)
    field.setCurrentIndex(place)
    return place >= 0


def choose_kept(field: QComboBox, value: object, words: str) -> None:
    """Choose what a record holds, and offer it too where it is not offered any more."""
    if not choose(field, value) and value:
        field.addItem(words, value)
        choose(field, value)


def offer(field: QComboBox, options: Options, *, keeps: bool = False) -> None:
    """Offer these instead; what was chosen stays chosen.

    Where it is not among them, it is offered still if the field `keeps` it; otherwise nothing is chosen any
    more, and whoever follows the field is told.
    """
    is_first, was_chosen = field.count() == 0, field.currentIndex() >= 0
    chosen, words = field.currentData(), field.currentText()
    was_blocked = field.blockSignals(True)
    field.clear()
    for value, shown in options:
        field.addItem(shown, value)
    if keeps and was_chosen:
        choose_kept(field, chosen, words)
    elif not is_first and not (was_chosen and choose(field, chosen)):
        field.setCurrentIndex(-1)
    field.blockSignals(was_blocked)
    if was_chosen and field.currentIndex() < 0:
        field.currentIndexChanged.emit(-1)


def offer_words(field: QLineEdit, words: Sequence[str]) -> QCompleter:
    """Offer words by their beginning while a field is typed into, in the look of the window around it."""
    offered = QCompleter(sorted(words, key=str.casefold), field)
    offered.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    shown = offered.popup()
    assert shown is not None  # noqa: S101
    shown.setParent(field, shown.windowFlags())
    field.setCompleter(offered)
    return offered
