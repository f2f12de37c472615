"""At intake, people somebody may be are offered while the fields are typed, and nobody where nobody is likely."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from caseapp.domain.access import Role
from caseapp.domain.births import Birth, Precision, birth_by_age
from caseapp.domain.people import ContactPoint, Name, NameKind, PersonKind, PersonPlace, PointKind
from caseapp.ui.people.edit_screen import IdentifyAs
from caseapp.ui.people.identify_panel import IdentifyPanel
from tests.builders import TODAY, a_person, services_as
from tests.ui.driving import buttons, click, settle, typed, unnamed, window_of, words


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


def test_offers_who_it_may_be_with_reasons_the_first_as_default(qtbot, window, form, worker, town):
    typed(qtbot, window, form.form.given, "Jimmy")
    typed(qtbot, window, form.form.family, "Okafor")
    assert 1 <= len(offered(window)) <= 5
    assert any("First name a known short form." in one for one in words(form.found))
    assert form.save.property("look") == "" and unnamed(form) == []
    qtbot.keyClick(form.form.family, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current.name == "person" and window.current.record.person.id in town[0]
    assert worker.drafts.get(form="new-person", person_id=None) is None
    window.banner.undo()
    settle(qtbot, window)
    assert window.current is form and (form.form.given.text(), form.form.family.text()) == ("Jimmy", "Okafor")


def test_whom_a_button_takes_stands_beside_it(qtbot, window, form, town):
    """It stood nearer to the next person's name than to what it belonged to."""
    typed(qtbot, window, form.form.given, "Jimmy")
    typed(qtbot, window, form.form.family, "Okafor")
    for name in offered(window):
        use = buttons(window, name)[0]
        said = next(one for one in use.parentWidget().findChildren(QLabel) if one.text() in name)
        assert abs(said.geometry().center().y() - use.geometry().center().y()) <= 2


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
    assert "Use Ronaldinho Quintanilla" in offered(window)
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


def test_writes_nobody_a_second_time_without_a_word(qtbot, window, form, worker, town):
    """Save wrote a third record of somebody who stood beside it as 99 % likely, and said “Person saved”."""
    for field, text in (
        (form.form.given, "James"),
        (form.form.family, "Okafor"),
        (form.form.birth, "3/2/1976"),
        (form.form.phone, "541 555 0142"),
    ):
        typed(qtbot, window, field, text)
    before = len(worker.people.recent(limit=100))
    click(qtbot, window, "Save")
    assert window.current is form and len(worker.people.recent(limit=100)) == before
    assert any("is on record and fits 99 %" in one for one in words(form))
    click(qtbot, window, "Save")
    assert window.current.name == "person" and len(worker.people.recent(limit=100)) == before + 1


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
