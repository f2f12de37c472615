"""The screens of the desk and the way to them at the left of the window."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from caseapp.domain.access import Right
from caseapp.ui.icons import icon
from caseapp.ui.screen import Desk, Screen

_WIDTH, _ICON = 176, 18


@dataclass(frozen=True, slots=True)
class Place:
    """A screen of the desk; one without an icon is reached from others and not from the left.

    Whoever lacks `right` is not offered it.
    """

    name: str
    title: str
    icon: str
    make: Callable[[Desk], Screen]
    under: str = ""
    right: Right | None = None


class Navigation(QWidget):
    """A button for each place that has an icon and that who is signed in may open; `go` opens one by name."""

    def __init__(self, desk: Desk, places: Iterable[Place], go: Callable[[str], object]) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("navigation")
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(2)
        group = QButtonGroup(self)
        self._places: dict[str, Place] = {}
        self._buttons: dict[str, QPushButton] = {}
        for place in places:
            if not place.icon or (place.right is not None and not desk.may(place.right)):
                continue
            made = QPushButton(f"  {place.title}")
            made.setProperty("look", "navigation")
            made.setCheckable(True)
            made.setAccessibleName(place.title)
            made.clicked.connect(partial(self._clicked, go, place.name))
            group.addButton(made)
            column.addWidget(made)
            self._places[place.name], self._buttons[place.name] = place, made
        column.addStretch(1)
        self.dress()

    @property
    def names(self) -> tuple[str, ...]:
        """What is offered, from above."""
        return tuple(self._buttons)

    @property
    def titles(self) -> list[str]:
        """The words on the buttons."""
        return [place.title for place in self._places.values()]

    def mark(self, name: str) -> None:
        """Show where the desk is; a place that is not offered marks nothing."""
        if name in self._buttons:
            self._buttons[name].setChecked(True)

    def dress(self) -> None:
        """Take the size and the colours of the look."""
        look = self._desk.look
        self.setFixedWidth(look.pixels(_WIDTH))
        for name, made in self._buttons.items():
            made.setIcon(icon(self._places[name].icon, look.theme.roles["second"]))
            made.setIconSize(QSize(look.pixels(_ICON), look.pixels(_ICON)))

    def _clicked(self, go: Callable[[str], object], name: str, _checked: bool = False) -> None:
        go(name)
