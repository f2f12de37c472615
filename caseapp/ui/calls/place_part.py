"""The place of a call: what happened there and near it before, and what responders should know of it."""

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtWidgets import QPushButton, QVBoxLayout
from typing_extensions import override

from caseapp.domain.access import Right
from caseapp.domain.calls import CallLine
from caseapp.domain.changes import Change
from caseapp.domain.clock_times import NotAMoment
from caseapp.domain.counted import counted
from caseapp.domain.day_words import day_words
from caseapp.domain.place_notes import PlaceNote
from caseapp.services.calls import Workbench
from caseapp.ui.calls.part import Part
from caseapp.ui.people.unknown_screen import SeenAt
from caseapp.ui.screen import Desk
from caseapp.ui.setup.places_section import PlaceToName
from caseapp.ui.widgets.basics import button, chip, label, row
from caseapp.ui.widgets.form import Form, read_day
from caseapp.ui.widgets.options import choose

SHOWN = 5
"""Earlier calls that are listed at once."""


class PlacePart(Part):
    """Earlier calls here, in any spelling of the address, and near; the safety note stands above them."""

    words_of_action = "Safety note"
    saved_words = "Note on the place saved."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Earlier at this place", "H")

    @override
    def data(self, bench: Workbench) -> object:
        return bench.place_note

    @override
    def show_facts(self, bench: Workbench, into: QVBoxLayout) -> None:
        self.edit.setVisible(self.may_change and bool(bench.call.place))
        note, today = bench.place_note, self.desk.services.context.today()
        self.set_chips([chip("Safety note", "danger")] if note.holds_on(today) else [])
        self._show_name(bench, into)
        if note.text:
            self._show_note(note, into)
        count = len({one.number for one in bench.earlier_here})
        words = counted(count, "call") if count else "No earlier call at this place."
        shown = label(words, "second")
        shown.setContentsMargins(14, 8, 14, 8)
        into.addWidget(row(shown, None, *self._unknown(bench)))
        self._list(bench.earlier_here[:SHOWN], into)
        if bench.nearby:
            near = label("Within two blocks", "second")
            near.setContentsMargins(14, 8, 14, 4)
            into.addWidget(near)
            self._list(bench.nearby, into, with_place=True)

    @override
    def make_form(self, bench: Workbench) -> Form:
        form, note = Form(2), bench.place_note
        self._note = form.lines("note", "What responders should know of this place", hint="Two loose dogs")
        self._note.setPlainText(note.text)
        self._kind = form.choice(
            "kind", "Kind of place", self.words.options("named_place_kind", note.kind, empty="Not recorded")
        )
        choose(self._kind, note.kind)
        self._until = form.text("until", "Last day (empty: stays)", hint="2027-01-31")
        self._until.setText(note.until.isoformat() if note.until else "")
        return form

    @override
    def read(self, bench: Workbench) -> PlaceNote:
        text = self._until.text().strip()
        until = read_day(text)
        if text and until is None:
            raise NotAMoment(text=text, field="until")
        return PlaceNote(self._kind.currentData() or "", self._note.toPlainText().strip(), until)

    @override
    def write(self, bench: Workbench, value: PlaceNote) -> Change:
        call = bench.call
        return self.desk.services.places.put_note(place=call.place, city=call.city, note=value)

    @override
    def put_back(self, before: Workbench) -> Callable[[Workbench], Change] | None:
        call, places = before.call, self.desk.services.places
        return lambda _now: places.put_note(place=call.place, city=call.city, note=before.place_note)

    def _show_name(self, bench: Workbench, into: QVBoxLayout) -> None:
        """What the place is called, or the way to give it a name."""
        named, call = bench.named_place, bench.call
        if named is not None:
            kind = self.words.word("named_place_kind", named.note.kind) if named.note.kind else ""
            others = f"also called {', '.join(named.other_names)}" if named.other_names else ""
            said = label(
                ", ".join(filter(None, (kind, others, named.where, named.city))), "second", wraps=True
            )
            name = label(named.name, "heading", wraps=True)
            for one in (name, said) if said.text() else (name,):
                one.setContentsMargins(14, 8 if one is name else 0, 14, 0)
                into.addWidget(one)
        elif call.place and self.desk.may(Right.CHANGE_CALLS):
            subject = PlaceToName(call.place, call.city)
            name_it = button(
                "Name this place",
                lambda: self.desk.show("setup", subject),
                look="plain",
                hint="A shelter, a camp, a library: its names count as this place",
            )
            line = row(name_it, None)
            line.setContentsMargins(6, 4, 14, 0)
            into.addWidget(line)

    def _show_note(self, note: PlaceNote, into: QVBoxLayout) -> None:
        noted = f"noted {day_words(note.noted_on)}" if note.noted_on else ""
        ends = f"until {day_words(note.until)}" if note.until else ""
        dates = ", ".join(filter(None, (noted, ends)))
        words = label(f"{note.text} ({dates})" if dates else note.text, wraps=True)
        words.setContentsMargins(14, 10, 14, 0)
        into.addWidget(words)

    def _list(self, calls: Iterable[CallLine], into: QVBoxLayout, *, with_place: bool = False) -> None:
        for one in calls:
            line = row(
                label(self.desk.day_words(one.received_at), "small"),
                label(f"{one.type_text}, {one.place}" if with_place else one.type_text),
                None,
                button(one.number, partial(self.desk.show, "calls", one.id), look="plain"),
            )
            line.setContentsMargins(14, 0, 10, 2)
            into.addWidget(line)

    def _unknown(self, bench: Workbench) -> list[QPushButton]:
        count, seen = bench.unknown_here, SeenAt(bench.call.place, bench.spellings)
        if not count:
            return []
        words = f"{counted(count, 'unknown person', 'unknown people')} seen here"
        return [button(words, lambda: self.desk.show("unknown", seen), look="plain")]
