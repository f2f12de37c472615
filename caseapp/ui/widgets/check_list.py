"""A short list of which several may be chosen, each with a box; the space bar ticks."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem

_SHOWN = 3


class CheckList(QListWidget):
    """Names with boxes; it is as high as three of them at most, and scrolls for more."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def offer(self, names: Sequence[str]) -> None:
        """Show these; what was ticked stays ticked."""
        ticked = self.checked()
        self.clear()
        for name in names:
            item = QListWidgetItem(name)
            item.setToolTip(name)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            self.addItem(item)
        rows = max(1, min(len(names), _SHOWN))
        self.setFixedHeight(rows * max(1, self.sizeHintForRow(0)) + 2 * self.frameWidth() + 2)
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
