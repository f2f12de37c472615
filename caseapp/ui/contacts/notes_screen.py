"""Notes: found by their words, or waiting for a signature."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QButtonGroup, QLineEdit

from caseapp.domain.access import Right
from caseapp.domain.notes import NoteFound, NoteToSign
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, label
from caseapp.ui.widgets.table import Column, Table, moment_column

_PAUSE = 400
"""Milliseconds after a letter until notes are looked for; whom an answer shows is journaled."""

TO_SIGN, TO_COSIGN, FIND = "to-sign", "to-cosign", "find"

_LISTS = {FIND: "Notes found", TO_SIGN: "Notes to sign", TO_COSIGN: "Notes to co-sign"}
"""What each list holds."""


class NotesScreen(Screen):
    """A list of notes of one kind at a time."""

    name = "notes"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Notes")
        self._kind = FIND
        self._goes_on = False
        self._build()

    def about(self, subject: object) -> None:
        if isinstance(subject, str) and subject in self._kinds:
            self._on_kind(subject)
        else:
            self.refresh()

    def refresh(self) -> None:
        self._pause.stop()
        notes, kind, words = self.desk.services.notes, self._kind, self.words.text()
        self.found.setVisible(kind == FIND)
        self.words.setVisible(kind == FIND)
        self.waiting.setVisible(kind != FIND)
        self._kinds[kind].setChecked(True)
        self.panel.title.setText(_LISTS[kind])
        self._hint.setText("Enter open" if kind == FIND else "Enter open   S sign")
        if kind == TO_SIGN:
            self.ask(notes.to_sign, self._show_waiting, key="list")
        elif kind == TO_COSIGN:
            self.ask(notes.to_cosign, self._show_waiting, key="list")
        else:
            self.ask(lambda: notes.find(words=words), self._show_found, key="list")
        self.begin_at(self.words if kind == FIND else self.waiting.view)

    def _build(self) -> None:
        self._kinds = {FIND: button("Find in notes"), TO_SIGN: button("To sign")}
        if self.desk.may(Right.LEAD_TEAM):
            self._kinds[TO_COSIGN] = button("To co-sign")
        group = QButtonGroup(self)
        for kind, made in self._kinds.items():
            made.setCheckable(True)
            made.clicked.connect(partial(self._on_kind, kind))
            group.addButton(made)
            self.action_line.addWidget(made)
        self.words = QLineEdit()
        self.words.setPlaceholderText("Words that the note holds, in any order, without accents as you like")
        self.words.setAccessibleName("Words in notes")
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE)
        self._pause.timeout.connect(self.refresh)
        self.words.textChanged.connect(lambda _text: self._pause.start())
        self.words.returnPressed.connect(self._to_found)
        self.content.addWidget(self.words)
        self.content.addWidget(self._lists(), 1)

    def _lists(self) -> Panel:
        """What was found, and what waits for a signature; one of the two is seen."""
        self._hint = label("Enter open   S sign", "small")
        panel = self.panel = Panel(_LISTS[FIND], actions=[self._hint])
        self.found: Table[NoteFound] = Table(
            "Notes found",
            (
                Column("Person", lambda one: ", ".join(one.names), is_bold=True, width=200),
                moment_column("When", lambda one: one.at, self.desk.day_words, width=110),
                Column("Words", lambda one: one.excerpt, width=480),
                Column("By", lambda one: one.by, width=130),
            ),
            self.desk.look,
            empty="Type words, and the notes that hold all of them appear here.",
        )
        self.waiting: Table[NoteToSign] = Table(
            "Notes to sign",
            (
                Column("Person", lambda one: ", ".join(one.names), is_bold=True, width=260),
                moment_column("When", lambda one: one.at, self.desk.day_words, width=140),
                Column("By", lambda one: one.by, width=160),
                Column("Where it stands", lambda one: one.standing.value, width=180),
            ),
            self.desk.look,
            empty="No note waits for a signature.",
        )
        self.found.opened.connect(lambda one: self.desk.show("contact", one.contact_id))
        self.waiting.opened.connect(lambda one: self.desk.show("contact", one.contact_id))
        self.waiting.key_pressed.connect(self._on_key)
        panel.body.addWidget(self.found)
        panel.body.addWidget(self.waiting)
        return panel

    def _to_found(self) -> None:
        """Enter: look at once for what was typed last, and go on among the notes found."""
        self._goes_on = True
        self.refresh()

    def _on_kind(self, kind: str, _on: bool = True) -> None:
        self._kind = kind
        self.refresh()

    def _on_key(self, letter: str, one: NoteToSign) -> None:
        notes = self.desk.services.notes
        if letter == "s":
            sign = notes.cosign if self._kind == TO_COSIGN else notes.sign
            self.ask(lambda: sign(contact_id=one.contact_id), self.desk.hub.changed.emit)

    def _show_found(self, rows: list[NoteFound]) -> None:
        self.beside.setText(f"{len(rows)} found" if self.words.text().strip() else "")
        self.found.set_rows(rows)
        if rows and self._goes_on:
            self.found.view.setFocus()
        self._goes_on = False

    def _show_waiting(self, rows: list[NoteToSign]) -> None:
        self.beside.setText(f"{len(rows)} {'to co-sign' if self._kind == TO_COSIGN else 'to sign'}")
        self.waiting.set_rows(rows)
