"""At intake, people somebody may be are offered while the fields are typed, and nobody where nobody is likely."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton

from caseapp.domain.access import Role
from caseapp.domain.births import Birth, Precision, birth_by_age
from caseapp.domain.people import ContactPoint, Name, NameKind, PersonKind, PersonPlace, PointKind
from caseapp.ui.calls.who_panel import KEEP_AFTER, WhoPanel
from caseapp.ui.people.edit_screen import IdentifyAs
from caseapp.ui.people.identify_panel import IdentifyPanel
from tests.builders import TODAY, a_call, a_person, an_encounter, services_as
from tests.ui.driving import buttons, click, settle, unnamed, window_of, words


@pytest.fixture
def form(qtbot, window, worker, town):
    window.show_place("new-person", None)
    settle(qtbot, window)
    return window.current


def offered(window):
    return [
        one.accessibleName()
        for one in window.findChildren(type(buttons(window, "Save")[0]))
        if one.isVisible() and one.text() == "Use this person"
    ]


def typed(qtbot, window, field, text):
    qtbot.keyClicks(field, text)
    qtbot.wait(200)
    settle(qtbot, window)


def test_offers_who_it_may_be_with_reasons_the_first_as_default(qtbot, window, form, worker, town):
    typed(qtbot, window, form.form.given, "Jimmy")
    typed(qtbot, window, form.form.family, "Okafor")
    assert 1 <= len(offered(window)) <= 5 and form.found.has_default
    assert any("First name a known short form." in one for one in words(form.found))
    assert form.save.property("look") == "" and unnamed(form) == []
    qtbot.keyClick(form.form.family, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current.name == "person" and window.current.record.person.id in town[0]
    assert worker.drafts.get(form="new-person", person_id=None) is None
    window.banner.undo()
    settle(qtbot, window)
    assert window.current is form and (form.form.given.text(), form.form.family.text()) == ("Jimmy", "Okafor")


def test_enter_takes_nobody_whom_a_small_window_does_not_show(qtbot, window, form, worker, town):
    window.resize(700, 600)
    settle(qtbot, window)
    typed(qtbot, window, form.form.given, "Jimmy")
    typed(qtbot, window, form.form.family, "Okafor")
    first = form.found.offered[0]
    assert form.beside.text().startswith(f"May be {first.name}")
    qtbot.keyClick(form.form.family, Qt.Key.Key_Return)
    settle(qtbot, window)
    use = window.focusWidget()
    assert window.current is form and use.accessibleName() == f"Use {first.name}"
    assert use.visibleRegion().boundingRect().height() == use.height()
    qtbot.keyClick(use, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current.name == "person" and window.current.record.whole.display_name == first.name


def test_offers_nobody_where_nobody_is_likely_and_enter_saves(qtbot, window, form, worker):
    typed(qtbot, window, form.form.given, "Xiomara")
    typed(qtbot, window, form.form.family, "Quintanilla")
    assert offered(window) == [] and "Nobody like this is known yet." in words(form.found)
    qtbot.keyClick(form.form.family, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current.record.whole.display_name == "Xiomara Quintanilla"


def test_looks_further_when_asked_and_takes_nobody_by_enter(qtbot, window, form, worker):
    older = Birth(TODAY.replace(year=1950))
    worker.people.add(details=a_person("Ronaldinho", "Quintanilla", points=(), birth=older))
    typed(qtbot, window, form.form.given, "Xiomara")
    typed(qtbot, window, form.form.family, "Quintanila")
    typed(qtbot, window, form.form.birth, "5/12/2001")
    assert offered(window) == []
    buttons(window, "Look further")[0].setFocus()
    click(qtbot, window, "Look further")
    assert window.focusWidget().accessibleName() == offered(window)[0]
    assert "Use Ronaldinho Quintanilla" in offered(window) and not form.found.has_default
    assert "Those who come nearest, likely or not:" in words(form.found) and unnamed(form) == []
    qtbot.keyClick(form.form.family, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current.record.whole.display_name == "Xiomara Quintanila"


def test_says_of_somebody_who_stands_twice_that_both_are_one(qtbot, window, form, worker):
    for _twice in range(2):
        worker.people.add(details=a_person("Leocadia", "Montecillo"))
    typed(qtbot, window, form.form.given, "Leocadia")
    typed(qtbot, window, form.form.family, "Montecillo")
    typed(qtbot, window, form.form.birth, "3/2/1976")
    said = words(form.found)
    assert said.count("99 %") == 2 and offered(window)[:2] == ["Use Leocadia Montecillo"] * 2
    assert [one for one in said if one.startswith("Certainly the same person as Leocadia Montecillo above")]


def test_works_with_a_first_name_and_an_age_alone(qtbot, window, form, worker):
    worker.people.add(details=a_person("Xiomara", "Quintanilla", birth=birth_by_age(48, TODAY), points=()))
    typed(qtbot, window, form.form.given, "Xiomara")
    typed(qtbot, window, form.form.age, "50")
    assert offered(window) == ["Use Xiomara Quintanilla"]
    assert any("Age fits." in one for one in words(form.found))


def test_takes_gender_and_races_and_keeps_them_in_the_draft(qtbot, window, form, worker):
    typed(qtbot, window, form.form.given, "Xiomara")
    qtbot.keyClicks(form.form.gender, "Wom")
    for name in ("Race and ethnicity: Black or African American", "Race and ethnicity: White"):
        qtbot.keyClick(buttons(window, name)[0], Qt.Key.Key_Space)
    form.keep_draft()
    settle(qtbot, window)
    window.show_place("new-person", None)
    settle(qtbot, window)
    assert form.form.races.values == ("black", "white")
    qtbot.keyClick(form.form.given, Qt.Key.Key_Return)
    settle(qtbot, window)
    details = window.current.record.person.details
    assert (details.gender, details.races) == ("woman", ("black", "white"))
    window.show_place("new-person", window.current.person_id)
    settle(qtbot, window)
    assert form.form.gender.currentText() == "Woman" and form.form.races.values == ("black", "white")


def test_drops_an_answer_that_comes_after_the_next_key(qtbot, window, form):
    qtbot.keyClicks(form.form.given, "James Okafor")
    form._look()
    form.form.given.setText("Xiomara Quintanilla")
    form._look()
    settle(qtbot, window)
    assert offered(window) == []


def test_enter_takes_nobody_offered_for_other_words(qtbot, window, form, worker, town):
    typed(qtbot, window, form.form.given, "Jimmy")
    typed(qtbot, window, form.form.family, "Okafor")
    assert offered(window)
    form.form.given.setText("")
    form.form.family.setText("")
    qtbot.keyClicks(form.form.given, "Xiomara")
    qtbot.keyClicks(form.form.family, "Quintanilla")
    qtbot.keyClick(form.form.family, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current is not form)
    settle(qtbot, window)
    assert window.current.record.whole.display_name == "Xiomara Quintanilla"


def test_enter_takes_nobody_of_an_answer_that_came_after_the_next_key(qtbot, window, form, worker, town):
    form.form.given.setText("Jimmy")
    form.form.family.setText("Okafor")
    form._look()
    form.form.given.setText("")
    form.form.family.setText("")
    qtbot.keyClicks(form.form.given, "Xiomara")
    qtbot.keyClicks(form.form.family, "Quintanilla")
    settle(qtbot, window)
    qtbot.keyClick(form.form.family, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current is not form)
    settle(qtbot, window)
    assert window.current.record.whole.display_name == "Xiomara Quintanilla"


def test_enter_shows_first_whom_nobody_has_seen_yet(qtbot, window, form, worker, town):
    qtbot.keyClicks(form.form.given, "Jimmy")
    qtbot.keyClicks(form.form.family, "Okafor")
    qtbot.keyClick(form.form.family, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(offered(window)))
    settle(qtbot, window)
    assert window.current is form
    qtbot.keyClicks(form.form.phone, "541 555 0142")
    qtbot.keyClick(form.form.phone, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.current is not form)
    settle(qtbot, window)
    assert window.current.record.person.id in town[0], "the same one was first before"


@pytest.fixture
def parka(qtbot, window, worker, town):
    """The form for an unknown person of whom a phone is known, who has a name now."""
    points = (ContactPoint(PointKind.PHONE, "541 555 0988"),)
    unknown = a_person(kind=PersonKind.UNKNOWN, names=(), description="red parka", birth=None, points=points)
    person_id = worker.people.add(details=unknown)
    window.show_place("new-person", IdentifyAs(person_id))
    settle(qtbot, window)
    return person_id


def seal(services, person_id):
    person = services.people.open(person_id=person_id).person
    shut = replace(person.details, is_restricted=True)
    services.people.change(person_id=person_id, details=shut, version=person.version)


def test_offers_no_unknown_person_to_be_identified_as_themselves(qtbot, window, worker, parka):
    form = window.current
    typed(qtbot, window, form.form.given, "Xiomara")
    typed(qtbot, window, form.form.phone, "541 555 0988")
    assert offered(window) == []
    click(qtbot, window, "Look further")
    assert "Use red parka" not in offered(window)
    qtbot.keyClick(form.form.phone, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current.name == "person" and len(window.current.record.whole.members) == 2


@pytest.mark.parametrize("is_identified", [False, True])
def test_keeps_what_was_typed_where_the_offered_record_was_sealed_meanwhile(
    qtbot, window, worker, signed_in, parka, is_identified
):
    other = services_as(signed_in, Role.SOCIAL_WORKER)
    known = other.people.add(details=a_person("Xiomara", "Quintanilla", points=()))
    if not is_identified:
        window.show_place("new-person", None)
        settle(qtbot, window)
    form = window.current
    typed(qtbot, window, form.form.given, "Xiomara")
    typed(qtbot, window, form.form.family, "Quintanilla")
    assert offered(window) == ["Use Xiomara Quintanilla"]
    seal(other, known)
    qtbot.keyClick(form.form.family, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current is form and form.form.family.text() == "Quintanilla"
    said = (
        "This record is open to named staff only."
        if is_identified
        else "Xiomara Quintanilla cannot be opened any more."
    )
    assert any(said in one for one in words(form)) and offered(window) == []
    form.keep_draft()
    settle(qtbot, window)
    about = ("new-person identify", form._unknown_id) if is_identified else ("new-person", None)
    kept = worker.drafts.get(form=about[0], person_id=about[1])
    assert kept.content["family"] == "Quintanilla"


def test_keeps_how_exactly_a_birth_is_known(qtbot, window, worker, form):
    year = worker.people.add(details=a_person(birth=Birth(TODAY.replace(year=1970), Precision.YEAR)))
    age = worker.people.add(details=a_person("Ana", birth=birth_by_age(50, TODAY)))
    for person_id in (year, age):
        before = worker.people.open(person_id=person_id).person.details
        window.show_place("new-person", person_id)
        settle(qtbot, window)
        click(qtbot, window, "Save")
        assert worker.people.open(person_id=person_id).person.details == before


@pytest.mark.parametrize(
    ("typed_in", "birth"),
    [
        ("1976", Birth(date(1976, 1, 1), Precision.YEAR)),
        ("Mar 1976", Birth(date(1976, 3, 1), Precision.MONTH)),
        ("3/2/1976", Birth(date(1976, 3, 2))),
    ],
)
def test_takes_as_much_of_a_birth_as_is_known_and_shows_no_more(qtbot, window, form, worker, typed_in, birth):
    """Somebody of whom the year is known stood in the form as born on 1 January, and was compared so."""
    typed(qtbot, window, form.form.given, "Ottilie")
    typed(qtbot, window, form.form.birth, typed_in)
    assert form.form.traits().birth == birth
    click(qtbot, window, "Save")
    (hit,) = worker.search.find(query="Ottilie")
    assert worker.people.open(person_id=hit.record_id).person.details.birth == birth
    window.show_place("new-person", hit.record_id)
    settle(qtbot, window)
    shown = window.current.form.birth.text()
    assert shown == (typed_in if birth.precision is not Precision.DAY else "1976-03-02")


def test_says_beside_a_name_of_signs_that_it_is_none(qtbot, window, form):
    typed(qtbot, window, form.form.given, "...")
    click(qtbot, window, "Save")
    assert "in letters" in form.form.given.accessibleDescription()
    assert window.current is form


@pytest.mark.parametrize("text", ["old", "400", "5 or 6", "²", "1" * 5_000])
def test_says_beside_the_age_what_is_wrong_with_it(qtbot, window, form, text):
    qtbot.keyClicks(form.form.given, "Xiomara")
    form.form.age.setText(text)
    click(qtbot, window, "Save")
    assert window.current is form and any("Write the age in years" in one for one in words(form))


def test_a_double_click_on_save_makes_one_person(qtbot, window, form, worker):
    form.form.given.setText("Xiomara")
    form.form.family.setText("Quintanilla")
    for _time in range(2):
        form.save.click()
    settle(qtbot, window)
    assert len(worker.search.find(query="Xiomara Quintanilla")) == 1


def test_what_was_typed_of_an_unknown_person_comes_back_for_nobody_else(qtbot, window, worker):
    one, other = (
        worker.people.add(details=a_person(kind=PersonKind.UNKNOWN, names=(), description=looks, points=()))
        for looks in ("red hat", "blue hat")
    )
    window.show_place("new-person", IdentifyAs(one))
    settle(qtbot, window)
    window.current.form.given.setText("Zoe")
    for subject in (IdentifyAs(other), None, one):
        window.show_place("new-person", subject)
        settle(qtbot, window)
        assert window.current.form.given.text() == ""
    window.show_place("today", None)
    settle(qtbot, window)
    click(qtbot, window, "Go on with person of red hat")
    assert window.current.form.given.text() == "Zoe" and window.current._unknown_id == one


def test_an_unknown_person_who_is_somebody_offered_in_the_form_can_be_parted_again(
    qtbot, window, worker, town
):
    unknown = worker.people.add(
        details=a_person(kind=PersonKind.UNKNOWN, names=(), description="red hat", points=())
    )
    window.show_place("new-person", IdentifyAs(unknown))
    settle(qtbot, window)
    typed(qtbot, window, window.current.form.given, "James")
    typed(qtbot, window, window.current.form.family, "Okafor")
    click(qtbot, window, offered(window)[0])
    assert window.banner.words.text().startswith("Identified as James Okafor.")
    assert worker.people.open(person_id=unknown).linked
    window.banner.undo()
    settle(qtbot, window)
    assert not worker.people.open(person_id=unknown).linked


def test_letters_for_who_an_unknown_person_is_stay_while_the_record_is_read_again(
    qtbot, window, worker, town
):
    unknown, other = (
        worker.people.add(details=a_person(kind=PersonKind.UNKNOWN, names=(), description=looks, points=()))
        for looks in ("red hat", "blue hat")
    )
    window.show_place("person", unknown)
    settle(qtbot, window)
    panel = window.current.findChild(IdentifyPanel)
    panel.words.setFocus()
    typed(qtbot, window, panel.words, "Okafor")
    window.current.refresh()
    settle(qtbot, window)
    assert window.focusWidget() is panel.words and panel.words.text() == "Okafor" and panel.found.offered
    for person_id, shown_now in ((other, [""]), (town[0][0], [])):
        window.show_place("person", person_id)
        settle(qtbot, window)
        panels = [one for one in window.findChildren(IdentifyPanel) if one.isVisible()]
        assert [one.words.text() for one in panels] == shown_now


def said_of(worker, window):
    return worker.calls.open(call_id=window.current.bench.call.id).people[0].encounter.details.stated


class TestOnACall:
    @pytest.fixture
    def met(self, qtbot, window, worker, town):
        call = worker.calls.add(call=a_call())
        encounter_id = worker.encounters.add(call_id=call, details=an_encounter("Jimmy"))
        window.show_place("calls", call)
        settle(qtbot, window)
        return encounter_id

    def panel(self, window):
        return window.current.findChildren(WhoPanel)[-1]

    def test_asks_again_with_each_key_and_links_the_first_with_enter(self, qtbot, window, worker, met, town):
        panel = self.panel(window)
        assert panel.name_field.text() == "Jimmy" and unnamed(panel) == []
        typed(qtbot, window, panel.phone, "541 555 0142")
        assert any("Same phone." in one for one in words(panel.found))
        qtbot.keyClick(panel.phone, Qt.Key.Key_Return)
        settle(qtbot, window)
        bench = worker.calls.open(call_id=window.current.bench.call.id)
        assert bench.people[0].encounter.person_id in town[0]
        assert bench.people[0].encounter.details.stated.phone == "541 555 0142"

    def test_links_nobody_with_enter_who_was_offered_for_other_words(self, qtbot, window, worker, met, town):
        panel = self.panel(window)
        typed(qtbot, window, panel.phone, "541 555 0142")
        assert panel.found.offered
        panel.name_field.setText("")
        panel.phone.setText("")
        qtbot.keyClicks(panel.name_field, "Xiomara")
        qtbot.keyClick(panel.name_field, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not panel.found.offered)
        settle(qtbot, window)
        assert worker.calls.open(call_id=window.current.bench.call.id).people[0].encounter.person_id is None

    def test_a_double_click_takes_one_person_and_can_be_taken_back(self, qtbot, window, worker, met, town):
        panel = self.panel(window)
        typed(qtbot, window, panel.phone, "541 555 0142")
        use = buttons(window, f"Use {panel.found.offered[0].name}")[0]
        for _time in range(2):
            use.click()
        settle(qtbot, window)
        assert window.banner.words.text().startswith("Linked with ")
        window.banner.undo()
        settle(qtbot, window)
        assert worker.calls.open(call_id=window.current.bench.call.id).people[0].encounter.person_id is None

    def test_keeps_what_was_said_without_being_asked(self, qtbot, window, worker, met):
        typed(qtbot, window, self.panel(window).looks, "red parka")
        qtbot.wait(KEEP_AFTER + 100)
        settle(qtbot, window)
        said = worker.calls.open(call_id=window.current.bench.call.id).people[0].encounter.details.stated
        assert (said.name, said.description) == ("Jimmy", "red parka")

    def test_keeps_what_a_colleague_writes_of_the_same_person_meanwhile(self, qtbot, window, worker, met):
        panel, call_id = self.panel(window), window.current.bench.call.id
        theirs = worker.calls.open(call_id=call_id).people[0].encounter
        said = replace(theirs.details.stated, name="Jimmy Fisher", phone="541 555 0199")
        worker.encounters.change(
            encounter_id=met,
            details=replace(theirs.details, stated=said, what_was_done="gave water"),
            version=theirs.version,
        )
        for more in ("red parka", ", a dog"):
            typed(qtbot, window, panel.looks, more)
            qtbot.wait(KEEP_AFTER + 100)
            settle(qtbot, window)
        kept = worker.calls.open(call_id=call_id).people[0].encounter.details
        assert kept.stated == replace(said, description="red parka, a dog")
        assert kept.what_was_done == "gave water" and not window.banner.isVisible()
        assert (panel.name_field.text(), panel.looks.text()) == ("Jimmy Fisher", "red parka, a dog")
        click(qtbot, window, "Edit: Who is it?")
        click(qtbot, window, "Save  Ctrl+Enter")
        assert worker.calls.open(call_id=call_id).people[0].encounter.details == kept

    def test_says_what_a_colleague_wrote_into_the_same_field(self, qtbot, window, worker, met):
        panel, call_id = self.panel(window), window.current.bench.call.id
        read = worker.calls.open(call_id=call_id).people[0].encounter.details.stated
        worker.encounters.say_who(
            encounter_id=met, before=read, said=replace(read, description="green shoes")
        )
        typed(qtbot, window, panel.looks, "red parka")
        qtbot.wait(KEEP_AFTER + 100)
        settle(qtbot, window)
        assert (
            worker.calls.open(call_id=call_id).people[0].encounter.details.stated.description == "red parka"
        )
        assert "“green shoes”" in window.banner.words.text()

    def test_goes_on_keeping_after_nothing_stood_there_for_a_while(self, qtbot, window, worker, met):
        panel = self.panel(window)
        panel.name_field.setText("")
        qtbot.wait(KEEP_AFTER + 100)
        settle(qtbot, window)
        assert panel.is_typed_in
        typed(qtbot, window, panel.name_field, "James")
        qtbot.wait(KEEP_AFTER + 100)
        settle(qtbot, window)
        said = worker.calls.open(call_id=window.current.bench.call.id).people[0].encounter.details.stated
        assert said.name == "James"

    def test_who_may_only_look_is_offered_no_change(self, qtbot, window, worker, signed_in, met, town):
        call_id, person_id = window.current.bench.call.id, town[0][0]
        made = window_of(qtbot, services_as(signed_in, Role.AUDITOR))
        offers = {"Look further", "Log contact", "Schedule", "Refer", "Edit", "Import", "New person"}
        begins = ("Edit", "Add", "Use ", "Hand to", "Screen:", "Safety note", "Undo link", "Unknown person")
        for linked in (False, True):
            if linked:
                worker.encounters.link(encounter_id=met, person_id=person_id)
            for place, subject in (("calls", call_id), ("person", person_id), ("people", None)):
                made.show_place(place, subject)
                settle(qtbot, made)
                buttons_shown = [one for one in made.current.findChildren(QAbstractButton) if one.isVisible()]
                said = {one.accessibleName() for one in buttons_shown} - {"Unknown persons"}
                assert not said & offers and not [one for one in said if one.startswith(begins)]
        made.show_place("calls", call_id)
        settle(qtbot, made)
        for part in (*made.current.parts.parts, made.current.parts.add_met, *made.current.parts.met):
            part.open_form()
            assert part.form is None
        made.current.parts.met[0].hand_to_triage()
        settle(qtbot, made)
        assert made.banner.words.text() == "" and made.current.parts.met
        made.close()

    @pytest.mark.parametrize(
        "field, kept, text",
        [("birth", "5/12/1980", "13/45/1980"), ("birth", "5/12/1980", "5/12/2980"), ("age", "50", "old")],
    )
    def test_says_what_is_no_date_or_age_and_keeps_what_was_told_before(
        self, qtbot, window, worker, met, field, kept, text
    ):
        panel, form = self.panel(window), self.panel(window).form
        typed(qtbot, window, form.field(field), kept)
        panel.keep()
        settle(qtbot, window)
        stood = said_of(worker, window)
        assert stood.age == 50 or stood.birth == Birth(date(1980, 5, 12))
        form.field(field).clear()
        typed(qtbot, window, form.field(field), text)
        click(qtbot, window, "New person")
        assert window.current.name == "calls" and form.field(field).accessibleDescription()
        assert form.field(field).text() == text and said_of(worker, window) == stood
        click(qtbot, window, "Edit: Who is it?")
        edited = next(one for one in window.current.parts.met if one.form is not None).form
        edited.field(field).setText(text)
        click(qtbot, window, "Save  Ctrl+Enter")
        assert edited.field(field).accessibleDescription() and said_of(worker, window) == stood

    @pytest.mark.parametrize(
        ("typed_in", "birth"),
        [
            ("1976", Birth(date(1976, 1, 1), Precision.YEAR)),
            ("Mar 1976", Birth(date(1976, 3, 1), Precision.MONTH)),
            ("about 1976", Birth(date(1976, 1, 1), Precision.ESTIMATED)),
            ("5/12/30", Birth(date(1930, 5, 12))),
        ],
    )
    def test_takes_as_much_of_a_birth_as_was_told(self, qtbot, window, worker, met, typed_in, birth):
        """The year alone was no date here, and the 1930 of an old man was 2030."""
        call_id, panel = window.current.bench.call.id, self.panel(window)
        panel.name_field.clear()
        typed(qtbot, window, panel.name_field, "Ottilie")
        typed(qtbot, window, panel.birth, typed_in)
        panel.keep()
        settle(qtbot, window)
        assert said_of(worker, window).birth == birth and not panel.birth.accessibleDescription()
        window.show_place("today", None)
        settle(qtbot, window)
        window.show_place("calls", call_id)
        settle(qtbot, window)
        shown = self.panel(window).birth.text()
        assert shown == (birth.on.isoformat() if birth.precision is Precision.DAY else typed_in)
        click(qtbot, window, "Edit: Who is it?")
        edited = next(one for one in window.current.parts.met if one.form is not None).form
        assert edited.field("birth").text() == shown
        click(qtbot, window, "Save  Ctrl+Enter")
        assert said_of(worker, window).birth == birth
        click(qtbot, window, "New person")
        (hit,) = worker.search.find(query="Ottilie")
        assert worker.people.open(person_id=hit.record_id).person.details.birth == birth

    def test_no_age_is_read_out_of_thousands_of_digits(self, qtbot, window, met):
        panel = self.panel(window)
        for text in ("1" * 5_000, "²"):
            typed(qtbot, window, panel.age, text)
            assert panel.said().age is None
        click(qtbot, window, "Edit: Who is it?")
        form = next(one for one in window.current.parts.met if one.form is not None).form
        form.field("age").setText("1" * 5_000)
        click(qtbot, window, "Save  Ctrl+Enter")
        assert form.field("age").accessibleDescription()

    def test_counts_unknown_persons_seen_here_and_opens_exactly_them(self, qtbot, window, worker, met):
        panel = self.panel(window)
        typed(qtbot, window, panel.looks, "red parka")
        click(qtbot, window, "Unknown person")
        unknown = window.current.record.person
        assert unknown.details.kind is PersonKind.UNKNOWN and "red parka" in unknown.display_name
        other = worker.calls.add(call=a_call("2", place="Mill St"))
        away = worker.encounters.add(call_id=other, details=an_encounter("nobody knows"))
        elsewhere = a_person(kind=PersonKind.UNKNOWN, names=(), description="green hat", points=())
        worker.encounters.link_new(encounter_id=away, details=elsewhere)
        window.show_place("calls", worker.search.find(query="26-118204")[-1].record_id)
        settle(qtbot, window)
        click(qtbot, window, "1 unknown person seen here")
        screen = window.current
        assert screen.name == "unknown" and [one.id for one in screen.table.model.rows] == [unknown.id]
        row = screen.table.model.rows[0]
        assert (row.calls, row.places) == (1, ("Lincoln Park",)) and unnamed(screen) == []
        click(qtbot, window, "All places")
        assert len(screen.table.model.rows) == 2 and screen.beside.text() == "2 without a name"
        ruth = worker.people.add(details=a_person("Ruth", "Vega"))
        worker.links.link(left_id=unknown.id, right_id=ruth, reason="identified")
        screen.refresh()
        settle(qtbot, window)
        assert [one.name for one in screen.table.model.rows] == ["green hat"]


def test_a_place_that_was_left_is_said_by_no_list_and_stays_when_the_form_is_saved(qtbot, window, worker):
    left = (
        PersonPlace("home", "Old Mill shelter", to_on=TODAY - timedelta(days=9)),
        PersonPlace("mail", "12 Oak Street", to_on=TODAY),
    )
    person_id = worker.people.add(details=a_person("Xiomara", "Quintanilla", places=left))
    window.show_place("people", None)
    settle(qtbot, window)
    model = window.current.table.model
    assert "Old Mill shelter" not in [model.index(0, place).data() for place in range(model.columnCount())]
    window.show_place("new-person", person_id)
    settle(qtbot, window)
    assert (window.current.form.place.text(), window.current.form.mail.text()) == ("", "")
    typed(qtbot, window, window.current.form.mail, "9 Elm Street")
    click(qtbot, window, "Save")
    places = worker.people.open(person_id=person_id).whole.details.places
    assert set(places) == {PersonPlace("mail", "9 Elm Street"), *left}


def test_an_edit_keeps_the_names_and_codes_that_the_form_does_not_show(qtbot, window, worker):
    names = (*a_person().names, Name(NameKind.ALIAS, "Blue", "Lopez"), Name(NameKind.ALIAS, "Red"))
    details = replace(a_person(), names=names, gender="an old code", languages=("an old code", "es"))
    person_id = worker.people.add(details=details)
    window.show_place("new-person", person_id)
    settle(qtbot, window)
    qtbot.keyClicks(window.current.form.pronouns, "she")
    click(qtbot, window, "Save")
    kept = worker.people.many(person_ids=(person_id,))[0].details
    assert kept.pronouns.endswith("she") and kept.gender == "an old code"
    assert set(kept.names) == set(names)
    assert kept.languages == ("an old code", "es")


def test_two_unknown_persons_whose_looks_begin_alike_are_told_apart_in_large_letters(qtbot, worker):
    for last in ("hat", "gray dog", "red bags"):
        looks = f"Woman, about 30, green suitcase on wheels, {last}"
        worker.people.add(
            details=a_person(kind=PersonKind.UNKNOWN, names=(), description=looks, points=(), birth=None)
        )
    window = window_of(qtbot, worker, percent=150)
    window.resize(1280, 720)
    window.show_place("unknown", None)
    settle(qtbot, window)
    table = window.current.table
    table.go_to(next(one for one in table.shown() if "hat" in one.name))
    cells = [table.view.visualRect(table.view.model().index(row, 0)) for row in range(3)]
    cells.remove(table.view.visualRect(table.view.currentIndex().siblingAtColumn(0)))
    one, other = (table.view.viewport().grab(cell).toImage() for cell in cells)
    assert one != other
    window.close()
