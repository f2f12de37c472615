"""The fields of a person: filled from a record, and read back over what stood there before."""

from dataclasses import replace

from PySide6.QtWidgets import QComboBox

from caseapp.domain import person_edits
from caseapp.domain.ages import read_age
from caseapp.domain.births import OLDEST, Birth, Precision, age_on, birth_by_age, birth_typed
from caseapp.domain.matching.traits import Traits
from caseapp.domain.people import (
    Name,
    NameKind,
    PersonDetails,
    PersonKind,
    emergency_contact,
    mail_place,
    main_phone,
    usual_place,
)
from caseapp.exchange.births_written import birth_of
from caseapp.ui.screen import Desk
from caseapp.ui.widgets.form import Form
from caseapp.ui.widgets.options import choose
from caseapp.ui.widgets.several import Several


class PersonFields(Form):
    """What the form shows of a person; what it does not show stays as it is on record."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(2)
        self._desk = desk
        self._add_who()
        self._add_how_to_reach()
        self._add_rest()
        self.telling = (
            self.given,
            self.family,
            self.alias,
            self.birth,
            self.age,
            self.phone,
            self.place,
        )
        """The fields by which somebody is recognised."""

    def show_person(self, details: PersonDetails) -> None:
        """Fill every field with what is on record."""
        self.clear_errors()
        name = _first(details, NameKind.LEGAL) or Name(NameKind.LEGAL)
        alias = _first(details, NameKind.ALIAS)
        phone, near = main_phone(details), emergency_contact(details)
        today = self._desk.services.context.today()
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

    def traits(self) -> Traits:
        """What is typed, for whom it may be."""
        given, family = self.given.text().strip(), self.family.text().strip()
        whole = f"{family}, {given}" if given and family else given or family
        return Traits(
            names=tuple(filter(None, (whole, self.alias.text().strip()))),
            birth=self._birth_read(),
            age=read_age(self.age.text()),
            place=self.place.text().strip(),
            phones=(self.phone.text(),) if self.phone.text() else (),
        )

    def say_unreadable(self) -> bool:
        """Say beside a birth date or an age that it is none; whether there is one."""
        if self.birth.text().strip() and self._birth_read() is None:
            self.error("birth", "This is not a date. Write it like 5/12/1980, or the year.")
            return True
        if self.age.text().strip() and read_age(self.age.text()) is None:
            self.error("age", f"Write the age in years, like 50, up to {OLDEST}.")
            return True
        return False

    def over(self, before: PersonDetails) -> PersonDetails:
        """What the form says, over what was on record; raises RelativeNameMissing."""
        names = [Name(NameKind.LEGAL, self.given.text().strip(), self.family.text().strip())]
        shown = [_first(before, kind) for kind in (NameKind.LEGAL, NameKind.ALIAS)]
        if alias := self.alias.text().strip():
            stored = shown[1]
            names.append(stored if stored and stored.full == alias else Name(NameKind.ALIAS, alias))
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
                today=self._desk.services.context.today(),
            ),
            relations=person_edits.relations(
                before, self.near.text().strip(), self.near_phone.text().strip()
            ),
            languages=(language, *before.languages[1:]) if language else before.languages[1:],
        )

    def _add_who(self) -> None:
        self.given = self.text("given", "First name")
        self.family = self.text("family", "Last name")
        self.alias = self.text("alias", "Street name or alias")
        self.birth = self.text("birth", "Birth date", hint="5/12/1980")
        self.age = self.text("age", "Age, where no birth date is known", hint="about 50")
        self.pronouns = self.text("pronouns", "Pronouns")
        codes = self._desk.lists.codes
        nothing = ("", "Not recorded")
        self.gender = self.choice("gender", "Gender", [nothing, *codes("gender")])
        self.languages = self.choice("language", "Language", [nothing, *codes("language")])

    def _add_how_to_reach(self) -> None:
        self.phone = self.text("phone", "Phone")
        self.place = self.text("place", "Usually found at")
        self.voicemail = self.check("voicemail", "May leave a voicemail")
        self.hush = self.check("hush", "Do not mention us on this phone")
        self.bind("phone", "voicemail", "hush")
        self.mail = self.text("mail", "Address where mail is safe", hint="letters go nowhere else", wide=True)
        self.near = self.text("near", "Whom to call in an emergency")
        self.near_phone = self.text("near_phone", "Their phone")

    def _add_rest(self) -> None:
        self.races = Several("Race and ethnicity", self._desk.lists.codes("race_ethnicity"))
        self.own("races", "Race and ethnicity, as many as the person says", self.races)
        self.unknown = self.check("unknown", "Unknown person, without a name")
        self.description = self.lines(
            "description", "Description", hint="For an unknown person: age, clothes, place"
        )

    def _birth(self, before: Birth | None) -> Birth | None:
        """The date, or the age; what stands there unchanged keeps how exactly it is known."""
        if (self.birth.text(), self.age.text()) == (_birth_text(before), self._age_text(before)):
            return before
        birth, age = self._birth_read(), read_age(self.age.text())
        if birth is not None:
            return birth
        return birth_by_age(age, self._desk.services.context.today()) if age is not None else None

    def _birth_read(self) -> Birth | None:
        """A day, or the month or the year where no more is known."""
        today = self._desk.services.context.today()
        return birth_of(self.birth.text().strip(), day_first=False, today=today)

    def _age_text(self, birth: Birth | None) -> str:
        if birth is None or birth.precision is not Precision.ESTIMATED:
            return ""
        return str(age_on(birth, self._desk.services.context.today()))


def _first(details: PersonDetails, kind: NameKind) -> Name | None:
    """The name of a kind that the form shows."""
    return next((one for one in details.names if one.kind is kind), None)


def _chosen(field: QComboBox, before: str) -> str:
    """The code that is chosen; one on record that is not offered any more stays while none is."""
    code: str = field.currentData()
    return code if code or field.findData(before) >= 0 else before


def _birth_text(birth: Birth | None) -> str:
    """As it is read again; an estimate stands as an age."""
    return "" if birth and birth.precision is Precision.ESTIMATED else birth_typed(birth)
