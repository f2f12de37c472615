"""The facts of a call: what the call-taker heard and called it, and what the dispatcher decided."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QVBoxLayout
from typing_extensions import override

from caseapp.domain.call_forms import check_facts
from caseapp.domain.calls import Call, response_minutes
from caseapp.domain.changes import Change
from caseapp.domain.named_places import NamedPlace
from caseapp.services.calls import Workbench
from caseapp.ui.calls.part import Part
from caseapp.ui.calls.words import Times, source_words
from caseapp.ui.errors import sentence
from caseapp.ui.lists import Words
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import chip
from caseapp.ui.widgets.facts import Facts
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose_kept, offer_words


class CallForm:
    """The fields of a call, for a new one and for a change."""

    def __init__(self, words: Words, times: Times, *, columns: int = 2) -> None:
        self._times = times
        form = self.form = Form(columns)
        form.heading("Call-taker")
        self.number = form.text("number", "Number")
        self.source = form.choice("source", "Source", words.options("call_source", empty=""))
        self.received = form.text("received_at", "Received", hint="14:20 or yesterday 23:10")
        self.call_taker = form.text("call_taker", "Call-taker")
        self.type_initial = form.text("type_initial", "Classified as")
        self.priority = form.text("priority", "Priority")
        self.place = form.text("place", "Place", hint="1400 Oak St, or what people call it")
        self.cross_street = form.text("cross_street", "Cross street")
        self.city = form.text("city", "City")
        self.category = form.choice("category", "Our category", words.options("call_type_category"))
        form.heading("Dispatcher")
        self.dispatcher = form.text("dispatcher", "Dispatcher")
        self.decision = form.choice("dispatch_decision", "Decided", words.options("dispatch_decision"))
        self.type_text = form.text("type_text", "Final type")
        self.disposition = form.text("disposition", "Disposition")
        self.dispatched = form.text("dispatched_at", "Dispatched", hint="14:22")
        self.on_scene = form.text("on_scene_at", "First on scene", hint="14:31")
        self.cleared = form.text("cleared_at", "Cleared", hint="15:05")
        self.note = form.text("dispatch_note", "Why so")

    def begin(self, times: Times) -> None:
        """Read what is typed from now on by a later clock."""
        self._times = times

    def fill(self, call: Call) -> None:
        """Show a call."""
        plain = (
            (self.number, call.number),
            (self.call_taker, call.call_taker),
            (self.type_initial, call.type_initial),
            (self.priority, call.priority),
            (self.place, call.place),
            (self.cross_street, call.cross_street),
            (self.city, call.city),
            (self.dispatcher, call.dispatcher),
            (self.type_text, call.type_text),
            (self.disposition, call.disposition),
            (self.note, call.dispatch_note),
            (self.received, self._times.write(call.received_at)),
        )
        for field, text in plain:
            field.setText(text)
        for field, at in self._steps(call):
            field.setText(self._times.write(at, call.received_at))
        for box, value in self._choices(call):
            choose_kept(box, value, value)

    def offer(self, places: Sequence[NamedPlace]) -> None:
        """Offer named places by any part of a name while the place is typed; its city comes with it."""
        of = {name: one for one in places for name in one.names}
        offered = offer_words(self.place, list(of))
        offered.setFilterMode(Qt.MatchFlag.MatchContains)
        offered.activated.connect(lambda name: self.city.setText(self.city.text() or of[name].city))

    def read(self, before: Call) -> Call:
        """What the fields say over a call; raises NotAMoment with its field."""
        received = self._times.read("received_at", self.received, before.received_at) or before.received_at
        steps = [
            self._times.read(key, field, at, received)
            for (field, at), key in zip(
                self._steps(before), ("dispatched_at", "on_scene_at", "cleared_at"), strict=True
            )
        ]
        return replace(
            before,
            number=self.number.text(),
            source=self.source.currentData() or "unknown",
            received_at=received,
            call_taker=self.call_taker.text().strip(),
            type_initial=self.type_initial.text().strip(),
            type_text=self.type_text.text().strip() or self.type_initial.text().strip(),
            priority=self.priority.text().strip(),
            place=self.place.text(),
            cross_street=self.cross_street.text().strip(),
            city=self.city.text().strip(),
            category=self.category.currentData() or "",
            dispatcher=self.dispatcher.text().strip(),
            dispatch_decision=self.decision.currentData() or "",
            dispatch_note=self.note.text().strip(),
            disposition=self.disposition.text().strip(),
            dispatched_at=steps[0],
            on_scene_at=steps[1],
            cleared_at=steps[2],
        )

    def _steps(self, call: Call) -> tuple[tuple[QLineEdit, datetime | None], ...]:
        return (
            (self.dispatched, call.dispatched_at),
            (self.on_scene, call.on_scene_at),
            (self.cleared, call.cleared_at),
        )

    def _choices(self, call: Call) -> tuple[tuple[QComboBox, str], ...]:
        return (
            (self.source, call.source),
            (self.category, call.category),
            (self.decision, call.dispatch_decision),
        )


class FactsPart(Part):
    """When, what, where, and who decided what."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Choose a call", "F")

    @override
    def data(self, bench: Workbench) -> object:
        plain = replace(bench.call, version=0, notes=(), responses=(), safety_checks=())
        return replace(
            plain, eligible="", eligible_reason="", not_served_reason="", screened_by="", screened_at=None
        )

    @override
    def show_facts(self, bench: Workbench, into: QVBoxLayout) -> None:
        call, words = bench.call, self.words
        self.title.setText(f"Call {call.number}")
        chips = [chip(call.type_text or "type not recorded")]
        if call.priority:
            chips.append(chip(f"priority {call.priority}"))
        self.set_chips(chips)
        into.addWidget(Facts(_facts(call, words, self.times()), columns=2))

    @override
    def make_form(self, bench: Workbench) -> Form:
        fields = self._fields = CallForm(self.words, self.times())
        fields.fill(bench.call)
        self.desk.tasks.run(
            self.desk.services.places.named,
            then=lambda places: fields.offer(places) if self.form is fields.form else None,
            failed=lambda error: self.desk.say(sentence(error), None),
        )
        return fields.form

    @override
    def show_again(self, bench: Workbench) -> bool:
        self._fields.fill(bench.call)
        return True

    @override
    def read(self, bench: Workbench) -> Call:
        return check_facts(self._fields.read(bench.call), now=self.desk.services.context.now())

    @override
    def write(self, bench: Workbench, value: Call) -> Change:
        return self.desk.services.calls.change(call=replace(value, version=bench.call.version))

    @override
    def put_back(self, before: Workbench) -> Callable[[Workbench], Change]:
        calls = self.desk.services.calls
        return lambda now: calls.change(call=replace(before.call, version=now.call.version))


def _facts(call: Call, words: Words, times: Times) -> list[tuple[str, str]]:
    minutes = response_minutes(call)
    there = f"{times.words(call.on_scene_at)}{f', {minutes:.0f} min' if minutes is not None else ''}"
    final = call.type_text if call.type_text != call.type_initial else "as classified"
    found = [
        ("Received", _by(times.day_and_time(call.received_at), call.call_taker)),
        ("Dispatched", _by(times.words(call.dispatched_at), call.dispatcher)),
        ("Source", source_words(words, call.source) if call.source else ""),
        ("Decided", _by(words.word("dispatch_decision", call.dispatch_decision), call.dispatch_note, ": ")),
        ("Classified as", call.type_initial or call.type_code),
        ("Final type", final),
        ("Place", ", ".join(filter(None, (call.place, call.cross_street, call.city)))),
        ("First on scene", there),
        ("Category", words.word("call_type_category", call.category)),
        ("Cleared", times.words(call.cleared_at)),
        ("Disposition", call.disposition),
    ]
    more = (("Reasons", ", ".join(call.reasons)), ("End point", call.end_point))
    return [*found, *((name, value) for name, value in more if value)]


def _by(what: str, who: str, between: str = ", ") -> str:
    return between.join(filter(None, (what, who)))
