"""Every key of the desk in one table: what is pressed, what it does, and the list that F1 shows."""

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from caseapp.ui.widgets.basics import Panel, label

WINDOW_KEYS: tuple[tuple[str, str], ...] = (
    ("Ctrl+K", "Search"),
    ("Ctrl+L", "Log a contact"),
    ("Ctrl+N", "New"),
    ("Ctrl+Shift+F", "Find in notes"),
    ("Ctrl+Z", "Undo what was just saved"),
    ("Ctrl+P", "Papers of the person, or blank forms"),
    ("Ctrl+Shift+L", "Lock"),
    ("Alt+Left", "Back"),
    ("Alt+Right", "Forward"),
    ("F5", "Read again"),
    ("F1", "This list"),
)

LIST_KEYS: tuple[tuple[str, str], ...] = (
    ("Return", "Open the row"),
    ("L", "Log a contact with the person of the row"),
    ("D", "Papers of the person of the row"),
    ("C", "Change somebody close to a person"),
    ("R", "Remove somebody close to a person"),
    ("Ctrl+C", "Copy the row"),
    ("Shift+F10", "Choose columns"),
)

CONTACT_KEYS: tuple[tuple[str, str], ...] = (
    ("1", "The outcome by its digit"),
    ("Alt+S", "Same as last time, today"),
    ("Ctrl+Return", "Save"),
    ("F7", "Other words for the next one that is not known"),
    ("Alt+G", "Sign the note that is open"),
    ("Alt+E", "Change the note that is open"),
)

REVIEW_KEYS: tuple[tuple[str, str], ...] = (
    ("L", "Link the two records"),
    ("N", "Not the same person"),
    ("P", "Put the pair off"),
    ("Return", "Open the first of the two"),
)


class KeysWindow(QDialog):
    """What the keyboard does; Esc closes it."""

    def __init__(self, screens: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.setObjectName("ground")
        numbered = tuple((f"Ctrl+{number}", title) for number, title in enumerate(screens, start=1))
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(12)
        for title, keys in (
            ("Everywhere", WINDOW_KEYS),
            ("Screens", numbered),
            ("In a list", LIST_KEYS),
            ("On a contact", CONTACT_KEYS),
            ("In the review", REVIEW_KEYS),
        ):
            column.addWidget(_panel(title, keys))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)


def _panel(title: str, keys: Sequence[tuple[str, str]]) -> Panel:
    panel = Panel(title)
    panel.pad()
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    half = (len(keys) + 1) // 2
    for place, (key, words) in enumerate(keys):
        line, side = place % half, place // half * 2
        native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        grid.addWidget(label(native, "heading"), line, side)
        grid.addWidget(label(words), line, side + 1)
    grid.setColumnStretch(1, 1)
    grid.setColumnStretch(3, 1)
    panel.body.addLayout(grid)
    return panel
