"""How, how long, when, where, what was given: everything of a contact but its words and its people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from caseapp.domain.contacts import Channel, ContactDetails, NoteForm
from caseapp.domain.day_words import weekday_words
from caseapp.domain.drafts import TypedContact
from caseapp.domain.past_times import read_past
from caseapp.domain.shorthand import NotUnderstood
from caseapp.ui.contacts.words import FORMS, combo
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import flowing, label, named
from caseapp.ui.widgets.number import number_field


@dataclass(frozen=True, slots=True)
class Facts:
    """What the part says once it is read; `at` is an instant in UTC."""

    at: datetime
    channel: Channel
    minutes: int | None
    travel_minutes: int | None
    place: str
    items: tuple[str, ...]
    is_incoming: bool
    is_substance_use: bool
    written_together: bool


class FactsPart(QWidget):
    """Two lines of fields.

    Signals:
        edited: something was typed or chosen.
        form_chosen: another form of note.
        channel_chosen: another way of contact.
    """

    edited = Signal()
    form_chosen = Signal(object)
    channel_chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.channel = combo("How", desk.lists.words.among("contact_channel", Channel))
        self.minutes, self.travel = self._spin("Minutes"), self._spin("Minutes of travel")
        self.form = combo("Note form", list(FORMS.items()))
        self.at = self._line("When", "now, 9:30, yesterday 15, mon 14")
        self.read_as = label("", "small")
        self.place = self._line("Where", "library, phone, camp")
        self.items = self._line("Given", "socks, water, naloxone")
        self.incoming = QCheckBox("They called us")
        self.substance = QCheckBox("Substance use")
        self.substance.setToolTip("Covered by 42 CFR Part 2: leaves only with a consent that names it")
        self.together = QCheckBox("Written together")
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(8)
        lines.addWidget(
            flowing(
                named("How", self.channel),
                named("Minutes", self.minutes),
                named("Travel", self.travel),
                named("When", self.at, self.read_as),
                named("Note", self.form),
            )
        )
        lines.addWidget(
            flowing(
                named("Where", self.place),
                named("Given", self.items),
                self.incoming,
                self.substance,
                self.together,
            )
        )
        self._connect()
        self.start()

    def start(self) -> None:
        """Every field as it is before anything was typed; how, and the form of note, stay as last used."""
        for field in (self.at, self.place, self.items):
            field.clear()
        self.minutes.setValue(0)
        self.travel.setValue(0)
        for box in (self.incoming, self.substance, self.together):
            box.setChecked(False)
        self.read_as.clear()
        self.together.setVisible(self.form.currentData() is NoteForm.PEER)

    def read(self) -> Facts:
        """What stands there; raises NotUnderstood for a time that is none."""
        context = self._desk.services.context
        return Facts(
            at=read_past(self.at.text(), now=context.now(), zone=context.zone),
            channel=self.channel.currentData(),
            minutes=self.minutes.value() or None,
            travel_minutes=self.travel.value() or None,
            place=self.place.text(),
            items=tuple(self.items.text().split(",")),
            is_incoming=self.incoming.isChecked(),
            is_substance_use=self.substance.isChecked(),
            written_together=self.together.isChecked() and self.form.currentData() is NoteForm.PEER,
        )

    def typed(self) -> dict[str, Any]:
        """What stands in the fields, under the names by which a draft keeps it."""
        return {
            "form": self.form.currentData().value,
            "channel": self.channel.currentData().value,
            "minutes": self.minutes.value(),
            "travel": self.travel.value(),
            "at": self.at.text(),
            "place": self.place.text(),
            "items": self.items.text(),
            "incoming": self.incoming.isChecked(),
            "substance": self.substance.isChecked(),
            "together": self.together.isChecked(),
        }

    def fill(self, typed: TypedContact) -> None:
        """Put back what was kept."""
        self.choose_form(NoteForm(typed.form))
        self.choose_channel(Channel(typed.channel))
        self.minutes.setValue(typed.minutes)
        self.travel.setValue(typed.travel)
        self.at.setText(typed.at)
        self.place.setText(typed.place)
        self.items.setText(typed.items)
        self.incoming.setChecked(typed.incoming)
        self.substance.setChecked(typed.substance)
        self.together.setChecked(typed.together)

    def repeat(self, last: ContactDetails) -> None:
        """The facts of an earlier contact for one that is now."""
        self.choose_form(last.note.form)
        self.choose_channel(last.channel)
        self.minutes.setValue(last.minutes or 0)
        self.travel.setValue(last.travel_minutes or 0)
        self.place.setText(last.place)
        self.items.setText(", ".join(last.items))
        self.incoming.setChecked(last.is_incoming)
        self.substance.setChecked(last.is_substance_use)
        self.together.setChecked(last.note.written_together)

    def choose_channel(self, channel: Channel) -> None:
        """Choose a way of contact."""
        self.channel.setCurrentIndex(self.channel.findData(channel))

    def choose_form(self, form: NoteForm) -> None:
        """Choose a form of note."""
        self.form.setCurrentIndex(self.form.findData(form))

    def _spin(self, name: str) -> QSpinBox:
        made = number_field(name, 0, 1440)
        made.setSuffix(" min")
        made.setFixedWidth(self._desk.look.pixels(96))
        return made

    def _line(self, name: str, hint: str) -> QLineEdit:
        made = QLineEdit()
        made.setPlaceholderText(hint)
        made.setAccessibleName(name)
        return made

    def _connect(self) -> None:
        self.form.currentIndexChanged.connect(self._on_form)
        self.channel.currentIndexChanged.connect(
            lambda _place: self.channel_chosen.emit(self.channel.currentData())
        )
        self.at.textChanged.connect(self._on_when)
        for signal in (
            self.channel.currentIndexChanged,
            self.minutes.valueChanged,
            self.travel.valueChanged,
            self.at.textEdited,
            self.place.textEdited,
            self.items.textEdited,
            self.incoming.toggled,
            self.substance.toggled,
            self.together.toggled,
        ):
            signal.connect(lambda _value: self.edited.emit())

    def _on_form(self, _place: int) -> None:
        form = self.form.currentData()
        self.together.setVisible(form is NoteForm.PEER)
        self.form_chosen.emit(form)

    def _on_when(self, text: str) -> None:
        context = self._desk.services.context
        if not text.strip():
            self.read_as.clear()
            return
        try:
            at = read_past(text, now=context.now(), zone=context.zone)
        except NotUnderstood:
            self.read_as.clear()
            return
        local = self._desk.local(at)
        self.read_as.setText(f"{weekday_words(local)} {local:%H:%M}")
