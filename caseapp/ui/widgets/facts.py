"""Labels and values in two columns, read only."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from caseapp.ui.widgets.basics import label


class Facts(QWidget):
    """A few facts; an empty value says, less loudly, that it is not recorded."""

    def __init__(
        self, rows: Sequence[tuple[str, str]], *, columns: int = 1, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 8, 14, 10)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        for number, (name, value) in enumerate(rows):
            line, column = divmod(number, columns)
            grid.addWidget(label(name, "second", wraps=True), line, column * 2, Qt.AlignmentFlag.AlignTop)
            shown = label(value or "not recorded", "" if value else "second", wraps=True)
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(shown, line, column * 2 + 1, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column * 2 + 1, 2)
            grid.setColumnStretch(column * 2, 1)
        grid.setRowStretch(grid.rowCount(), 1)
