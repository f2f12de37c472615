"""Planning on the real windows: one with a day, a series, a whole protocol; the agency's days in Setup."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from caseapp.domain.open_days import OpenDays
from caseapp.ui.setup.open_days_section import OpenDaysSection
from tests.builders import TODAY, a_person
from tests.ui.driving import settle, unnamed


@pytest.fixture
def person_id(worker):
    return worker.people.add(details=a_person())


def test_starts_a_protocol_with_one_key_and_takes_it_back(qtbot, window, worker, person_id):
    window.show_place("schedule", person_id)
    settle(qtbot, window)
    panel = window.current.protocols
    assert unnamed(window.current) == []
    place = [one.id for one in panel.table.model.rows].index("four-contacts")
    for _step in range(place):
        qtbot.keyClick(panel.table.view, Qt.Key.Key_Down)
    settle(qtbot, window)
    assert panel.days.text().count("check-in") == 4
    qtbot.keyClick(panel.table.view, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current.name == "person"
    assert len(worker.follow_ups.planned(person_id=person_id)) == 4
    window.banner.undo()
    settle(qtbot, window)
    assert worker.follow_ups.planned(person_id=person_id) == []


def test_plans_one_and_takes_it_back(qtbot, window, worker, person_id):
    window.show_place("schedule", person_id)
    settle(qtbot, window)
    screen = window.current
    qtbot.keyClicks(screen.what, "Ride to intake")
    qtbot.keyClicks(screen.when, "+1d")
    qtbot.keyClick(screen.when, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert [one.what for one in worker.follow_ups.planned(person_id=person_id)] == ["Ride to intake"]
    window.banner.undo()
    settle(qtbot, window)
    assert worker.follow_ups.planned(person_id=person_id) == []


def test_repeats_so_many_times_and_says_until_when(qtbot, window, worker, person_id):
    window.show_place("schedule", person_id)
    settle(qtbot, window)
    screen = window.current
    qtbot.keyClicks(screen.what, "Check-in")
    for _step in range(4):
        qtbot.keyClick(screen.repeats, Qt.Key.Key_Down)
    screen.times.clear()
    qtbot.keyClicks(screen.times, "1")
    qtbot.keyClicks(screen.when, "31 jan 10")
    qtbot.keyClick(screen.when, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current is screen and "from 2 to 104 times" in screen.times.accessibleDescription()
    screen.times.clear()
    qtbot.keyClicks(screen.times, "3")
    assert screen.read_as.text() == "Sunday 31 January at 10:00, 3 times until Wed 31 Mar 2027"
    qtbot.keyClick(screen.when, Qt.Key.Key_Return)
    settle(qtbot, window)
    days = [one.due_on.day for one in worker.follow_ups.planned(person_id=person_id)]
    assert days == [31, 28, 31]


def test_closes_the_agency_on_a_day_and_takes_a_protocol_in(qtbot, window, admin, tmp_path):
    section = OpenDaysSection(replace(window.desk, services=admin))
    qtbot.addWidget(section)
    section.show()
    section.refresh()
    settle(qtbot, window)
    assert unnamed(section) == [] and len(section.protocols.model.rows) == 4
    qtbot.keyClicks(section.day, "today")
    qtbot.mouseClick(section.put, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert "Write why" in section.name.accessibleDescription()
    qtbot.keyClicks(section.name, "Water damage")
    qtbot.mouseClick(section.put, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert admin.protocols.open_days().closed_for(TODAY) == "Water damage"
    qtbot.mouseClick(section.drop, Qt.MouseButton.LeftButton)
    section.boxes[5].click()
    qtbot.mouseClick(section.save, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert admin.protocols.open_days() == OpenDays(frozenset(range(6)))
    file = tmp_path / "ours.toml"
    file.write_text(
        'code = "ours"\nname = "Ours"\nedition = 1\nsource = "us"\n'
        '[[steps]]\ncode = "one"\nwhat = "Call"\nchannel = "phone"\n'
    )
    section.read_file(file)
    settle(qtbot, window)
    assert len(section.protocols.model.rows) == 5
    qtbot.mouseClick(section.retire, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert len(admin.protocols.offered()) == 4


def test_whoever_may_not_change_the_agency_only_reads(qtbot, window):
    section = OpenDaysSection(window.desk)
    qtbot.addWidget(section)
    section.show()
    section.refresh()
    settle(qtbot, window)
    assert not section.put.isVisible() and not section.save.isVisible() and not section.add.isVisible()
    assert not any(box.isEnabled() for box in (*section.boxes, section.federal))
