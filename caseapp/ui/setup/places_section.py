"""Places with names: shelters, camps and others that calls name, with where they are and what to know."""

from typing import NamedTuple

from caseapp.domain.access import Right
from caseapp.domain.changes import Kind
from caseapp.domain.day_words import day_words
from caseapp.domain.named_places import NamedPlace
from caseapp.domain.place_notes import PlaceNote
from caseapp.ui.setup.list_section import ListSection
from caseapp.ui.widgets.basics import Panel, button, cut, row
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.table import Column


class PlaceToName(NamedTuple):
    """The place of a call that is to get a name."""

    where: str
    city: str


class PlacesSection(ListSection[NamedPlace]):
    """Every named place, and the form of the chosen one or of a new one."""

    words = "Named places"
    right = Right.SEE_CALLS
    changed_by = Right.CHANGE_CALLS
    kinds = frozenset({Kind.CALL})

    def about(self, subject: object) -> None:
        """A call's place is written into an empty form."""
        if isinstance(subject, PlaceToName):
            self._show(None)
            self.where.setText(subject.where)
            self.city.setText(subject.city)

    def refresh(self) -> None:
        self.ask(self.desk.services.places.named, self.set_rows, key="list")

    def _build(self) -> None:
        self._codes = self.desk.lists.words
        places = self.list_panel(
            "Named places",
            (
                Column("Name", lambda one: one.name, is_bold=True, width=180),
                Column("Also called", lambda one: ", ".join(one.other_names), width=150),
                Column("Kind", lambda one: self._kind_words(one), width=120),
                Column("Where", _where, width=210),
                Column("Safety note", self._note_words, tone=self._note_tone, width=220),
            ),
            empty="No place has a name yet.",
            first="Write the first one on the right: a shelter, a camp, a library.",
        )
        self.lay_out([places], [self._form_panel()], name="Named place")
        self.setFocusProxy(self.name)

    def _form_panel(self) -> Panel:
        panel = self.form_panel("Add a named place")
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
        panel.body.addWidget(form)
        panel.body.addWidget(row(self.drop, None, self.save))
        return panel

    def _show(self, one: NamedPlace | None) -> None:
        place = one or NamedPlace("")
        self.begin(one, cut(place.name) or "Add a place")
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
        until, is_read = self.form.day("until")
        if not is_read:
            return
        before, places = self.one, self.desk.services.places
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
            self.ask(lambda: places.add_named(place=place), lambda _id: self.done("Added."))
        else:
            self.ask(lambda: places.change_named(place=place), lambda _change: self.done("Saved."))

    def _remove(self) -> None:
        one, places = self.one, self.desk.services.places
        if one is None or one.id is None:
            return
        place_id = one.id
        self.ask(
            lambda: places.take_name(place_id=place_id, version=one.version),
            lambda _change: self.done(
                f"“{cut(one.name)}” is no named place any more.", lambda: self._put_back(one)
            ),
        )

    def _put_back(self, one: NamedPlace) -> None:
        places = self.desk.services.places
        self.ask(lambda: places.add_named(place=one), lambda _id: self.done("Put back."))

    def _kind_words(self, one: NamedPlace) -> str:
        return self._codes.word("named_place_kind", one.note.kind) if one.note.kind else ""

    def _note_words(self, one: NamedPlace) -> str:
        note = one.note
        ended = note.text and not note.holds_on(self.desk.services.context.today())
        text = "; ".join(note.text.splitlines())
        return f"ended {day_words(note.until)}: {text}" if ended else text

    def _note_tone(self, one: NamedPlace) -> str:
        return "danger" if one.note.holds_on(self.desk.services.context.today()) else ""


def _where(one: NamedPlace) -> str:
    return ", ".join(filter(None, (one.where, one.city)))
