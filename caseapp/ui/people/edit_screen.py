"""A new person, or an edit of one; as the fields are typed, people it may be are offered first."""

from dataclasses import replace
from typing import Any, NamedTuple
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox

from caseapp.domain import person_edits
from caseapp.domain.access import Sealed
from caseapp.domain.changes import Change
from caseapp.domain.errors import CaseAppError, NoSuchRecord, StaleRecord
from caseapp.domain.matching.intake import AT_MOST_ASKED
from caseapp.domain.matching.traits import Candidate, Traits
from caseapp.domain.people import (
    OLDEST,
    Birth,
    BornInFuture,
    DescriptionMissing,
    Name,
    NameKind,
    Person,
    PersonDetails,
    PersonKind,
    Precision,
    age_on,
    birth_by_age,
    emergency_contact,
    mail_place,
    main_phone,
    read_age,
    usual_place,
)
from caseapp.services.people import PersonRecord
from caseapp.ui.errors import sentence
from caseapp.ui.people.candidates import CandidateList
from caseapp.ui.people.parting_screen import tell_identified
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, restyle
from caseapp.ui.widgets.beside import Beside
from caseapp.ui.widgets.form import Form, read_day
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.several import Several
from caseapp.ui.widgets.two_versions import TwoVersions

_FIELD_OF = {
    DescriptionMissing.code: "description",
    BornInFuture.code: "birth",
    person_edits.RelativeNameMissing.code: "near",
}
_OTHER = "Somebody"
IDENTIFY = "identify"
"""What the draft of the form is about that is open for an unknown person."""


class IdentifyAs(NamedTuple):
    """The form is opened for an unknown person who has a name now."""

    unknown_id: UUID


