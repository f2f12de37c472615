"""One person's story as a list that can be narrowed and searched."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from caseapp.domain.access import Right
from caseapp.domain.names import fold
from caseapp.domain.one_person import OnePerson
from caseapp.domain.timeline import TimelineEntry, TimelineKind
from caseapp.ui.icons import pixmap
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import (
    Panel,
    apart,
    button,
    chip,
    clear,
    flowing,
    hairline,
    label,
    scrolled,
)
from caseapp.ui.widgets.one_line import OneLine
from caseapp.ui.widgets.tab_order import tab_through

SHORT = 420
"""Letters of a note that are shown until somebody expands all, or opens it."""

AT_ONCE = 60
"""Entries built at a time; a button shows the next ones."""

_ICONS = {
    TimelineKind.CALL: "calls",
    TimelineKind.CONTACT: "contact",
    TimelineKind.FOLLOW_UP: "follow-ups",
    TimelineKind.REFERRAL: "referrals",
    TimelineKind.DOCUMENT: "document",
    TimelineKind.CASE: "cases",
    TimelineKind.CONSENT: "consent",
    TimelineKind.ASSESSMENT: "document",
}
_WORDS = {
    None: "All",
    TimelineKind.CALL: "Calls",
    TimelineKind.CONTACT: "Contacts",
    TimelineKind.REFERRAL: "Referrals",
    TimelineKind.DOCUMENT: "Documents",
    TimelineKind.ASSESSMENT: "Assessments",
}


class Timeline(Panel):
    """Entries newest first, by kind and by words.

    Signals:
        print_requested: the contacts whose notes are shown now, as ids.
        assessments_requested: an assessment is to be read.
    """

    print_requested = Signal(object)
    assessments_requested = Signal()

    def __init__(self, desk: Desk) -> None:
        self.words = QLineEdit()
        self.words.setPlaceholderText("Find in timeline")
        self.words.setAccessibleName("Find in timeline")
        self.words.setMaximumWidth(220)
        self.expand = button("Expand all", hint="Show every note whole")
        self.expand.setCheckable(True)
        self.print = button("Print notes", self._print, hint="The notes that are shown, for the person")
        super().__init__("Timeline", actions=[self.print, self.expand, self.words])
        self._desk = desk
        if not desk.may(Right.DISCLOSE):
            self.print.hide()
        self._entries: tuple[TimelineEntry, ...] = ()
        self._whole: OnePerson | None = None
        self._kind: TimelineKind | None = None
        self._shown = AT_ONCE
        self._build()
        self.words.textChanged.connect(self._on_narrowed)
        self.expand.toggled.connect(lambda _on: self._show())

    def set_entries(self, entries: tuple[TimelineEntry, ...], whole: OnePerson) -> None:
        """Show another person's story, each entry with the records it stands on."""
        self._entries, self._whole, self._shown = entries, whole, AT_ONCE
        for kind, made in self._kinds.items():
            count = len(entries) if kind is None else sum(one.kind is kind for one in entries)
            made.setText(f"{_WORDS[kind]} {count}")
        self._show()

    def _build(self) -> None:
        self._kinds: dict[TimelineKind | None, QPushButton] = {}
        group = QButtonGroup(self)
        for kind, words in _WORDS.items():
            made = QPushButton(words)
            made.setCheckable(True)
            made.setAccessibleName(f"Show {words.lower()}")
            made.clicked.connect(partial(self._on_kind, kind))
            group.addButton(made)
            self._kinds[kind] = made
        self._kinds[None].setChecked(True)
        kinds = flowing(*self._kinds.values(), spacing=6)
        kinds.setContentsMargins(14, 8, 14, 8)
        self.body.addWidget(kinds)
        self.body.addWidget(hairline())
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(0)
        self._column = scrolled(self._lines, "Timeline entries")
        self.body.addWidget(self._column, 1)

    def _on_kind(self, kind: TimelineKind | None, _on: bool = False) -> None:
        self._kind, self._shown = kind, AT_ONCE
        self._show()

    def _on_narrowed(self, _text: str) -> None:
        self._shown = AT_ONCE
        self._show()

    def _show(self) -> None:
        clear(self._lines)
        found = self._found()
        self.print.setEnabled(any(one.kind is TimelineKind.CONTACT for one in found))
        for one in found[: self._shown]:
            self._lines.addWidget(self._entry(one))
            self._lines.addWidget(hairline())
        if len(found) > self._shown:
            more = QPushButton(f"Show {len(found) - self._shown} more")
            more.clicked.connect(self._on_more)
            self._lines.addWidget(more)
        if not found:
            words = label(
                "Nothing here yet. What you log, refer or print appears in this list.", "second", wraps=True
            )
            words.setContentsMargins(16, 16, 16, 16)
            self._lines.addWidget(words)
        self._lines.addStretch(1)
        tab_through(self._column, after=self._column)

    def _found(self) -> list[TimelineEntry]:
        wanted = fold(self.words.text())
        return [
            one
            for one in self._entries
            if (self._kind is None or one.kind is self._kind) and wanted in fold(f"{one.title} {one.text}")
        ]

    def _print(self) -> None:
        contacts = (one.record_id for one in self._found() if one.kind is TimelineKind.CONTACT)
        self.print_requested.emit(tuple(one for one in contacts if one is not None))

    def _on_more(self) -> None:
        self._shown += AT_ONCE
        self._show()

    def _entry(self, one: TimelineEntry) -> QWidget:
        made = QWidget()
        grid = QGridLayout(made)
        grid.setContentsMargins(14, 9, 14, 9)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        look = self._desk.look
        day = label(self._desk.day_words(one.at, has_time=one.has_time), "small")
        day.setFixedWidth(look.pixels(88))
        sign = QLabel()
        sign.setPixmap(pixmap(_ICONS[one.kind], look.theme.roles["accent"], look.pixels(17)))
        sign.setAccessibleName(one.kind.value)
        chips = [chip(one.chip, one.tone)] if one.chip else []
        source = self._whole.origin_words(one.origins) if self._whole else ""
        if source:
            chips.append(chip(source))
        if one.is_substance_use:
            chips.append(chip("substance use", "warning"))
        grid.addWidget(day, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(sign, 0, 1, Qt.AlignmentFlag.AlignTop)
        opened = self._way_in(one)
        title = flowing(OneLine(one.title, "heading"), *chips)
        grid.addWidget(title, 0, 2)
        if opened:
            grid.addWidget(opened, 0, 3, 2, 1, Qt.AlignmentFlag.AlignTop)
        words = f"{apart(one.text)} ({one.by})" if one.text and one.by else apart(one.text) or one.by
        if len(words) > SHORT and not self.expand.isChecked() and not self.words.text():
            words = f"{words[:SHORT].rstrip()}…"
        if words:
            grid.addWidget(label(words, "second", wraps=True), 1, 2)
        grid.setColumnStretch(2, 1)
        return made

    def _way_in(self, one: TimelineEntry) -> QPushButton | None:
        """What opens an entry that has a screen of its own."""
        day = self._desk.day_words(one.at, has_time=one.has_time)
        if one.kind is TimelineKind.CONTACT and one.record_id is not None:
            opened = button("Open", partial(self._desk.show, "contact", one.record_id), look="plain")
            opened.setAccessibleName(f"Open contact of {day}")
            return opened
        if one.kind is TimelineKind.ASSESSMENT:
            opened = button("Open", self.assessments_requested.emit, look="plain")
            opened.setAccessibleName(f"Open {one.title} of {day}")
            return opened
        return None
