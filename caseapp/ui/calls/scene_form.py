"""The fields of a meeting at the scene: who it was, what was offered and done, and how it ended."""

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QComboBox

from caseapp.domain.births import birth_typed
from caseapp.domain.encounters import EncounterDetails, StatedIdentity
from caseapp.ui.calls.offers import Offers
from caseapp.ui.calls.stated_fields import age_said, birth_said
from caseapp.ui.calls.words import PARTS, YES_NO
from caseapp.ui.lists import Words
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.several import Several


class SceneForm:
    """What was said of the person first, while nobody knows who it is; then what happened."""

    def __init__(self, words: Words, details: EncounterDetails, *, is_linked: bool, today: date) -> None:
        self._words, self._before, self._is_linked, self._today = words, details, is_linked, today
        form = self.form = Form(1)
        if not is_linked:
            self._build_stated(details.stated)
        self._part = form.choice("part", "Part in the call", list(PARTS.items()))
        choose(self._part, details.part)
        self._needs = Several("Needs", words.options("need", empty=""))
        self._needs.choose(details.needs)
        form.own("needs", "Needs", self._needs)
        self._offers = Offers(details.offers, words.options("offer_answer", empty=""))
        form.own("offers", "Offered, and the answer", self._offers)
        self._done = form.lines("what_was_done", "What was done", height=56)
        self._done.setPlainText(details.what_was_done)
        self._build_outcome(details)
        self._build_force(details)
        self._wished = self._choice("follow_up_wished", "Wishes a follow-up", "follow_up_wished")
        self._find = form.text("how_to_find", "Best way to find them")
        self._find.setText(details.how_to_find)

    def read(self) -> EncounterDetails:
        """What the fields say; raises NotAnAge, NotABirth or BornAhead."""
        return replace(
            self._before,
            part=self._part.currentData(),
            stated=self._before.stated if self._is_linked else self._read_stated(),
            needs=self._needs.values,
            offers=self._offers.values,
            what_was_done=self._done.toPlainText().strip(),
            outcome=self._outcome.currentData(),
            transported_to=self._to.currentData(),
            transported_by=self._by.currentData(),
            is_voluntary=self._freely.currentData(),
            use_of_force=self._force.currentData(),
            restraint=self._restraint.currentData(),
            injuries=self._injuries.currentData(),
            involuntary_hold=self._hold.currentData(),
            arrest=self._arrest.currentData(),
            follow_up_wished=self._wished.currentData() or "unknown",
            how_to_find=self._find.text().strip(),
        )

    def _build_stated(self, stated: StatedIdentity) -> None:
        form = self.form
        form.heading("What was said of them")
        self._name = form.text("name", "Name, as it was said")
        self._name.setText(stated.name)
        self._age = form.text("age", "Age, about")
        self._age.setText(str(stated.age) if stated.age else "")
        self._birth = form.text("birth", "Birth date", hint="5/12/1980")
        self._birth.setText(birth_typed(stated.birth))
        self._phone = form.text("phone", "Phone")
        self._phone.setText(stated.phone)
        self._description = form.text("description", "Looks", hint="tall, red parka, with a dog")
        self._description.setText(stated.description)
        form.heading("What happened")

    def _build_outcome(self, details: EncounterDetails) -> None:
        self._outcome = self._choice("outcome", "How it ended", "scene_outcome", details.outcome)
        self._to = self._choice(
            "transported_to",
            "Taken to",
            "transport_destination",
            details.transported_to,
            empty="Not taken anywhere",
        )
        self._by = self._choice("transported_by", "Taken by", "transported_by", details.transported_by)
        self._freely = self.form.choice("is_voluntary", "Went freely", YES_NO)
        choose(self._freely, details.is_voluntary)

    def _build_force(self, details: EncounterDetails) -> None:
        self._force = self._choice("use_of_force", "Use of force", "use_of_force", details.use_of_force)
        self._restraint = self._choice("restraint", "Restraint", "restraint", details.restraint)
        self._injuries = self._choice("injuries", "Injury", "injury", details.injuries)
        self._hold = self._choice(
            "involuntary_hold", "Involuntary hold", "involuntary_hold", details.involuntary_hold
        )
        self._arrest = self._choice("arrest", "Arrest or citation", "arrest", details.arrest)

    def _choice(
        self, key: str, title: str, listed: str, value: str | None = None, empty: str = "Not recorded"
    ) -> QComboBox:
        held = getattr(self._before, key) if value is None else value
        box = self.form.choice(key, title, self._words.options(listed, held, empty=empty))
        choose(box, held)
        return box

    def _read_stated(self) -> StatedIdentity:
        return StatedIdentity(
            name=" ".join(self._name.text().split()),
            age=age_said(self._age.text()),
            birth=birth_said(self._birth.text(), today=self._today),
            phone=self._phone.text().strip(),
            description=self._description.text().strip(),
        )
