"""The frame: navigation, search, who is signed in, and the screens between them; it knows no rule."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMainWindow,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from caseapp.domain.access import Right
from caseapp.domain.changes import Change
from caseapp.domain.follow_ups import FollowUp
from caseapp.services.desk import Services
from caseapp.ui.appearance import lock_after
from caseapp.ui.changes import ChangeHub
from caseapp.ui.contacts.form import ContactForm
from caseapp.ui.follow_ups.reminders import start_in_tray
from caseapp.ui.idle import IdleWatch
from caseapp.ui.imports.folder_watch import FolderWatch
from caseapp.ui.kept_focus import KeptFocus
from caseapp.ui.keys import KeysWindow
from caseapp.ui.lists import Lists
from caseapp.ui.navigation import Navigation, Place
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.spelling.speller import SpellCheck
from caseapp.ui.status_line import StatusLine
from caseapp.ui.tasks import Tasks
from caseapp.ui.theme import Look
from caseapp.ui.top_bar import TopBar
from caseapp.ui.undo_key import UndoKey
from caseapp.ui.widgets.banner import Banner
from caseapp.ui.widgets.stack import Stack

_NARROW = 1000
"""Pixels of width below which a window is narrow, at letters of 100 %."""

_PAGE_LEAST = 120
"""Pixels of height that the page keeps above an open form, which takes what it needs of the rest."""


class MainWindow(QMainWindow):
    """The desk of one signed-in person.

    Signals:
        lock_requested: the user asked to lock, or nobody has been there for the chosen time.
    """

    lock_requested = Signal()

    def __init__(
        self, services: Services, look: Look, places: tuple[Place, ...], *, database: str, agency: str
    ) -> None:
        super().__init__()
        self.tasks, self.hub = Tasks(self), ChangeHub(self)
        self._places = {place.name: place for place in places}
        self._screens: dict[str, Screen] = {}
        self._left: list[Screen] = []
        self._past: list[tuple[str, object]] = []
        self._ahead: list[tuple[str, object]] = []
        self._here: tuple[str, object] = ("", None)
        self._screens_since_said = 0
        self.desk = Desk(
            services,
            self.tasks,
            self.hub,
            look,
            self.show_place,
            self.say,
            self.log_contact,
            SpellCheck(services, self.tasks, self.hub, self),
            Lists(services, self.tasks, self.hub, self),
        )
        self.idle = IdleWatch(self, after=lock_after(look.state) * 60)
        self._build(agency, database)
        look.dress(self)
        self._connect()
        self._add_shortcuts()
        self.undo_key = UndoKey(self)
        self.kept_focus = KeptFocus(self, lambda: self.current)
        self.restoreGeometry(look.state.read_bytes("window/geometry"))
        self.show_place(places[0].name, None)
        self.idle.start()
        self.reminders = start_in_tray(self.desk, self)
        self.folder_watch = FolderWatch(self.desk, self)
        self.folder_watch.start()

    def fit_within(self, room: QSize) -> None:
        """Be no larger than the screen."""
        size = self.size().boundedTo(room)
        self._fit(size.width())
        self.resize(size)

    def show_place(self, name: str, subject: object) -> None:
        """Open a screen with what it is about, and remember the way back."""
        if self._here[0] and self._here != (name, subject):
            self._past.append(self._here)
            self._ahead.clear()
            self._let_the_banner_age()
        self._open(name, subject)

    def _let_the_banner_age(self) -> None:
        """A sentence goes along to the screen that saving leads to, and no further."""
        self._screens_since_said += 1
        if self._screens_since_said > 1:
            self.banner.show_words("", None)

    def go_back(self) -> None:
        """The screen before."""
        if self._past:
            self._ahead.append(self._here)
            self._open(*self._past.pop())

    def go_forward(self) -> None:
        """The screen that was left by going back."""
        if self._ahead:
            self._past.append(self._here)
            self._open(*self._ahead.pop())

    def say(self, words: str, undo: Callable[[], None] | None) -> None:
        """Show a sentence above the screen, with Undo where it can be taken back."""
        self._screens_since_said = 0
        self.banner.show_words(words, undo)

    def log_contact(
        self,
        person_id: UUID | None,
        follow_up: FollowUp | None = None,
        back: Callable[[], None] | None = None,
    ) -> None:
        """Open the contact form in place, for whoever may log one."""
        if not self.desk.may(Right.LOG_CONTACTS):
            return
        self.search.hide_results()
        self.contact_form.start(person_id, follow_up=follow_up, back=back)

    def _log(self) -> None:
        self.log_contact(self.current.person_in_view)

    @property
    def current(self) -> Screen:
        """The screen that is shown."""
        return self._screens[self._here[0]]

    def _from_click(self, name: str, _checked: bool = False) -> None:
        """The user turns to something else: what was said about the last thing has been read."""
        self.banner.show_words("", None)
        self.show_place(name, None)

    def _open(self, name: str, subject: object) -> None:
        if name not in self._screens:
            made = self._places[name].make(self.desk)
            self._screens[name] = made
            self.stack.addWidget(made)
        is_other, self._here = name != self._here[0], (name, subject)
        screen = self._screens[name]
        self.stack.setCurrentWidget(screen)
        self.navigation.mark(self._places[name].under or name)
        screen.about(subject)
        screen.take_focus()
        if is_other:
            self._page.verticalScrollBar().setValue(0)
        self.desk.lists.read_again()

    def _build(self, agency: str, database: str) -> None:
        self.setWindowTitle(f"{agency} - caseapp")
        self.resize(1280, 800)
        ground = QWidget()
        ground.setObjectName("ground")
        self.setCentralWidget(ground)
        outer = QVBoxLayout(ground)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        self.top = TopBar(self.desk, agency)
        self.search = self.top.search
        outer.addWidget(self.top)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        self.navigation = Navigation(self.desk, self._places.values(), self._from_click)
        middle.addWidget(self.navigation)
        self.stack = Stack()
        self.banner = Banner()
        self.lock_warning = Banner()
        self.contact_form = ContactForm(self.desk)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(self.lock_warning)
        inside.addWidget(self.banner)
        page = self._page = _scrolled(self.stack)
        page.setMinimumHeight(_PAGE_LEAST)
        page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)
        inside.addWidget(page, 1)
        inside.addWidget(self.contact_form)
        middle.addLayout(inside, 1)
        outer.addLayout(middle, 1)
        self.status = StatusLine(database, self.tasks)
        self.setStatusBar(self.status)

    def show_keys(self) -> None:
        """List what the keyboard does."""
        KeysWindow(self.navigation.titles, self).open()

    def _on_look_changed(self) -> None:
        """Screens that are not shown are made anew when they are opened; the one shown reads again."""
        self.navigation.dress()
        self._fit(self.width())
        for name in [name for name in self._screens if name != self._here[0]]:
            left = self._screens.pop(name)
            left.keep_draft()
            self.stack.removeWidget(left)
            self._left.append(left)
        self.current.refresh()

    def _let_go(self) -> None:
        """A screen that was replaced goes once nothing is on the way to it: its work is told by it."""
        while self._left:
            self._left.pop().deleteLater()

    def _connect(self) -> None:
        self.top.log_requested.connect(self._log)
        self.top.place_requested.connect(self._from_click)
        self.top.lock_requested.connect(self.lock_requested)
        self.top.appearance.look_changed.connect(self._on_look_changed)
        self.top.appearance.keys_requested.connect(self.show_keys)
        self.top.appearance.lock_after_chosen.connect(self._on_lock_after)
        self.hub.changed.connect(self._on_changed)
        self.hub.outdated.connect(lambda: self.current.refresh())
        self.tasks.rested.connect(self._let_go)
        self.idle.warned.connect(self._on_idle)
        self.idle.woken.connect(self.lock_warning.hide)
        self.idle.expired.connect(self.lock_requested)

    def _add_shortcuts(self) -> None:
        keys: list[tuple[str, Callable[[], object]]] = [
            ("Ctrl+K", self.search.start),
            ("Ctrl+L", self._log),
            ("Ctrl+Shift+F", lambda: self.show_place("notes", "find")),
            ("Ctrl+N", self.top.new_button.showMenu),
            ("Ctrl+P", lambda: self.current.show_papers()),
            ("Ctrl+Shift+L", self.lock_requested.emit),
            ("Alt+Left", self.go_back),
            ("Alt+Right", self.go_forward),
            ("F1", self.show_keys),
            ("F5", lambda: self.current.refresh()),
            ("Ctrl+Z", self.banner.undo),
        ]
        for number, name in enumerate(self.navigation.names, start=1):
            keys.append((f"Ctrl+{number}", partial(self._from_click, name)))
        for key, do in keys:
            QShortcut(QKeySequence(key), self, do)

    def _on_changed(self, change: Change) -> None:
        now = self.desk.local(self.desk.services.context.now())
        self.status.say_saved(f"{now:%H:%M}")
        self.current.changed(change)

    def _on_lock_after(self, minutes: int) -> None:
        self.idle.after = minutes * 60.0

    def _on_idle(self, seconds: int) -> None:
        words = f"The desk locks in {seconds} second{'s' if seconds > 1 else ''}, because nobody is here."
        self.lock_warning.show_words(f"{words} What you typed is kept. Press any key to stay.", None)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit(self.width())

    def _fit(self, width: int) -> None:
        """In a narrow window what stands around the page says less."""
        is_narrow = width < self.desk.look.pixels(_NARROW)
        self.navigation.be_narrow(is_narrow=is_narrow)
        self.top.be_narrow(is_narrow=is_narrow)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is on the screen any more while the draft, and what was asked for before, is written."""
        self.idle.stop()
        self.contact_form.keep_draft()
        for screen in self._screens.values():
            screen.keep_draft()
        self.desk.look.state.write_bytes("window/geometry", self.saveGeometry())
        self.hide()
        self.tasks.stop()
        event.accept()


def _scrolled(pages: QStackedWidget) -> QScrollArea:
    """A page never makes the window larger than the screen: what has no room is scrolled to."""
    area = QScrollArea()
    area.setObjectName("ground")
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName("Page")
    area.setWidget(pages)
    return area
