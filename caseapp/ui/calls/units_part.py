"""The units of a call: each with its model, role and times; one at a time opens as a form."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from caseapp.domain.calls import Model, UnitResponse, has_cit_officer, is_served
from caseapp.domain.changes import Change
from caseapp.services.calls import Workbench
from caseapp.ui.calls.part import Part
from caseapp.ui.calls.unit_form import UnitForm
from caseapp.ui.calls.words import MODELS, ROLES, Times, yes_no
from caseapp.ui.lists import Words
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import button, chip, hairline, label, row
from caseapp.ui.widgets.facts import Facts
from caseapp.ui.widgets.form import Form


class UnitsPart(Part):
    """Who was sent, who came, who led, and what help was asked for."""

    words_of_action = "Add unit"
    saved_words = "Units saved."

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "Units", "U")
        self.units: dict[str, Model] = {}
        self._place: int | None = None

    @override
    def data(self, bench: Workbench) -> object:
        return bench.call.responses

    @override
    def show_facts(self, bench: Workbench, into: QVBoxLayout) -> None:
        call = bench.call
        served = is_served(call)
        chips = [chip("our team came", "good") if served else chip("nobody of ours came")]
        cit = has_cit_officer(call)
        if cit is not None:
            chips.append(chip("CIT-trained officer came" if cit else "no CIT-trained officer"))
        self.set_chips(chips)
        for place, one in enumerate(call.responses):
            if place:
                into.addWidget(hairline())
            into.addWidget(self._unit(place, one))
        if not call.responses:
            words = label("No unit was written down.", "second")
            words.setContentsMargins(14, 8, 14, 8)
            into.addWidget(words)

    @override
    def make_form(self, bench: Workbench) -> Form:
        responses = bench.call.responses
        one = UnitResponse("") if self._place is None else responses[self._place]
        self._fields = UnitForm(self.words, self.times(), one, bench.call.received_at, self.units)
        return self._fields.form

    @override
    def extra_actions(self) -> list[QWidget]:
        if self._place is None:
            return []
        return [button("Take off this call", self._remove, look="plain")]

    @override
    def read(self, bench: Workbench) -> tuple[UnitResponse, ...]:
        made, all_ = self._fields.read(), list(bench.call.responses)
        if self._place is None:
            return (*all_, made)
        all_[self._place] = made
        return tuple(all_)

    @override
    def goes_beside(self, before: Workbench, now: Workbench) -> bool:
        """A unit goes on the call beside those of others, and over itself where nobody else changed it."""
        place = self._place
        if place is None:
            return True
        return before.call.responses[: place + 1] == now.call.responses[: place + 1]

    @override
    def write(self, bench: Workbench, value: tuple[UnitResponse, ...]) -> Change:
        calls = self.desk.services.calls
        return calls.change_units(call_id=bench.call.id, responses=value, version=bench.call.version)

    @override
    def put_back(self, before: Workbench) -> Callable[[Workbench], Change]:
        calls, old = self.desk.services.calls, before.call.responses
        return lambda now: calls.change_units(call_id=before.call.id, responses=old, version=now.call.version)

    @override
    def _close(self) -> None:
        self._place = None
        super()._close()

    def _edit(self, place: int) -> None:
        self._place = place
        self.open_form()

    def _remove(self) -> None:
        bench, place = self.bench, self._place
        if bench is not None and place is not None:
            rest = tuple(one for number, one in enumerate(bench.call.responses) if number != place)
            self.desk.tasks.run(
                lambda: self.write(bench, rest),
                then=lambda change: self._on_saved(bench, change),
                failed=self.refused,
            )

    def _unit(self, place: int, one: UnitResponse) -> QWidget:
        edit = button("Edit", partial(self._edit, place))
        edit.setAccessibleName(f"Edit unit {one.call_sign}")
        if not self.may_change:
            edit.hide()
        head = row(
            label(one.call_sign, "heading"),
            chip(MODELS[one.model]),
            chip(ROLES[one.role]),
            None,
            edit,
        )
        head.setContentsMargins(14, 6, 10, 0)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(Facts(_facts(one, self.words, self.times()), columns=2))
        return holder


def _facts(one: UnitResponse, words: Words, times: Times) -> list[tuple[str, str]]:
    found = [
        ("Dispatched", times.words(one.dispatched_at)),
        ("En route", times.words(one.enroute_at)),
        ("On scene", times.words(one.on_scene_at)),
        ("Cleared", times.words(one.cleared_at)),
        ("Who led", words.word("led_by", one.led_by)),
        ("CIT officer", yes_no(one.has_cit_officer)),
    ]
    if one.came_how:
        found.append(("Came as back-up", words.word("came_how", one.came_how)))
    return [*found, *_beside(one, words, times), *_help(one, words, times)]


def _beside(one: UnitResponse, words: Words, times: Times) -> list[tuple[str, str]]:
    together, video = one.together, one.video
    found = []
    if together.arrived_as:
        pair = " and ".join(filter(None, (together.officer, together.clinician)))
        found.append(
            ("Arrived", ": ".join(filter(None, (words.word("arrived_as", together.arrived_as), pair))))
        )
    if together.called_in_at or together.called_in_by:
        by = words.word("asked_by", together.called_in_by)
        found.append(("Called in", ", ".join(filter(None, (times.words(together.called_in_at), by)))))
    if video.started_at:
        span = f"{times.words(video.started_at)} to {times.words(video.ended_at) or 'not recorded'}"
        found.append(("Video", span))
        device = words.word("video_device", video.device)
        outcome = words.word("video_outcome", video.outcome)
        found.append(("Device, outcome", ", ".join(filter(None, (device, outcome)))))
    return found


def _help(one: UnitResponse, words: Words, times: Times) -> list[tuple[str, str]]:
    asked = one.back_up
    if not asked.what:
        return []
    at, by = times.words(asked.asked_at), words.word("asked_by", asked.asked_by)
    return [
        ("Back-up asked", ", ".join(filter(None, (words.word("back_up_kind", asked.what), at, f"by {by}")))),
        (
            "Why, arrived",
            f"{words.word('back_up_reason', asked.reason)}; {yes_no(asked.has_arrived).lower()}",
        ),
    ]
