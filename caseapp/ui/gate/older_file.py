"""What the sign-in page shows while a file of an older edition is brought up to date."""

from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from caseapp.ui.widgets.basics import label

_WHAT = "This file is from an older edition. It is brought up to date once, with a copy of it kept aside."
_SAFE = "It cannot be cancelled. If it is interrupted nothing is lost: the next sign-in begins it again."


class OlderFile(QWidget):
    """Hidden until the first progress comes."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 6, 0, 6)
        self.words = label("", "second", wraps=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress")
        for part in (label(_WHAT, "second", wraps=True), self.words, self.bar):
            column.addWidget(part)
        column.addWidget(label(_SAFE, "small", wraps=True))
        self.hide()

    def show_progress(self, words: str, done: int, total: int) -> None:
        """Say what is done now, and how far the whole is."""
        self.words.setText(f"{words} ...")
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setAccessibleDescription(words)
        self.show()
