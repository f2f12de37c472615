from PySide6.QtCore import Qt

from tests.builders import a_person
from tests.ui.driving import click, settle, unnamed


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
