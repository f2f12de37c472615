from PySide6.QtCore import Qt

from tests.builders import a_person
from tests.ui.driving import click, settle, unnamed, window_of


def test_a_worker_asks_and_a_grave_answer_shows_safety_first(qtbot, window, worker, admin):
    words = {str(number): f"official {number}" for number in range(1, 10)}
    admin.assessments.load_wording(instrument="phq-9", words=words)
    person_id = worker.people.add(details=a_person())
    window.show_place("assessments", person_id)
    settle(qtbot, window)
    screen = window.current
    screen.choose("phq-9")
    settle(qtbot, window)
    assert unnamed(screen) == []
    screen.save()
    settle(qtbot, window)
    assert "official 1" in screen.problem.text()
    for key, field in screen.fields.items():
        qtbot.keyClick(field, Qt.Key.Key_Down)
        if key == "9":
            qtbot.keyClick(field, Qt.Key.Key_Down)
    screen.save()
    settle(qtbot, window)
    assert screen.safety.isVisible() and "official 9" in screen.safety_words.text()
    click(qtbot, window, "Make the safety plan now")
    assert screen.definition.id == "safety-plan"
    qtbot.keyClicks(screen.fields["signs"], "I stop eating")
    screen.save()
    settle(qtbot, window)
    found = worker.assessments.of_person(person_id=person_id)
    assert {one.instrument for one in found} == {"safety-plan", "phq-9"}
    assert len(worker.today.page().due) == 1


def test_wording_that_is_loaded_meanwhile_leaves_the_answers_of_another_form(qtbot, window, worker, admin):
    person_id = worker.people.add(details=a_person())
    window.show_place("assessments", person_id)
    settle(qtbot, window)
    screen = window.current
    screen.choose("safety-plan")
    qtbot.keyClicks(screen.fields["signs"], "I stop eating")
    words = {str(number): f"official {number}" for number in range(1, 10)}
    change = admin.assessments.load_wording(instrument="phq-9", words=words)
    window.desk.hub.changed.emit(change)
    settle(qtbot, window)
    assert next(one for one in screen.definitions if one.id == "phq-9").is_ready
    assert (screen.definition.id, screen.answers()["signs"]) == ("safety-plan", "I stop eating")
    screen.choose("phq-9")
    settle(qtbot, window)
    assert screen.panel.title.text() == screen.definition.title and set(screen.fields) == set(words)


def test_wording_of_the_form_in_view_brings_its_questions(qtbot, window, worker, admin):
    window.show_place("assessments", worker.people.add(details=a_person()))
    settle(qtbot, window)
    screen = window.current
    screen.choose("phq-9")
    assert screen.form is None
    words = {str(number): f"official {number}" for number in range(1, 10)}
    window.desk.hub.changed.emit(admin.assessments.load_wording(instrument="phq-9", words=words))
    settle(qtbot, window)
    assert set(screen.fields) == set(words)


def test_a_safety_plan_that_a_lock_cut_short_goes_on_where_it_was(qtbot, window, worker):
    person_id = worker.people.add(details=a_person())
    window.show_place("assessments", person_id)
    settle(qtbot, window)
    screen = window.current
    screen.choose("safety-plan")
    settle(qtbot, window)
    qtbot.keyClicks(screen.fields["signs"], "I stop eating")
    window.close()
    again = window_of(qtbot, worker)
    again.show_place("today", None)
    settle(qtbot, again)
    click(qtbot, again, "Go on with assessment of James Okafor")
    screen = again.current
    assert (screen.definition.id, screen.answers()["signs"]) == ("safety-plan", "I stop eating")
    qtbot.keyClicks(screen.fields["signs"], " and sleeping")
    screen.choose("c-ssrs" if any(one.id == "c-ssrs" for one in screen.definitions) else "phq-9")
    settle(qtbot, again)
    screen.choose("safety-plan")
    settle(qtbot, again)
    assert "I stop eating" in screen.answers()["signs"] and "sleeping" in screen.answers()["signs"]
    screen.save()
    settle(qtbot, again)
    assert len(worker.assessments.of_person(person_id=person_id)) == 1
    assert screen.answers()["signs"] == "" and worker.today.page().drafts == ()
    again.close()
