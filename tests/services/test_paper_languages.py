"""A paper speaks one language: every value of a record in its words, no code, no day of another language."""

import csv
import io
import re
import tomllib
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from random import Random

import pytest
from pypdf import PdfReader

import caseapp
from caseapp.domain.births import Birth, Precision
from caseapp.domain.consents import ConsentKind, InformationKind
from caseapp.domain.contacts import Channel, NoteText
from caseapp.domain.directory import NewService
from caseapp.domain.disclosures import Basis, EmergencyFacts, Ground
from caseapp.domain.forms import LANGUAGES, Texts
from caseapp.domain.papers import TITLES, Asked, BlankForm, PaperKind
from caseapp.domain.people import (
    Alert,
    ContactPoint,
    Identifier,
    LivingSituation,
    Name,
    NameKind,
    PersonDetails,
    PersonPlace,
    PointKind,
)
from caseapp.domain.people_lists import gender_code
from caseapp.domain.referrals import LadderStep, Method, Proof, Step
from caseapp.domain.relations import Relation
from caseapp.domain.shorthand import When
from caseapp.services import forms
from caseapp.services.told_words import told
from caseapp.system import paths
from db.demo import people
from tests.builders import NOW, SHIPPED, TODAY, a_call, a_consent, a_contact, an_encounter

_ASKED = re.compile(r"texts\.(?:word|words|within)\(\s*[\"'](\w+)[\"']")
INSIDE = Ground(Basis.INSIDE)
SCHEMES = tomllib.loads(paths.resource("recogniser", "people-columns.toml").read_text("utf-8"))["identifiers"]
NAMES = ("Riverside Follow-up", "Social-Worker")
"""Of the agency and of its staff: they are called so in every language."""
STATUTE = "42 CFR part 2 prohibits unauthorized use or disclosure of these records."
"""The words of 42 CFR 2.32 are given as the law has them."""


def listed(name):
    """The rows of a list as it is shipped."""
    file = paths.database_assets("seed", f"{name}.csv")
    with file.open(encoding="utf-8", newline="") as text:
        return [row for row in csv.DictReader(text) if row["code"]]


def codes(name):
    return tuple(row["code"] for row in listed(name))


def lists_on_papers():
    """Every list of which a paper says words."""
    folder = Path(caseapp.__file__).parent / "services"
    found = {name for file in folder.glob("*.py") for name in _ASKED.findall(file.read_text("utf-8"))}
    assert {"gender", "veteran", "living_situation", "relation", "place_kind"} <= found
    return sorted(found)


def text_of(pdf):
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def squeezed(text):
    return " ".join(text.split())


def somebody(**changes):
    """A person about whom every fact is recorded, in Spanish where it is in somebody's own words."""
    details = PersonDetails(
        names=(
            Name(NameKind.LEGAL, "María José", "Hernández"),
            Name(NameKind.ALIAS, "Chispa"),
            Name(NameKind.FORMER, "José", "Antes", do_not_use=True),
        ),
        birth=Birth(date(1980, 1, 2)),
        pronouns="she/her",
        gender="woman",
        races=("hispanic",),
        languages=codes("language"),
        interpreter_needed=True,
        veteran="yes",
        points=(
            ContactPoint(PointKind.PHONE, "(541) 555-0142", may_voicemail=True, may_text=True),
            ContactPoint(PointKind.PHONE, "(541) 555-0143", owner="Hermana", do_not_mention_us=True),
        ),
        places=tuple(PersonPlace(kind, "Calle Ocho") for kind in codes("place_kind")),
        identifiers=tuple(Identifier(kind, "N7") for kind in codes("identifier_kind")),
        alerts=tuple(Alert(kind, "el ruido") for kind in codes("alert_kind")),
        relations=tuple(Relation(kind, "Ada Reyes", "(541) 555-0144") for kind in codes("relation")),
        living=(LivingSituation("435", TODAY - timedelta(days=90)),),
        comes_with="un perro",
    )
    return replace(details, **changes)


def consent(worker, person_id, kind=ConsentKind.PART_2):
    details = a_consent(
        kind=kind,
        recipients=("Clínica Sol",),
        purpose="tratamiento",
        expires_on=TODAY + timedelta(days=30),
        discloser="Río",
        copy_given=True,
    )
    return worker.consents.record(person_id=person_id, details=details)


