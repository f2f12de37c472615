"""What was offered at the scene and what the person answered, a line each."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout, QWidget

from caseapp.ui.widgets.basics import row
from caseapp.ui.widgets.options import choose


class Offers(QWidget):
    """Lines of an offer and its answer; a new line opens when the last one is filled.

    Signals:
        edited: something else stands in a line now.
    """

    edited = Signal()

    def __init__(
        self,
        offers: Sequence[tuple[str, str]],
        answers: Sequence[tuple[str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._answers = answers
        self._lines: list[tuple[QLineEdit, QComboBox]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        for what, answer in (*offers, ("", "")):
            self._add(what, answer)
        self.setFocusProxy(self._lines[0][0])

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """Every line that names an offer."""
        return tuple(
            (what.text().strip(), answer.currentData()) for what, answer in self._lines if what.text().strip()
        )

    def _add(self, what: str, answer: str) -> None:
        number = len(self._lines) + 1
        field, box = QLineEdit(what), QComboBox()
        field.setPlaceholderText("shelter bed, clinic, ride ...")
        field.setAccessibleName(f"Offer {number}")
        box.setAccessibleName(f"Answer to offer {number}")
        known = {code for code, _words in self._answers}
        for code, words in (
            self._answers if answer in known or not answer else (*self._answers, (answer,) * 2)
        ):
            box.addItem(words, code)
        choose(box, answer or "unknown")
        self._lines.append((field, box))
        field.textChanged.connect(self._on_edited)
        box.currentIndexChanged.connect(lambda _place: self.edited.emit())
        line = row(field, box)
        self._column.addWidget(line)

    def _on_edited(self) -> None:
        if self._lines[-1][0].text().strip():
            self._add("", "")
        self.edited.emit()
