"""The screens of the desk and the way to them at the left of the window."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget
from typing_extensions import override

from caseapp.domain.access import Right
from caseapp.ui.icons import icon
from caseapp.ui.screen import Desk, Screen

_WIDTH, _ICON = 176, 18
_LOW = 440
"""Pixels of height below which the buttons stand close, at letters of 100 %."""

_AROUND_ICON = 46
"""Pixels around an icon that stands alone."""


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


class Navigation(QScrollArea):
    """A button for each place that has an icon and that who is signed in may open; `go` opens one by name.

    In a narrow window the icons stand alone; in a low one they scroll.
    """

    def __init__(self, desk: Desk, places: Iterable[Place], go: Callable[[str], object]) -> None:
        super().__init__()
        self._desk = desk
        self._is_narrow = self._is_low = False
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Screens")
        inside = QWidget()
        inside.setObjectName("navigation")
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(8, 12, 8, 12)
        column.setSpacing(2)
        group = QButtonGroup(self)
        self._places: dict[str, Place] = {}
        self._buttons: dict[str, QPushButton] = {}
        for place in places:
            if not place.icon or (place.right is not None and not desk.may(place.right)):
                continue
            made = QPushButton()
            made.setProperty("look", "navigation")
            made.setCheckable(True)
            made.setAccessibleName(place.title)
            made.clicked.connect(partial(self._clicked, go, place.name))
            group.addButton(made)
            column.addWidget(made)
            self._places[place.name], self._buttons[place.name] = place, made
        column.addStretch(1)
        self.setWidget(inside)
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

    def be_narrow(self, *, is_narrow: bool) -> None:
        """Show the icons alone, or with their words."""
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self.dress()

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the buttons are lower, so that all of them are in it."""
        super().resizeEvent(event)
        self._be_low(is_low=event.size().height() < self._desk.look.pixels(_LOW))

    def _be_low(self, *, is_low: bool) -> None:
        if is_low is self._is_low:
            return
        self._is_low = is_low
        self._column.setContentsMargins(8, *((4, 8, 4) if is_low else (12, 8, 12)))
        self._column.setSpacing(0 if is_low else 2)
        for made in self._buttons.values():
            made.setProperty("low", is_low)
            made.style().unpolish(made)
            made.style().polish(made)

    def dress(self) -> None:
        """Take the size and the colours of the look."""
        look = self._desk.look
        self.setFixedWidth(look.pixels(_ICON) + _AROUND_ICON if self._is_narrow else look.pixels(_WIDTH))
        for name, made in self._buttons.items():
            title = self._places[name].title
            made.setText("" if self._is_narrow else f"  {title}")
            made.setToolTip(title if self._is_narrow else "")
            made.setIcon(icon(self._places[name].icon, look.theme.roles["second"]))
            made.setIconSize(QSize(look.pixels(_ICON), look.pixels(_ICON)))

    def _clicked(self, go: Callable[[str], object], name: str, _checked: bool = False) -> None:
        go(name)
