"""A short list of which several may be chosen, each with a box; the space bar ticks."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

_SHOWN = 4
_ROW = 26


class CheckList(QListWidget):
    """Names with boxes; it stays as high as four of them, and scrolls for more."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)

    def offer(self, names: Sequence[str]) -> None:
        """Show these; what was ticked stays ticked."""
        ticked = self.checked()
        self.clear()
        for name in names:
            item = QListWidgetItem(name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self.addItem(item)
        self.setFixedHeight(self.fontMetrics().height() // 2 + _ROW * max(1, min(len(names), _SHOWN)))
        self.check(ticked)

    def check(self, names: Collection[str]) -> None:
        """Tick these and no other."""
        for number in range(self.count()):
            item = self.item(number)
            is_ticked = item.text() in names
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)

    def checked(self) -> tuple[str, ...]:
        """What is ticked, in the order of the list."""
        items = (self.item(number) for number in range(self.count()))
        return tuple(one.text() for one in items if one.checkState() is Qt.CheckState.Checked)
