"""The people close to somebody on their screen: seen, opened, added, changed, removed and put back by the keys."""

import os
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from caseapp.domain.access import SEALED_NAME, Role
from caseapp.domain.relations import EMERGENCY_CONTACT, Relation
from tests.builders import a_person, services_as
from tests.services.linking import details, james_and_jim, link, write
from tests.ui.driving import buttons, click, settle, tabbed, typed, unnamed, window_of, words

PICTURES = os.environ.get("CASEAPP_PICTURES")
ANA = Relation("family", "Ana Okafor", "(541) 555-0143", note="after five, ask for her by name")


@pytest.fixture
def james(worker):
    return worker.people.add(details=a_person())


@pytest.fixture
def mary(worker):
    return worker.people.add(details=a_person("Mary", "Quintanilla", points=()))


def show(qtbot, window, person_id):
    window.show_place("person", person_id)
    settle(qtbot, window)
    return window.current.relations


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(window.focusWidget(), key, modifier)
    settle(qtbot, window)


def names(worker, person_id):
    return [one.name for one in details(worker, person_id).relations]


def take_picture(window, name):
    if PICTURES:
        window.grab().save(f"{PICTURES}/{name}.png")


def test_an_empty_list_says_what_belongs_there_and_somebody_is_added_by_keys_alone(
    qtbot, window, worker, james
):
    panel = show(qtbot, window, james)
    assert any(one.startswith("Nobody is named yet. Add family") for one in words(panel))
    assert not buttons(panel, "Change") and unnamed(panel) == []
    panel.add.setFocus()
    press(qtbot, window, Qt.Key.Key_Space)
    assert window.focusWidget() is panel.form.kind and unnamed(panel) == []
    QTest.keyClicks(panel.form.kind, "Fri")
    press(qtbot, window, Qt.Key.Key_Tab)
    QTest.keyClicks(window.focusWidget(), "Bo the Elder")
    press(qtbot, window, Qt.Key.Key_Tab)
    QTest.keyClicks(window.focusWidget(), "541 555 0100")
    press(qtbot, window, Qt.Key.Key_Return)
    assert details(worker, james).relations == (Relation("friend", "Bo the Elder", "541 555 0100"),)
    assert not panel.form.isVisible() and window.focusWidget() is panel.table.view
    press(qtbot, window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert names(worker, james) == [] and panel.table.shown() == []


def test_what_is_missing_or_stands_there_already_is_said_beside_the_field(qtbot, window, worker, james):
    write(worker, james, relations=(ANA,))
    panel = show(qtbot, window, james)
    click(qtbot, window, "Add somebody close")
    form = panel.form
    click(qtbot, window, "Save  Ctrl+Enter")
    assert "how they are close" in form.kind.accessibleDescription()
    form.kind.setCurrentText("Family")
    form.phone.setText("541 555 0143")
    click(qtbot, window, "Save  Ctrl+Enter")
    assert "whose phone" in form.name_field.accessibleDescription()
    form.name_field.setText("Ana Okafor")
    form.note.setText(ANA.note)
    press(qtbot, window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "already" in form.name_field.accessibleDescription() and form.isVisible()
    assert names(worker, james) == ["Ana Okafor"]
    press(qtbot, window, Qt.Key.Key_Escape)
    assert not form.isVisible() and window.focusWidget() is panel.table.view


def test_one_is_changed_and_taken_off_by_a_letter_each_and_both_are_undone(qtbot, window, worker, james):
    write(worker, james, relations=(ANA, Relation("sister", "Bo"), Relation(EMERGENCY_CONTACT, "Cy")))
    before = details(worker, james).relations
    panel = show(qtbot, window, james)
    assert [one.called for one in panel.table.shown()] == ["Cy", "Ana Okafor", "Bo"]
    panel.table.go_to(panel.table.shown()[1])
    assert panel.more.text() == ANA.note
    panel.table.view.setFocus()
    press(qtbot, window, Qt.Key.Key_C)
    assert window.focusWidget() is panel.form.name_field and panel.form.kind.currentText() == "Family"
    panel.form.phone.setText("541 555 0199")
    press(qtbot, window, Qt.Key.Key_Return)
    assert details(worker, james).relations == (replace(ANA, phone="541 555 0199"), *before[1:])
    window.banner.undo()
    settle(qtbot, window)
    assert details(worker, james).relations == before
    panel.table.go_to(panel.table.shown()[2])
    panel.table.view.setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    assert panel.form.kind.currentText() == "Sister"
    press(qtbot, window, Qt.Key.Key_Escape)
    press(qtbot, window, Qt.Key.Key_R)
    assert names(worker, james) == ["Ana Okafor", "Cy"] and "Bo is taken off." in words(window)
    window.banner.undo()
    settle(qtbot, window)
    assert details(worker, james).relations == before


def test_a_typed_name_offers_whom_we_know_and_points_at_a_record_only_when_told(
    qtbot, window, worker, james, mary
):
    for name in ("Marie", "Mari", "Maria", "Mary Ann", "Marya", "Maryam"):
        worker.people.add(details=a_person(name, "Quintanilla", points=()))
    panel = show(qtbot, window, james)
    click(qtbot, window, "Add somebody close")
    form = panel.form
    form.kind.setCurrentText("Partner")
    typed(qtbot, window, form.name_field, "mary quintanilla")
    assert 1 <= len(form.found.offered) <= 5 and unnamed(panel) == []
    order = [one.accessibleName() for one in tabbed(window)]
    assert order[1:3] == ["Phone", "Note"] and order[3] == f"Use {form.found.offered[0].name}"
    after = order[3 + len(form.found.offered) :]
    assert after[:3] == ["Look further", "Close  Esc", "Save  Ctrl+Enter"]
    form.name_field.setFocus()
    assert james not in [one.person_id for one in form.found.offered]
    press(qtbot, window, Qt.Key.Key_Return)
    assert details(worker, james).relations == (Relation("partner", "mary quintanilla"),)
    press(qtbot, window, Qt.Key.Key_C)
    typed(qtbot, window, form.name_field, "x")
    form.name_field.setText("mary quintanilla")
    qtbot.wait(200)
    settle(qtbot, window)
    click(qtbot, window, "Use Mary Quintanilla")
    assert form.name_field.isReadOnly() and form.name_field.text() == "Mary Quintanilla"
    assert not form.found.isVisible() and "Has a record" in words(form)
    click(qtbot, window, "Not this record")
    assert not form.name_field.isReadOnly() and form.found.isVisible()
    click(qtbot, window, "Use Mary Quintanilla")
    press(qtbot, window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert details(worker, james).relations == (Relation("partner", "Mary Quintanilla", "", mary),)
    (one,) = panel.table.shown()
    assert one.may_open and one.second == "Partner, has a record"
    panel.table.view.setFocus()
    press(qtbot, window, Qt.Key.Key_Return)
    assert window.current.person_id == mary


def test_somebody_is_called_as_their_own_record_says_now(qtbot, window, worker, james, mary):
    write(worker, james, relations=(Relation("family", "his mother", other_person_id=mary),))
    panel = show(qtbot, window, james)
    assert panel.table.shown()[0].called == "Mary Quintanilla"
    assert panel.more.text() == "Written here as “his mother”."
    view = panel.table.view
    at = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    settle(qtbot, window)
    assert window.current.person_id == mary


def test_linked_records_show_whose_each_is_and_lose_what_both_say_on_both(qtbot, window, worker):
    pair = james_and_jim(worker)
    write(worker, pair[0], relations=(ANA, Relation("friend", "Bo")))
    write(worker, pair[1], relations=(ANA,))
    link(worker, *pair)
    panel = show(qtbot, window, pair[1])
    assert [one.second for one in panel.table.shown()] == ["Family, records 1 and 2", "Friend, record 1"]
    click(qtbot, window, "Remove Ana Okafor")
    assert [names(worker, one) for one in pair] == [["Bo"], []]
    window.banner.undo()
    settle(qtbot, window)
    assert [names(worker, one) for one in pair] == [["Ana Okafor", "Bo"], ["Ana Okafor"]]


def test_a_restricted_relative_is_not_named_opened_or_changed(qtbot, window, worker, signed_in, james):
    sealed = services_as(signed_in, Role.SUPERVISOR).people.add(
        details=a_person("Zed", "Quill", is_restricted=True)
    )
    supervisor = services_as(signed_in, Role.SUPERVISOR)
    write(supervisor, james, relations=(Relation("family", "Zed Quill", "541 555 0166", sealed, "loud"),))
    panel = show(qtbot, window, james)
    (one,) = panel.table.shown()
    assert (one.called, one.relation.phone, one.relation.note) == (SEALED_NAME, "", "")
    assert "open to named staff only" in panel.more.text() and not panel.buttons.isVisible()
    panel.table.view.setFocus()
    for key in (Qt.Key.Key_C, Qt.Key.Key_R, Qt.Key.Key_Return):
        press(qtbot, window, key)
    assert window.current.person_id == james and not panel.form.isVisible()
    assert len(details(supervisor, james).relations) == 1


def test_who_may_only_read_is_offered_no_change(qtbot, window, worker, signed_in, james):
    write(worker, james, relations=(ANA,))
    made = window_of(qtbot, services_as(signed_in, Role.AUDITOR))
    panel = show(qtbot, made, james)
    assert [one.called for one in panel.table.shown()] == ["Ana Okafor"]
    assert not panel.add.isVisible() and not panel.buttons.isVisible()
    panel.table.view.setFocus()
    QTest.keyClick(panel.table.view, Qt.Key.Key_Return)
    settle(qtbot, made)
    assert not panel.form.isVisible()
    made.close()


def test_what_somebody_else_changed_meanwhile_is_told_and_shown(qtbot, window, worker, james):
    write(worker, james, relations=(ANA,))
    panel = show(qtbot, window, james)
    click(qtbot, window, "Change Ana Okafor")
    write(worker, james, relations=(replace(ANA, phone="541 555 0199"),))
    panel.form.note.setText("any time")
    click(qtbot, window, "Save  Ctrl+Enter")
    assert "meanwhile" in panel.form.name_field.accessibleDescription()
    assert panel.form.note.text() == "any time"
    assert panel.table.shown()[0].relation.phone == "541 555 0199"
    click(qtbot, window, "Close  Esc")
    assert panel.table.isVisible() and buttons(panel, "Change Ana Okafor")


def test_what_is_typed_outlives_a_change_elsewhere_and_a_lock(qtbot, window, worker, james, mary):
    panel = show(qtbot, window, james)
    click(qtbot, window, "Add somebody close")
    panel.form.name_field.setText("Bo")
    window.current.refresh()
    settle(qtbot, window)
    assert panel.form.isVisible() and panel.form.name_field.text() == "Bo"
    assert window.focusWidget() is panel.form.kind and not panel.table.isVisible()
    window.current.keep_draft()
    settle(qtbot, window)
    panel = show(qtbot, window, mary)
    assert not panel.form.isVisible()
    click(qtbot, window, "Add somebody close")
    assert panel.form.name_field.text() == ""
    panel = show(qtbot, window, james)
    click(qtbot, window, "Add somebody close")
    assert panel.form.name_field.text() == "Bo" and any("restored" in one for one in words(panel))
    panel.form.kind.setCurrentText("Friend")
    click(qtbot, window, "Save  Ctrl+Enter")
    assert names(worker, james) == ["Bo"]
    assert worker.drafts.get(form="relation", person_id=james) is None


def test_a_draft_keeps_which_record_is_pointed_at(qtbot, window, worker, james, mary):
    panel = show(qtbot, window, james)
    click(qtbot, window, "Add somebody close")
    panel.form.kind.setCurrentText("Friend")
    typed(qtbot, window, panel.form.name_field, "Mary Quintanilla")
    click(qtbot, window, "Use Mary Quintanilla")
    show(qtbot, window, mary)
    panel = show(qtbot, window, james)
    click(qtbot, window, "Add somebody close")
    assert panel.form.record_line.isVisible() and panel.form.name_field.isReadOnly()
    click(qtbot, window, "Save  Ctrl+Enter")
    assert details(worker, james).relations == (Relation("friend", "Mary Quintanilla", "", mary),)
    for is_pointed, button in ((True, "Not this record"), (False, "Start anew"), (True, "Close  Esc")):
        panel = show(qtbot, window, james)
        click(qtbot, window, "Change Mary Quintanilla")
        assert panel.form.record_line.isVisible() == is_pointed
        click(qtbot, window, button)
        show(qtbot, window, mary)


def go_on_from_today(qtbot, window, name):
    window.show_place("today", None)
    settle(qtbot, window)
    click(qtbot, window, f"Go on with somebody close of {name}")
    assert window.current.name == "person"
    return window.current.relations


def test_a_change_that_was_left_comes_back_to_its_line_alone(qtbot, window, worker, james, mary):
    write(worker, james, relations=(ANA, Relation("sister", "Bo")))
    panel = show(qtbot, window, james)
    click(qtbot, window, "Change Ana Okafor")
    panel.form.note.setText("never before noon")
    show(qtbot, window, mary)
    panel = show(qtbot, window, james)
    for other in ("Add somebody close", "Change Bo"):
        if other == "Change Bo":
            panel.table.go_to(panel.table.shown()[1])
        click(qtbot, window, other)
        assert panel.form.note.text() == "" and not panel.form.draft.bar.isVisible()
        press(qtbot, window, Qt.Key.Key_Escape)
    write(worker, james, relations=(replace(ANA, note="after six"), Relation("sister", "Bo")))
    panel = go_on_from_today(qtbot, window, "James Okafor")
    assert panel.form.note.text() == "never before noon" and panel.form.draft.bar.isVisible()
    assert "“after six”" in panel.form.note.accessibleDescription()
    click(qtbot, window, "Save  Ctrl+Enter")
    assert details(worker, james).relations[0] == replace(ANA, note="never before noon")
    window.show_place("today", None)
    settle(qtbot, window)
    assert not buttons(window, "Go on with somebody close of James Okafor")


def test_a_change_of_a_line_that_is_gone_comes_back_as_a_new_one(qtbot, window, worker, james):
    write(worker, james, relations=(ANA,))
    panel = show(qtbot, window, james)
    click(qtbot, window, "Change Ana Okafor")
    panel.form.note.setText("never before noon")
    press(qtbot, window, Qt.Key.Key_Escape)
    write(worker, james, relations=())
    panel = go_on_from_today(qtbot, window, "James Okafor")
    assert (panel.form.name_field.text(), panel.form.note.text()) == ("Ana Okafor", "never before noon")
    click(qtbot, window, "Save  Ctrl+Enter")
    assert details(worker, james).relations == (replace(ANA, note="never before noon"),)


def test_to_start_anew_lets_go_of_the_record_that_was_pointed_at(qtbot, window, worker, james, mary):
    panel = show(qtbot, window, james)
    click(qtbot, window, "Add somebody close")
    panel.form.kind.setCurrentText("Friend")
    typed(qtbot, window, panel.form.name_field, "Mary Quintanilla")
    press(qtbot, window, Qt.Key.Key_Escape)
    click(qtbot, window, "Add somebody close")
    qtbot.waitUntil(lambda: bool(buttons(window, "Use Mary Quintanilla")))
    click(qtbot, window, "Use Mary Quintanilla")
    click(qtbot, window, "Start anew")
    form = panel.form
    assert (form.name_field.text(), form.kind.currentIndex(), form.name_field.isReadOnly()) == ("", -1, False)
    assert "Has a record" not in words(form)
    form.kind.setCurrentText("Friend")
    form.name_field.setText("Bo")
    click(qtbot, window, "Save  Ctrl+Enter")
    assert details(worker, james).relations == (Relation("friend", "Bo"),)


def test_one_who_is_taken_off_by_a_key_pressed_twice_can_be_put_back(qtbot, window, worker, james):
    write(worker, james, relations=(ANA, Relation("sister", "Bo")))
    panel = show(qtbot, window, james)
    panel.table.view.setFocus()
    for _time in range(2):
        QTest.keyClick(panel.table.view, Qt.Key.Key_R)
    settle(qtbot, window)
    assert names(worker, james) == ["Bo"] and "Ana Okafor is taken off." in words(window)
    window.banner.undo()
    settle(qtbot, window)
    assert names(worker, james) == ["Ana Okafor", "Bo"]


@pytest.mark.parametrize("letters", [90, 10_000])
def test_words_without_a_blank_widen_no_window(qtbot, window, worker, james, letters):
    window.resize(700, 400)
    panel = show(qtbot, window, james)
    before, width = window.size(), panel.width()
    click(qtbot, window, "Add somebody close")
    panel.form.kind.setCurrentText("Friend")
    for field in (panel.form.name_field, panel.form.phone, panel.form.note):
        field.setText("x" * letters)
    click(qtbot, window, "Save  Ctrl+Enter")
    take_picture(window, f"close-long-{letters}")
    assert window.size() == before and panel.width() == width
    assert panel.more.text().splitlines() == ["x" * letters] * 3
    click(qtbot, window, f"Change {'x' * letters}")
    assert window.size() == before and panel.width() == width


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_thirty_and_a_long_name_fit_a_small_window(qtbot, window, worker, james, mary, theme):
    long = "Maria Guadalupe de los Ángeles Fernández-Villanueva y Okonkwo-Rutherford"
    many = [Relation("family", f"Cousin {number}", "(541) 555-0143") for number in range(28)]
    first = Relation(EMERGENCY_CONTACT, long, "(541) 555-0143 ext. 4410", note="after five, " * 12)
    told = (*many, first, Relation("partner", "Mary Quintanilla", "", mary))
    try:
        window.desk.look.choose(QApplication.instance(), theme=theme)
        window.resize(1100, 700)
        panel = show(qtbot, window, james)
        take_picture(window, f"close-empty-{theme}")
        write(worker, james, relations=told)
        window.current.refresh()
        settle(qtbot, window)
        take_picture(window, f"close-many-{theme}")
        assert len(panel.table.shown()) == 30 and panel.table.shown()[0].called == long
        assert panel.more.text().splitlines()[:2] == [long, "(541) 555-0143 ext. 4410"]
        assert panel.width() <= panel.parentWidget().width()
        panel.table.go_to(panel.table.shown()[-1])
        click(qtbot, window, "Add somebody close")
        typed(qtbot, window, panel.form.name_field, "Mary Quintanilla")
        take_picture(window, f"close-form-{theme}")
        use = buttons(panel, "Use Mary Quintanilla")[0]
        for part in (use, panel.form.name_field):
            qtbot.waitUntil(lambda part=part: not part.visibleRegion().isEmpty())
        click(qtbot, window, "Use Mary Quintanilla")
        take_picture(window, f"close-chosen-{theme}")
    finally:
        window.desk.look.choose(QApplication.instance(), theme="light")