class PersonEditScreen(Screen):
    """The form of a person."""

    name = "new-person"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "New person")
        self._person: Person | None = None
        self._unknown_id: UUID | None = None
        self._build()
        self._connect()

    def about(self, subject: object) -> None:
        self.leave_draft()
        self._person = None
        self._unknown_id = subject.unknown_id if isinstance(subject, IdentifyAs) else None
        self.title.setText("Who the unknown person is" if self._unknown_id else "New person")
        self.beside.setText("")
        self._fill(PersonDetails())
        self.versions.begin()
        if isinstance(subject, UUID):
            self.title.setText("Edit person")
            self.ask(lambda: self.desk.services.people.open(person_id=subject), self._on_person, key="open")
        else:
            self.start_draft(self._unknown_id, about=IDENTIFY if self._unknown_id else "")

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
        self.age = form.text("age", "Age, where no birth date is known", hint="about 50")
        self.pronouns = form.text("pronouns", "Pronouns")
        codes = self.desk.lists.codes
        nothing = ("", "Not recorded")
        self.gender = form.choice("gender", "Gender", [nothing, *codes("gender")])
        self.languages = form.choice("language", "Language", [nothing, *codes("language")])
        self.phone = form.text("phone", "Phone")
        self.voicemail = form.check("voicemail", "May leave a voicemail")
        self.hush = form.check("hush", "Do not mention us on this phone")
        form.bind("phone", "voicemail", "hush")
        self.place = form.text("place", "Usually found at")
        self.mail = form.text("mail", "Address where mail is safe", hint="letters go nowhere else", wide=True)
        self.near = form.text("near", "Whom to call in an emergency")
        self.near_phone = form.text("near_phone", "Their phone")
        self.races = Several("Race and ethnicity", codes("race_ethnicity"))
        form.own("races", "Race and ethnicity, as many as the person says", self.races)
        self.unknown = form.check("unknown", "Unknown person, without a name")
        self.description = form.lines(
            "description", "Description", hint="For an unknown person: age, clothes, place"
        )
        self.draft = self.drafted(form)
        self.versions = versions = TwoVersions(form)
        self.draft.still_open = versions.bases_of_open
        self.draft.outdated.connect(lambda read: versions.meet_typed_before(read, who=_OTHER))
        self.draft.begun_anew.connect(versions.begin)
        panel.body.addWidget(self.draft.bar)
        panel.body.addWidget(self.versions)
        panel.body.addWidget(form)
        panel.body.addStretch(1)
        self.known = Panel("Somebody we know?")
        self.found = CandidateList(self._use, look_further=self._look_further, otherwise=self._save)
        self.known.body.addWidget(self.found)
        self.known.body.addStretch(1)
        self.known.setFixedWidth(self.desk.look.pixels(352))
        line = Beside()
        line.addWidget(panel, 1)
        line.addWidget(self.known)
        self.content.addLayout(line, 1)
        self._show_candidates([])

    def _connect(self) -> None:
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(150)
        self._wait.timeout.connect(self._look)
        for field in (self.given, self.family, self.alias, self.birth, self.age, self.phone, self.place):
            field.textEdited.connect(self._on_typed)
            field.returnPressed.connect(self._take_default)
        self.begin_at(self.given)

    def _on_typed(self) -> None:
        self.drop("known")
        self.found.expect()
        self._wait.start()

    def _on_person(self, record: PersonRecord) -> None:
        person, whole = record.person, record.whole
        self._person = person
        if whole.is_linked:
            self.beside.setText(f"Record {whole.number(person.id)} of {len(whole.members)}")
        self._fill(person.details)
        self.versions.begin()
        self.start_draft(person.id, edits=True)

    def _fill(self, details: PersonDetails) -> None:
        self.form.clear_errors()
        name = _first(details, NameKind.LEGAL) or Name(NameKind.LEGAL)
        alias = _first(details, NameKind.ALIAS)
        phone, near = main_phone(details), emergency_contact(details)
        today = self.desk.services.context.today()
        self.given.setText(name.given)
        self.family.setText(name.family)
        self.alias.setText(alias.full if alias else "")
        self.birth.setText(_birth_text(details.birth))
        self.age.setText(self._age_text(details.birth))
        self.pronouns.setText(details.pronouns)
        self.phone.setText(phone.value if phone else "")
        self.voicemail.setChecked(bool(phone and phone.may_voicemail))
        self.hush.setChecked(bool(phone and phone.do_not_mention_us))
        self.place.setText(usual_place(details, today))
        self.mail.setText(", ".join(mail_place(details, today).splitlines()))
        self.near.setText(near.name if near else "")
        self.near_phone.setText(near.phone if near else "")
        self.languages.setCurrentIndex(max(self.languages.findData((*details.languages, "")[0]), 0))
        choose(self.gender, details.gender)
        self.races.choose(details.races)
        self.unknown.setChecked(details.kind is PersonKind.UNKNOWN)
        self.description.setPlainText(details.description)
        self._show_candidates([])

    def _traits(self) -> Traits:
        given, family = self.given.text().strip(), self.family.text().strip()
        whole = f"{family}, {given}" if given and family else given or family
        return Traits(
            names=tuple(filter(None, (whole, self.alias.text().strip()))),
            birth_date=read_day(self.birth.text()),
            age=read_age(self.age.text()),
            place=self.place.text().strip(),
            phones=(self.phone.text(),) if self.phone.text() else (),
        )

    def _look(self) -> None:
        besides = self._person.id if self._person else self._unknown_id
        people, traits = self.desk.services.people, self._traits()
        self.desk.tasks.run(
            lambda: people.candidates(traits=traits, besides=besides),
            then=self._show_candidates,
            failed=self._on_failed,
            key=f"{self.name} known",
        )

    def _on_failed(self, error: Exception) -> None:
        self.refused(error)
        self.found.show_failed()

    def _look_further(self) -> None:
        besides = self._person.id if self._person else self._unknown_id
        people, traits = self.desk.services.people, self._traits()
        self.ask(
            lambda: people.candidates(traits=traits, besides=besides, at_most=AT_MOST_ASKED),
            self._show_nearest,
            key="known",
        )

    def _show_nearest(self, found: list[Candidate]) -> None:
        self.found.show_nearest(found)
        restyle(self.save, "primary")

    def _show_candidates(self, found: list[Candidate]) -> None:
        typed = self.given.text() or self.family.text() or self.phone.text()
        words = "Nobody like this is known yet." if typed else "As you type, people this may be appear here."
        self.found.show_people(found, otherwise=words, may_look_further=bool(typed))
        restyle(self.save, "" if found and self._person is None else "primary")

    def _take_default(self) -> None:
        """Enter uses the person offered first, where this is not the record of somebody already."""
        if self._person is None:
            self.found.press_default()
        else:
            self._save()

    def _use(self, one: Candidate) -> None:
        if self._person is not None:
            self.desk.show("person", one.person_id)
            return
        unknown_id, people, links = self._unknown_id, self.desk.services.people, self.desk.services.links
        if unknown_id is None:
            self.ask(
                lambda: people.many(person_ids=(one.person_id,)), lambda found: self._leave_for(one, found)
            )
            return
        self.ask_to_save(
            lambda: links.link(
                left_id=unknown_id, right_id=one.person_id, reason="identified", evidence=one.reasons
            ),
            lambda change: self._on_identified(change, unknown_id, one),
        )

    def _on_identified(self, change: Change, unknown_id: UUID, one: Candidate) -> None:
        self.desk.show("person", one.person_id)
        tell_identified(self.desk, change, unknown_id, one)

    def _leave_for(self, one: Candidate, found: list[Person]) -> None:
        """Go to the offered record, unless it was sealed or taken away since: what was typed stays then."""
        if not found:
            self.form.error("given", f"{one.name} cannot be opened any more. What you typed is still here.")
            self._look()
            return
        values = self.form.values()
        self.draft.let_go()
        self.desk.show("person", one.person_id)
        self.desk.say(f"This is {one.name}. What you typed was not saved.", lambda: self._bring_back(values))

    def _bring_back(self, values: dict[str, Any]) -> None:
        self.desk.show("new-person", None)
        self.form.fill(values)
        self._look()

    def _save(self) -> None:
        self.form.clear_errors()
        if not self.versions.may_save():
            return
        if self.birth.text().strip() and read_day(self.birth.text()) is None:
            self.form.error("birth", "This is not a date. Write it like 5/12/1980.")
            return
        if self.age.text().strip() and read_age(self.age.text()) is None:
            self.form.error("age", f"Write the age in years, like 50, up to {OLDEST}.")
            return
        try:
            details = self._details()
        except person_edits.RelativeNameMissing as error:
            self.refused(error)
            return
        services = self.desk.services
        person, unknown_id = self._person, self._unknown_id
        if person is not None:
            self.ask_to_save(
                lambda: services.people.change(person_id=person.id, details=details, version=person.version),
                lambda _change: self._on_saved(person.id),
            )
        elif unknown_id is not None:
            links = services.links
            self.ask_to_save(
                lambda: links.identify_as_new(person_id=unknown_id, details=details),
                self._on_saved,
            )
        else:
            self.ask_to_save(lambda: services.people.add(details=details), self._on_saved)

    def refused(self, error: Exception) -> None:
        if isinstance(error, StaleRecord) and self._person is not None:
            people, person_id = self.desk.services.people, self._person.id
            self.ask(lambda: people.open(person_id=person_id).person, self._show_both)
        elif isinstance(error, CaseAppError):
            if isinstance(error, Sealed | NoSuchRecord):
                self._look()
            self.form.error(_FIELD_OF.get(error.code, "given"), sentence(error))
        else:
            super().refused(error)

    def _show_both(self, person: Person) -> None:
        """Somebody saved first: the next save goes over theirs, with what is kept of both."""
        if self._person is not None and person.id == self._person.id:
            self._person = person
            self.versions.meet(lambda: self._fill_theirs(person), who=_OTHER)

    def _fill_theirs(self, person: Person) -> None:
        self._fill(person.details)
        self.draft.begin_from_here()

    def _on_saved(self, person_id: UUID) -> None:
        self.desk.say("Person saved.", None)
        self.desk.show("person", person_id)

    def _details(self) -> PersonDetails:
        """What the form says, over what was on record: what the form does not show stays."""
        before = self._person.details if self._person else PersonDetails()
        names = [Name(NameKind.LEGAL, self.given.text().strip(), self.family.text().strip())]
        if self.alias.text().strip():
            names.append(Name(NameKind.ALIAS, self.alias.text().strip()))
        shown = [_first(before, kind) for kind in (NameKind.LEGAL, NameKind.ALIAS)]
        kept = [one for one in before.names if not any(one is other for other in shown)]
        language = _chosen(self.languages, (*before.languages, "")[0])
        return replace(
            before,
            kind=PersonKind.UNKNOWN if self.unknown.isChecked() else PersonKind.KNOWN,
            names=tuple(one for one in (*names, *kept) if one.full),
            description=self.description.toPlainText().strip(),
            birth=self._birth(before.birth),
            pronouns=self.pronouns.text().strip(),
            gender=_chosen(self.gender, before.gender),
            races=self.races.values,
            points=person_edits.points(
                before,
                self.phone.text().strip(),
                may_voicemail=self.voicemail.isChecked(),
                do_not_mention_us=self.hush.isChecked(),
            ),
            places=person_edits.places(
                before,
                self.place.text().strip(),
                self.mail.text().strip(),
                today=self.desk.services.context.today(),
            ),
            relations=person_edits.relations(
                before, self.near.text().strip(), self.near_phone.text().strip()
            ),
            languages=(language, *before.languages[1:]) if language else before.languages[1:],
        )

    def _birth(self, before: Birth | None) -> Birth | None:
        """The date, or the age; what stands there unchanged keeps how exactly it is known."""
        if (self.birth.text(), self.age.text()) == (_birth_text(before), self._age_text(before)):
            return before
        day, age = read_day(self.birth.text()), read_age(self.age.text())
        if day is not None:
            return Birth(day)
        return birth_by_age(age, self.desk.services.context.today()) if age is not None else None

    def _age_text(self, birth: Birth | None) -> str:
        if birth is None or birth.precision is not Precision.ESTIMATED:
            return ""
        return str(age_on(birth, self.desk.services.context.today()))


def _first(details: PersonDetails, kind: NameKind) -> Name | None:
    """The name of a kind that the form shows."""
    return next((one for one in details.names if one.kind is kind), None)


def _chosen(field: QComboBox, before: str) -> str:
    """The code that is chosen; one on record that is not offered any more stays while none is."""
    code: str = field.currentData()
    return code if code or field.findData(before) >= 0 else before


def _birth_text(birth: Birth | None) -> str:
    return birth.on.isoformat() if birth and birth.precision is not Precision.ESTIMATED else ""