def refer(worker, person_id, *steps):
    made = worker.referrals.offer(
        person_id=person_id, need="un médico", method=Method.PACKET, place="Clínica Sol"
    )
    for step in steps:
        at = NOW + timedelta(days=9) if step is Step.APPOINTMENT else None
        taken = LadderStep(step, TODAY, Proof.AGENCY_SAID, appointment_at=at)
        made = worker.referrals.take_step(referral_id=made.id, taken=taken, version=made.version)
    return made


@pytest.mark.parametrize("language", LANGUAGES)
class TestWordsOfCodes:
    def test_are_there_for_every_value_of_every_list_on_a_paper(self, language):
        lacking = [
            (name, row["code"])
            for name in lists_on_papers()
            for row in listed(name)
            if not row[f"label_{language}"].strip()
        ]
        assert lacking == []

    @pytest.mark.parametrize(
        ("name", "values"),
        [
            ("referral_step", [one.value for one in Step]),
            ("information_kind", [one.value for one in InformationKind]),
            ("gender", [gender_code(text) for text in ("M", "F", "X", "trans", "other", "unk", "refused")]),
            ("identifier_kind", list(SCHEMES)),
        ],
    )
    def test_are_there_for_every_value_that_the_program_itself_writes(self, admin, language, name, values):
        with admin.context.read("test") as work:
            words = work.agency.words(language)[name]
        assert [one for one in values if not words.get(one)] == []

    def test_are_there_for_every_value_of_the_sample_agency(self, admin, language):
        with admin.context.read("test") as work:
            words = work.agency.words(language)
        for number in range(200):
            one = people.person(Random(number), number, TODAY)
            said = [("gender", one.gender), ("veteran", one.veteran), ("pronouns", one.pronouns)]
            said += [("language", each) for each in one.languages]
            said += [("living_situation", each.code) for each in one.living]
            said += [("place_kind", each.kind) for each in one.places]
            said += [("alert_kind", each.kind) for each in one.alerts]
            said += [("relation", each.kind) for each in one.relations]
            said += [("identifier_kind", each.scheme) for each in one.identifiers]
            assert [(name, code) for name, code in said if code and not words[name].get(code)] == []


