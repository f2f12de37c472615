"""A new person, or an edit of one; as the fields are typed, people it may be are offered first."""

from dataclasses import replace
from functools import partial
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from caseapp.domain.errors import CaseAppError
from caseapp.domain.matching.traits import Candidate, Traits
from caseapp.domain.people import (
    Birth,
    BornInFuture,
    ContactPoint,
    DescriptionMissing,
    Name,
    NameKind,
    Person,
    PersonDetails,
    PersonKind,
    PersonPlace,
    PointKind,
)
from caseapp.ui.errors import sentence
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, chip, clear, label, row
from caseapp.ui.widgets.form import Form, read_day

_FIELD_OF = {DescriptionMissing.code: "description", BornInFuture.code: "birth"}


class PersonEditScreen(Screen):
    """The form of a person."""

    name = "new-person"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "New person")
        self._person: Person | None = None
        self._build()
        self._connect()

    def about(self, subject: object) -> None:
        self.leave_draft()
        self._person = None
        self.title.setText("New person")
        self._fill(PersonDetails())
        if isinstance(subject, UUID):
            self.title.setText("Edit person")
            self.ask(
                lambda: self.desk.services.people.open(person_id=subject).person, self._on_person, key="open"
            )
        else:
            self.start_draft(None)

    def _build(self) -> None:
        self.save = button("Save", self._save, look="primary")
        self.action_line.addWidget(self.save)
        panel = Panel("Who it is")
        panel.pad()
        form = self.form = Form(2)
        self.given = form.text("given", "First name")
        self.family = form.text("family", "Last name")
        self.alias = form.text("alias", "Street name or alias")
        self.birth = form.text("birth", "Birth date", hint="5/12/1980")
        self.pronouns = form.text("pronouns", "Pronouns")
        self.phone = form.text("phone", "Phone")
        self.voicemail = form.check("voicemail", "May leave a voicemail")
        self.hush = form.check("hush", "Do not mention us on this phone")
        self.place = form.text("place", "Usually found at")
        self.languages = form.choice("language", "Language", [("", "Not recorded"), *_languages(self.desk)])
        self.unknown = form.check("unknown", "Unknown person, without a name")
        self.description = form.lines(
            "description", "Description", hint="For an unknown person: age, clothes, place"
        )
        self.draft = self.drafted(form)
        panel.body.addWidget(self.draft.bar)
        panel.body.addWidget(form)
        panel.body.addStretch(1)
        self.known = Panel("Somebody we know?")
        self._candidates = QVBoxLayout()
        self._candidates.setContentsMargins(14, 8, 14, 10)
        self._candidates.setSpacing(8)
        self.known.body.addLayout(self._candidates)
        self.known.body.addStretch(1)
        self.known.setFixedWidth(self.desk.look.pixels(352))
        line = QHBoxLayout()
        line.setSpacing(14)
        line.addWidget(panel, 1)
        line.addWidget(self.known)
        self.content.addLayout(line, 1)
        self._show_candidates([])

    def _connect(self) -> None:
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(150)
        self._wait.timeout.connect(self._look)
        for field in (self.given, self.family, self.alias, self.birth, self.phone):
            field.textEdited.connect(lambda _text: self._wait.start())
        self.setFocusProxy(self.given)

    def _on_person(self, person: Person) -> None:
        self._person = person
        self._fill(person.details)
        self.start_draft(person.id)

    def _fill(self, details: PersonDetails) -> None:
        self.form.clear_errors()
        name = next((one for one in details.names if one.kind is NameKind.LEGAL), Name(NameKind.LEGAL))
        alias = next((one.full for one in details.names if one.kind is NameKind.ALIAS), "")
        phone = next((one for one in details.points if one.kind is PointKind.PHONE), None)
        self.given.setText(name.given)
        self.family.setText(name.family)
        self.alias.setText(alias)
        self.birth.setText(details.birth.on.isoformat() if details.birth else "")
        self.pronouns.setText(details.pronouns)
        self.phone.setText(phone.value if phone else "")
        self.voicemail.setChecked(bool(phone and phone.may_voicemail))
        self.hush.setChecked(bool(phone and phone.do_not_mention_us))
        self.place.setText(details.places[0].text if details.places else "")
        self.languages.setCurrentIndex(max(self.languages.findData((*details.languages, "")[0]), 0))
        self.unknown.setChecked(details.kind is PersonKind.UNKNOWN)
        self.description.setPlainText(details.description)
        self._show_candidates([])

    def _look(self) -> None:
        traits = Traits(
            names=tuple(
                filter(None, (f"{self.given.text()} {self.family.text()}".strip(), self.alias.text().strip()))
            ),
            birth_date=read_day(self.birth.text()),
            phones=(self.phone.text(),) if self.phone.text() else (),
        )
        besides = self._person.id if self._person else None
        people = self.desk.services.people
        self.ask(
            lambda: people.candidates(traits=traits, besides=besides), self._show_candidates, key="known"
        )

    def _show_candidates(self, found: list[Candidate]) -> None:
        clear(self._candidates)
        for one in found:
            use = button("Use this person", partial(self.desk.show, "person", one.person_id), look="primary")
            use.setAccessibleName(f"Use {one.name}")
            self._candidates.addWidget(
                row(label(one.name, "heading", wraps=True), chip(f"{one.percent} %", "good"), None)
            )
            self._candidates.addWidget(label(". ".join(one.reasons).capitalize() + ".", "second", wraps=True))
            self._candidates.addWidget(row(None, use))
        if not found:
            words = (
                "Nobody like this is known yet."
                if self.given.text() or self.phone.text()
                else "As you type, people this may be appear here."
            )
            self._candidates.addWidget(label(words, "second", wraps=True))

    def _save(self) -> None:
        self.form.clear_errors()
        if self.birth.text().strip() and read_day(self.birth.text()) is None:
            self.form.error("birth", "This is not a date. Write it like 5/12/1980.")
            return
        details, person, people = self._details(), self._person, self.desk.services.people
        if person is None:
            self.ask(self.draft.saving(lambda: people.add(details=details)), self._on_saved)
        else:
            self.ask(
                self.draft.saving(
                    lambda: people.change(person_id=person.id, details=details, version=person.version)
                ),
                lambda _change: self._on_saved(person.id),
            )

    def refused(self, error: Exception) -> None:
        if isinstance(error, CaseAppError):
            self.form.error(_FIELD_OF.get(error.code, "given"), sentence(error))
        else:
            super().refused(error)

    def _on_saved(self, person_id: UUID) -> None:
        self.desk.say("Person saved.", None)
        self.desk.show("person", person_id)

    def _details(self) -> PersonDetails:
        """What the form says, over what was on record: what the form does not show stays."""
        before = self._person.details if self._person else PersonDetails()
        names = [Name(NameKind.LEGAL, self.given.text().strip(), self.family.text().strip())]
        if self.alias.text().strip():
            names.append(Name(NameKind.ALIAS, self.alias.text().strip()))
        kept = [one for one in before.names if one.kind not in (NameKind.LEGAL, NameKind.ALIAS)]
        day = read_day(self.birth.text())
        birth = before.birth if before.birth and before.birth.on == day else Birth(day) if day else None
        language = self.languages.currentData()
        return replace(
            before,
            kind=PersonKind.UNKNOWN if self.unknown.isChecked() else PersonKind.KNOWN,
            names=tuple(one for one in (*names, *kept) if one.full),
            description=self.description.toPlainText().strip(),
            birth=birth,
            pronouns=self.pronouns.text().strip(),
            points=self._points(before),
            places=self._places(before),
            languages=(language, *before.languages[1:]) if language else before.languages[1:],
        )

    def _points(self, before: PersonDetails) -> tuple[ContactPoint, ...]:
        others = list(before.points)
        first = next((one for one in others if one.kind is PointKind.PHONE), None)
        if first is not None:
            others.remove(first)
        value = self.phone.text().strip()
        if not value:
            return tuple(others)
        point = ContactPoint(
            PointKind.PHONE,
            value,
            owner=first.owner if first else "",
            may_voicemail=self.voicemail.isChecked(),
            may_text=first.may_text if first else False,
            do_not_mention_us=self.hush.isChecked(),
        )
        return (point, *others)

    def _places(self, before: PersonDetails) -> tuple[PersonPlace, ...]:
        value = self.place.text().strip()
        if before.places and before.places[0].text == value:
            return before.places
        return (PersonPlace("usually-found", value), *before.places[1:]) if value else before.places[1:]


def _languages(desk: Desk) -> list[tuple[str, str]]:
    return desk.services.staff.codes(list_name="language")
