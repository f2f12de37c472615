"""Places with names: shelters, camps and others that calls name, with where they are and what to know."""

from typing import NamedTuple

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.errors import CaseAppError
from caseapp.domain.named_places import NamedPlace
from caseapp.domain.places import PlaceNote
from caseapp.ui.calls.words import Words
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk
from caseapp.ui.setup.section import Section
from caseapp.ui.widgets.basics import Panel, button, cut, row, side_column
from caseapp.ui.widgets.form import Form, read_day
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.table import Column, Table


class PlaceToName(NamedTuple):
    """The place of a call that is to get a name."""

    where: str
    city: str


class PlacesSection(Section):
    """Every named place, and the form of the chosen one or of a new one."""

    words = "Named places"
    right = Right.SEE_CALLS

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._place: NamedPlace | None = None
        self._is_listing = False
        self._codes = Words(desk.lists.codes)
        self._build()
        self.setFocusProxy(self.name)
        self._show(None)

    def about(self, subject: object) -> None:
        """A call's place is written into an empty form."""
        if isinstance(subject, PlaceToName):
            self._show(None)
            self.where.setText(subject.where)
            self.city.setText(subject.city)

    def refresh(self) -> None:
        self.ask(self.desk.services.places.named, self._on_listed, key="list")

    def refused(self, error: Exception) -> None:
        key = str(error.values.get("field", "")) if isinstance(error, CaseAppError) else ""
        if self.form.field(key) is not None:
            self.form.error(key, sentence(error))
        else:
            super().refused(error)

    def _build(self) -> None:
        places = Panel("Named places")
        self.table: Table[NamedPlace] = Table(
            "Named places",
            (
                Column("Name", lambda one: one.name, is_bold=True, width=180),
                Column("Also called", lambda one: ", ".join(one.other_names), width=150),
                Column("Kind", lambda one: self._kind_words(one), width=120),
                Column("Where", _where, width=210),
                Column("Safety note", self._note_words, tone=self._note_tone, width=220),
            ),
            self.desk.look,
            empty="No place has a name yet. Write the first one on the right: a shelter, a camp, a library.",
        )
        self.table.opened.connect(self._show)
        self.table.chosen.connect(self._on_chosen)
        self.table.view.clicked.connect(lambda _index: self._on_chosen(self.table.current()))
        places.body.addWidget(self.table)
        side = QVBoxLayout()
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self._form_panel())
        side.addStretch(1)
        self.side = side_column(side, self.desk.look.pixels(370), "Named place")
        line = QHBoxLayout()
        line.setSpacing(14)
        line.addWidget(places, 1)
        line.addWidget(self.side)
        if not self.desk.may(Right.CHANGE_CALLS):
            self.side.hide()
        self.content.addLayout(line, 1)

    def _form_panel(self) -> Panel:
        another = button("New", lambda: self._show(None), hint="Add a named place")
        self.panel = Panel("Add a place", actions=[another])
        self.panel.pad()
        form = self.form = Form(1)
        self.name = form.text("name", "Name", hint="River camp")
        self.others = form.text(
            "other_names", "Also called, with commas between", hint="Tent city, the flats"
        )
        self.kind = form.choice(
            "kind", "Kind of place", self._codes.options("named_place_kind", empty="Not recorded")
        )
        self.where = form.text("where", "Where", hint="1200 Oak St, or under the bridge at 5th & Oak")
        self.city = form.text("city", "City")
        self.note = form.lines("note", "What responders should know", hint="Go in by the north gate")
        self.until = form.text("until", "Last day of the note (empty: stays)", hint="2027-01-31")
        self.drop = button("Take the name away", self._remove)
        self.save = button("Add", self._save, look="primary")
        self.panel.body.addWidget(form)
        self.panel.body.addWidget(row(self.drop, None, self.save))
        return self.panel

    def _on_listed(self, places: list[NamedPlace]) -> None:
        self._is_listing = True
        self.table.set_rows(places)
        self._is_listing = False

    def _on_chosen(self, one: NamedPlace | None) -> None:
        if one is not None and not self._is_listing:
            self._show(one)

    def _show(self, one: NamedPlace | None) -> None:
        self._place = one
        place = one or NamedPlace("")
        self.form.clear_errors()
        self.panel.title.setText(cut(place.name) or "Add a place")
        for field, words in (
            (self.name, place.name),
            (self.others, ", ".join(place.other_names)),
            (self.where, place.where),
            (self.city, place.city),
            (self.until, place.note.until.isoformat() if place.note.until else ""),
        ):
            field.setText(words)
        choose(self.kind, place.note.kind)
        self.note.setPlainText(place.note.text)
        self.save.setText("Save" if one else "Add")
        self.save.setAccessibleName("Save the place" if one else "Add the place")
        self.drop.setEnabled(one is not None)

    def _save(self) -> None:
        self.form.clear_errors()
        until = read_day(self.until.text())
        if until is None and self.until.text().strip():
            self.form.error("until", "Write the day as 2027-01-31, or leave it empty.")
            return
        before, places = self._place, self.desk.services.places
        place = NamedPlace(
            self.name.text(),
            tuple(self.others.text().split(",")),
            self.where.text(),
            self.city.text(),
            PlaceNote(self.kind.currentData() or "", self.note.toPlainText(), until),
            before.id if before else None,
            before.version if before else 0,
        )
        if before is None:
            self.ask(lambda: places.add_named(place=place), lambda _id: self._done("Added."))
        else:
            self.ask(lambda: places.change_named(place=place), lambda _change: self._done("Saved."))

    def _remove(self) -> None:
        one, places = self._place, self.desk.services.places
        if one is None or one.id is None:
            return
        place_id = one.id
        self.ask(
            lambda: places.take_name(place_id=place_id, version=one.version),
            lambda _change: self._done(f"“{cut(one.name)}” is no named place any more.", one),
        )

    def _put_back(self, one: NamedPlace) -> None:
        places = self.desk.services.places
        self.ask(lambda: places.add_named(place=one), lambda _id: self._done("Put back."))

    def _done(self, words: str, removed: NamedPlace | None = None) -> None:
        self._show(None)
        self.desk.say(words, None if removed is None else lambda: self._put_back(removed))
        self.desk.hub.changed.emit(Change(frozenset({Kind.CALL})))
        self.refresh()

    def _kind_words(self, one: NamedPlace) -> str:
        return self._codes.of("named_place_kind", one.note.kind) if one.note.kind else ""

    def _note_words(self, one: NamedPlace) -> str:
        note = one.note
        ended = note.text and not note.holds_on(self.desk.services.context.today())
        text = "; ".join(note.text.splitlines())
        return f"ended {note.until}: {text}" if ended else text

    def _note_tone(self, one: NamedPlace) -> str:
        return "danger" if one.note.holds_on(self.desk.services.context.today()) else ""


def _where(one: NamedPlace) -> str:
    return ", ".join(filter(None, (one.where, one.city)))
