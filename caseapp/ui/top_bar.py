"""What stands above every page: the agency, the search, what can be begun, and who is signed in."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from caseapp.domain.access import Right
from caseapp.ui.appearance import AppearanceMenu
from caseapp.ui.screen import Desk
from caseapp.ui.search.field import SearchField
from caseapp.ui.widgets.basics import button, cut
from caseapp.ui.widgets.one_line import OneLine

_AGENCY_WIDTH = 170
"""Pixels of the agency's name, so that the search stands above the page; a longer name is cut."""

_LEAST_WIDTH = 620
"""Pixels that a window can be made narrow to: less than half of a screen of 1366; more where large letters
need more."""

_NAME_KEEPS = 26
"""Letters of the name of who is signed in; a narrow window shows their first name, and a third of them."""

_LOG = "Log contact  Ctrl+L"

_NEW = (
    ("Person", "new-person", Right.CHANGE_PEOPLE),
    ("Call", "new-call", Right.CHANGE_CALLS),
    ("Import of calls", "imports", Right.IMPORT),
)
"""What the New menu offers: words, screen, and the right it takes."""


class TopBar(QWidget):
    """The bar; it opens nothing itself.

    Signals:
        log_requested: to write down a contact.
        place_requested: a screen of the New menu, by its name.
        lock_requested: to lock the desk.
    """

    log_requested = Signal()
    place_requested = Signal(str)
    lock_requested = Signal()

    def __init__(self, desk: Desk, agency: str) -> None:
        super().__init__()
        self._desk = desk
        self.setObjectName("topbar")
        self._agency = OneLine(agency, "agency")
        self.search = SearchField(desk)
        self.contact_button = button(
            _LOG, self.log_requested.emit, look="primary", hint="Write down a contact"
        )
        if not desk.may(Right.LOG_CONTACTS):
            self.contact_button.hide()
        self.new_button = self._new_button()
        self.appearance = AppearanceMenu(desk.look, self)
        self._user = self._user_button()
        line = QHBoxLayout(self)
        line.setContentsMargins(16, 8, 12, 8)
        line.setSpacing(10)
        line.addWidget(self._agency)
        line.addWidget(self.search, 1)
        line.addWidget(self.contact_button)
        line.addWidget(self.new_button)
        line.addStretch(1)
        line.addWidget(self._user)
        line.addWidget(button("Lock", self.lock_requested.emit, hint="Lock the desk (Ctrl+Shift+L)"))

    def be_narrow(self, *, is_narrow: bool) -> None:
        """In a narrow window it says less; whoever listens hears it whole."""
        self._say(is_narrow=True)
        self.setMinimumWidth(max(_LEAST_WIDTH, self.minimumSizeHint().width()))
        self._say(is_narrow=is_narrow)

    def _say(self, *, is_narrow: bool) -> None:
        name = self._desk.services.context.actor.name
        self._agency.setVisible(not is_narrow)
        self._agency.setFixedWidth(self._desk.look.pixels(_AGENCY_WIDTH))
        self.contact_button.setText(_LOG.split("  ")[0] if is_narrow else _LOG)
        self._user.setText(cut(name.split()[0], _NAME_KEEPS // 3) if is_narrow else cut(name, _NAME_KEEPS))

    def _new_button(self) -> QPushButton:
        made, menu = button("New", hint="Ctrl+N"), QMenu(self)
        for words, place, right in _NEW:
            if self._desk.may(right):
                action = QAction(words, menu)
                action.triggered.connect(partial(self._ask_for, place))
                menu.addAction(action)
        made.setProperty("opens", "menu")
        made.setMenu(menu)
        if menu.isEmpty():
            made.hide()
        return made

    def _ask_for(self, place: str, _checked: bool = False) -> None:
        self.place_requested.emit(place)

    def _user_button(self) -> QPushButton:
        actor = self._desk.services.context.actor
        role = actor.role.value.replace("-", " ")
        hint = f"{role.capitalize()}. Theme, text size, keys"
        made = button(cut(actor.name, _NAME_KEEPS), look="plain", hint=hint)
        made.setAccessibleName(f"{actor.name}, {role}")
        made.setProperty("opens", "menu")
        made.setMenu(self.appearance)
        return made