WORDS = {
    "en": (
        *("she/her", "Woman", "Veteran Yes", "Rental with subsidy", "Spanish, Vietnamese", "HMIS number N7"),
        *("American Sign Language", "Usually found at: Calle Ocho", "Ada Reyes, probation officer"),
        "Social Security number xxx-xx-6789",
    ),
    "es": (
        *(
            "ella",
            "Mujer",
            "Veterano(a) Sí",
            "Alquiler con subsidio",
            "español, vietnamita",
            "Número HMIS N7",
        ),
        *("lengua de señas americana", "Suele estar en: Calle Ocho", "agente de libertad condicional"),
        "número de Seguro Social xxx-xx-6789",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_face_sheet_says_codes_in_words_and_no_whole_social_security_number(worker, language):
    numbers = (Identifier("hmis", "N7"), Identifier("ssn", "123456789"))
    person_id = worker.people.add(details=somebody(identifiers=numbers))
    asked = Asked(PaperKind.FACE_SHEET, person_id, language, ground=INSIDE)
    text = squeezed(text_of(worker.person_papers.preview(asked=asked).pdf))
    assert [one for one in WORDS[language] if one not in text] == []
    assert "12345" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_code_that_a_file_of_an_older_edition_does_not_list_is_said_in_words_too(admin, language):
    listed_since = {"en": "Social Security number", "es": "Número de Seguro Social"}
    with admin.context.write("test") as work:
        work._session.connection().exec_driver_sql("DELETE FROM code WHERE code = 'ssn'")
        assert "ssn" not in work.agency.words(language)["identifier_kind"]
        texts = forms.texts_of(work, "sheets", language)
    assert texts.word("identifier_kind", "ssn") == listed_since[language]
    assert texts.word("identifier_kind", "own-number") == "own number"


@pytest.mark.parametrize("language", LANGUAGES)
def test_face_sheet_says_as_much_of_a_birth_as_is_known(worker, language):
    asked = {
        Precision.DAY: ("2 Jan 1980 (46)", "2 ene 1980 (46 años)"),
        Precision.MONTH: ("Jan 1980 (about 46)", "ene 1980 (unos 46 años)"),
        Precision.YEAR: ("1980 (about 46)", "1980 (unos 46 años)"),
        Precision.ESTIMATED: ("about 46", "unos 46 años"),
    }
    for precision, words in asked.items():
        person_id = worker.people.add(details=somebody(birth=Birth(date(1980, 1, 2), precision)))
        paper = Asked(PaperKind.FACE_SHEET, person_id, language, ground=INSIDE)
        text = squeezed(text_of(worker.person_papers.preview(asked=paper).pdf))
        assert f" {words[LANGUAGES.index(language)]} " in text


@pytest.fixture
def papers(worker):
    """Name -> the text of every paper in Spanish that is made of a record."""
    person_id = worker.people.add(details=somebody())
    worker.cases.open_case(person_id=person_id, opened_from="call")
    when = When(TODAY + timedelta(days=3), time(15, 30))
    worker.follow_ups.schedule(
        person_id=person_id, what="Hablar del cuarto", channel=Channel.VISIT, when=when
    )
    allowed = consent(worker, person_id)
    refer(worker, person_id)
    referral = refer(worker, person_id, Step.ACCEPTED_BY_PERSON, Step.SENT, Step.APPOINTMENT)
    made = {}
    for kind in PaperKind:
        if kind is not PaperKind.OWN_LETTER:
            made[kind.value] = worker.person_papers.print(asked=Asked(kind, person_id, "es")).pdf
    facts = EmergencyFacts("Dra. Díaz", "Hospital Sol", "Ada Reyes", NOW, "una caída")
    grounds = {
        "inside": INSIDE,
        "consent": Ground(Basis.CONSENT),
        "emergency": Ground(Basis.MEDICAL_EMERGENCY, emergency=facts),
    }
    for name, ground in grounds.items():
        asked = Asked(PaperKind.FACE_SHEET, person_id, "es", recipient="Clínica Sol", ground=ground)
        made[f"facesheet {name}"] = worker.person_papers.print(asked=asked).pdf
    made |= {
        f"blank {form.value}": worker.person_papers.blank(form=form, language="es") for form in BlankForm
    }
    made["release"] = worker.papers.release(person_id=person_id, consent_id=allowed, language="es").pdf
    made["card"] = worker.papers.appointment_card(referral_id=referral.id, language="es").pdf
    made["chase"] = worker.papers.chase_page(to_name="Clínica Sol", language="es")
    told = worker.papers.disclosures(person_id=person_id)
    emergency = next(one for one in told if one.emergency)
    made["emergency"] = worker.papers.emergency_record(disclosure_id=emergency.id, language="es").pdf
    worker.contacts.log(details=a_contact(person_id, note=NoteText(parts={"Note": "Vino con su perro."})))
    worker.notes.print(person_id=person_id, recipient="Clínica Sol")
    worker.handoff.print(referral_id=referral.id, recipient="Clínica Sol")
    made["accounting"] = worker.papers.accounting(person_id=person_id, language="es").pdf
    worker.consents.revoke(consent_id=allowed, reason="cambió de opinión")
    made["revoked"] = worker.papers.release(person_id=person_id, consent_id=allowed, language="es").pdf
    made["revocation"] = worker.papers.revocation_letter(consent_id=allowed, language="es").pdf
    return {name: squeezed(text_of(pdf)) for name, pdf in made.items()}


def only_english():
    """Texts, words of codes, codes and days that no Spanish paper says, and that are no Spanish words."""
    english, spanish = set(), set()
    for form in SHIPPED:
        english |= {part for text in forms.shipped(form, "en")[1].values() for part in text.split("|")}
        spanish |= {part for text in forms.shipped(form, "es")[1].values() for part in text.split("|")}
    for name in lists_on_papers():
        for row in listed(name):
            english |= {one for one in (row["label_en"], row["code"]) if not one.isdigit()}
            spanish.add(row["label_es"])
    english |= kept_in_english()
    english |= {f"{date(2026, month, 1):%b}" for month in range(1, 13)}
    english |= {f"{date(2026, 1, day):%A}" for day in range(1, 8)}
    english |= {"Page", "of", "about", "yes", "left out", "AM", "PM"}
    allowed = {word.casefold() for text in spanish for word in re.findall(r"\w+", text)}
    return {one for one in english if "{" not in one and not allowed >= words_of(one)}


def words_of(text):
    return set(re.findall(r"\w+", text.casefold()))


def test_handoff_says_codes_in_words_and_sends_nobody_to_a_mailbox(worker):
    places = (PersonPlace("mail", "12 Oak Street"), PersonPlace("camp", "under the bridge"))
    person_id = worker.people.add(details=somebody(places=places))
    consent(worker, person_id)
    referral = refer(worker, person_id, Step.ACCEPTED_BY_PERSON, Step.SENT)
    call = worker.calls.add(call=a_call())
    met = an_encounter(outcome="crisis-center")
    worker.encounters.add(call_id=call, details=met, person_id=person_id)
    text = squeezed(text_of(worker.handoff.print(referral_id=referral.id, recipient="Clínica Sol").pdf))
    for words in (
        *("American Sign Language", "What upsets: el ruido", "Referral: person said yes", "Referral: sent"),
        *("The agency said so", "how to reach the person", "on paper", "Went to crisis center"),
        "under the bridge",
    ):
        assert words in text
    assert "0142: may leave voicemail and text" in text
    assert "0143: do not mention this service" in text
    assert "12 Oak Street" not in text and "crisis-center" not in text and "accepted by person" not in text


HOURS = {"en": "9:00 AM to 5:30 PM", "es": "9:00 a. m. a 5:30 p. m."}


@pytest.mark.parametrize("language", LANGUAGES)
def test_list_of_places_says_hours_and_languages_as_people_do(admin, worker, language):
    hours = ((TODAY.weekday(), time(9), time(17, 30)),)
    open_table = NewService("Open Table", hours=hours, languages=("Spanish", "Vietnamese"))
    made = admin.directory.add(organization="Riverside Food", service=open_table)
    text = squeezed(text_of(worker.papers.resource_list(service_ids=(made,), language=language)))
    spoken = {"en": "Spanish, Vietnamese", "es": "Español, vietnamita"}[language]
    assert HOURS[language] in text and spoken in text


def kept_in_english():
    """Titles and pieces of papers in the code, as the accounting keeps them."""
    folder = Path(caseapp.__file__).parent
    files = [*folder.glob("services/*.py"), *folder.glob("domain/*.py")]
    text = "\n".join(file.read_text("utf-8") for file in files)
    found = re.findall(r"\b(?:Paper|Item)\(\s*[\w\"-]+, \"([^\"]+)\"", text)
    assert {"Warm handoff", "Notes of contacts", "Why now", "Open referrals"} <= set(found)
    return {*found, *TITLES.values()}


def test_everything_that_an_accounting_tells_has_words_in_spanish():
    said = Texts("es", 1, {}, {})
    assert [one for one in kept_in_english() if told(said, one) == one] == []
    assert told(said, "Note of 2 Mar 2026") == "nota del 2 mar 2026"
    assert told(said, "Note of 12 Dec 2025") == "nota del 12 dic 2025"
    assert told(said, "Note of 31 Feb 2026") == "nota del 31 Feb 2026"
    assert told(said, "2 referrals in FHIR, 2026-01-01 to 2026-03-02") == (
        "2 referidos en FHIR, del 1 ene 2026 al 2 mar 2026"
    )
    assert told(said, "Winter shelter") == "Winter shelter"
    assert told(Texts("en", 1, {}, {}), "Face sheet") == "Face sheet"


def test_spanish_paper_has_no_english_value(papers):
    english = only_english()
    assert {"yes", "man", "usually-found", "Usually found at", "about", "Jan", "Page", "sent"} <= english
    for name, text in papers.items():
        said = text
        for kept in (*NAMES, STATUTE):
            said = said.replace(kept, "")
        found = [one for one in english if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", said)]
        assert found == [], name
        assert "Antes" not in said, name
