"""Somebody on a call who is not identified yet: what was said of them, and people it may be as one types."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from shiboken6 import isValid

from caseapp.domain.births import Birth, birth_typed
from caseapp.domain.call_forms import FieldError
from caseapp.domain.encounters import Encounter, StatedIdentity, said_over
from caseapp.domain.matching.intake import AT_MOST_ASKED
from caseapp.domain.matching.traits import Candidate
from caseapp.domain.people import PersonKind
from caseapp.services.calls import MetPerson
from caseapp.ui.calls.stated_fields import age_said, birth_said
from caseapp.ui.errors import sentence
from caseapp.ui.people.candidates import CandidateList
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.basics import button, row
from caseapp.ui.widgets.form import Form

KEEP_AFTER = 1500
"""Milliseconds after the last key at which what was said is kept; two seconds are promised."""


class WhoPanel(QWidget):
    """Name, age, birth date, phone and looks as told on the call; each key asks again who it may be."""

    def __init__(
        self,
        desk: Desk,
        met: MetPerson,
        *,
        use: Callable[[Candidate], None],
        make: Callable[[PersonKind, StatedIdentity], None],
    ) -> None:
        super().__init__()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._desk, self._encounter = desk, met.encounter
        self._kept = met.encounter.details.stated
        self._use, self._make = use, make
        self._build()
        self._connect()
        self._look()

    @property
    def encounter(self) -> Encounter:
        """The meeting as it stands after what was kept."""
        return self._encounter

    @property
    def is_typed_in(self) -> bool:
        """Whether somebody is typing here."""
        focus = QApplication.focusWidget()
        return (focus is not None and self.isAncestorOf(focus)) or self.said() != self._kept

    def keep(self) -> None:
        """Write what was typed, unless it stands there already."""
        self._later.stop()
        self._say_unread()
        said = self.said()
        if said == self._kept:
            return
        before, self._kept = self._kept, said
        met, encounters = self._encounter, self._desk.services.encounters
        self._encounter = replace(met, details=replace(met.details, stated=said), version=met.version + 1)
        self._desk.tasks.run(
            lambda: encounters.say_who(encounter_id=met.id, before=before, said=said),
            then=lambda kept: self._on_kept(said, *kept),
            failed=lambda error: self._on_not_kept(before, error),
        )

    def _on_kept(self, said: StatedIdentity, encounter: Encounter, lost: tuple[str, ...]) -> None:
        """Show what others wrote of them meanwhile in the fields that nobody typed into here."""
        stands = encounter.details.stated
        self._encounter = encounter
        if stands != said and isValid(self):
            self._kept = stands
            self._fill(said_over(stands, said, self.said())[0])
        if lost:
            words = ", ".join(f"“{one}”" for one in lost)
            self._desk.say(
                f"Somebody else wrote {words} here meanwhile. What you typed stands instead.", None
            )

    def _on_not_kept(self, before: StatedIdentity, error: Exception) -> None:
        """What is on file is what was there before, so that the words are tried again."""
        self._kept = before
        self._desk.say(sentence(error), None)

    def said(self) -> StatedIdentity:
        """What stands in the fields; an unreadable age or date is left as it was."""
        unread = self._unread()
        return StatedIdentity(
            name=self.name_field.text().strip(),
            age=self._kept.age if "age" in unread else age_said(self.age.text()),
            birth=self._kept.birth if "birth" in unread else self._birth_said(),
            phone=self.phone.text().strip(),
            description=self.looks.text().strip(),
        )

    def _birth_said(self) -> Birth | None:
        return birth_said(self.birth.text(), today=self._desk.services.context.today())

    def _unread(self) -> dict[str, str]:
        """Field -> what is wrong with what stands in it."""
        found = {}
        for read in (lambda: age_said(self.age.text()), self._birth_said):
            try:
                read()
            except FieldError as error:
                found[error.field] = sentence(error)
        return found

    def _say_unread(self, *, takes_focus: bool = False) -> bool:
        """Say beside each field what is wrong with it, and whether anything is."""
        unread = self._unread()
        for field in ("birth", "age"):
            self.form.error(field, unread.get(field, ""), takes_focus=takes_focus)
        return bool(unread)

    def _build(self) -> None:
        inside = QVBoxLayout()
        inside.setContentsMargins(14, 8, 14, 0)
        form = self.form = Form(2)
        self.name_field = form.text("name", "Name as told", wide=True)
        self.age = form.text("age", "Age", hint="about 50")
        self.birth = form.text("birth", "Birth date", hint="5/12/1980")
        self.phone = form.text("phone", "Phone")
        self.looks = form.text("looks", "Looks", hint="red parka")
        self._fill(self._kept)
        inside.addWidget(form)
        self.body.addLayout(inside)
        self.found = CandidateList(self._take, look_further=self._look_further)
        self.body.addWidget(self.found)
        line = row(
            button("New person", lambda: self._made(PersonKind.KNOWN)),
            button("Unknown person", lambda: self._made(PersonKind.UNKNOWN)),
            None,
        )
        line.setContentsMargins(14, 0, 14, 6)
        self.body.addWidget(line)

    def _fill(self, stated: StatedIdentity) -> None:
        """Show this; a field that says so already keeps its letters and its cursor."""
        shown = self.said()
        for field, now, wanted, text in (
            (self.name_field, shown.name, stated.name, stated.name),
            (self.age, shown.age, stated.age, str(stated.age) if stated.age is not None else ""),
            (self.birth, shown.birth, stated.birth, birth_typed(stated.birth)),
            (self.phone, shown.phone, stated.phone, stated.phone),
            (self.looks, shown.description, stated.description, stated.description),
        ):
            if now != wanted:
                field.setText(text)

    def _connect(self) -> None:
        self._soon, self._later = QTimer(self), QTimer(self)
        for timer, wait, do in ((self._soon, 150, self._look), (self._later, KEEP_AFTER, self.keep)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(do)
        self.form.edited.connect(self._on_edited)
        self.form.edited.connect(self._soon.start)
        self.form.edited.connect(self._later.start)
        for field in (self.name_field, self.age, self.birth, self.phone, self.looks):
            field.returnPressed.connect(self.found.press_default)

    def _on_edited(self) -> None:
        self._desk.tasks.drop(f"candidates {self._encounter.id}")
        self.found.expect()
        for field in {"birth", "age"} - self._unread().keys():
            self.form.error(field, "")

    def _look(self) -> None:
        encounters, encounter_id, said = self._desk.services.encounters, self._encounter.id, self.said()
        self._desk.tasks.run(
            lambda: encounters.candidates(encounter_id=encounter_id, stated=said),
            then=lambda found: self._show_candidates(found, said),
            failed=self._on_failed,
            key=f"candidates {encounter_id}",
        )

    def _on_failed(self, error: Exception) -> None:
        self._desk.say(sentence(error), None)
        self.found.show_failed()

    def _show_candidates(self, found: list[Candidate], said: StatedIdentity) -> None:
        may = bool(said.name or said.birth or said.phone)
        self.found.show_people(found, otherwise="Nobody known is likely.", may_look_further=may)

    def _look_further(self) -> None:
        encounters, encounter_id, said = self._desk.services.encounters, self._encounter.id, self.said()
        self._desk.tasks.run(
            lambda: encounters.candidates(encounter_id=encounter_id, stated=said, at_most=AT_MOST_ASKED),
            then=self.found.show_nearest,
            failed=lambda error: self._desk.say(sentence(error), None),
            key=f"candidates {encounter_id}",
        )

    def _take(self, one: Candidate) -> None:
        self.keep()
        if not self._say_unread(takes_focus=True):
            self._use(one)

    def _made(self, kind: PersonKind) -> None:
        self.keep()
        if not self._say_unread(takes_focus=True):
            self._make(kind, self.said())
