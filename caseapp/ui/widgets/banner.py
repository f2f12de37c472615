"""A sentence above the screen, with Undo where something can be taken back."""

from collections.abc import Callable

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from caseapp.ui.widgets.basics import button, cut, label

HOLDS = 600
"""Letters of the longest sentence, with a name in it: a longer one leaves the screen no room."""


class Banner(QWidget):
    """Shows the newest sentence until it is closed or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        frame = QFrame()
        frame.setObjectName("inset")
        outer = QHBoxLayout(self)
        outer.setContentsMargins(22, 10, 22, 0)
        outer.addWidget(frame)
        line = QHBoxLayout(frame)
        line.setContentsMargins(14, 4, 8, 4)
        self.words = label("", wraps=True)
        self._undo: Callable[[], None] | None = None
        self.undo_button = button("Undo  Ctrl+Z", self.undo)
        line.addWidget(self.words, 1)
        line.addWidget(self.undo_button)
        line.addWidget(button("Close", self.hide, look="plain"))
        self.hide()

    def show_words(self, words: str, undo: Callable[[], None] | None) -> None:
        """Show a sentence; an empty one hides the banner."""
        self._undo = undo
        self.words.setText(cut(words, HOLDS))
        self.setAccessibleName(words)
        self.undo_button.setVisible(undo is not None)
        self.setVisible(bool(words))

    def undo(self) -> None:
        """Take back what the sentence says, once."""
        do, self._undo = self._undo, None
        self.hide()
        if do is not None:
            do()
