"""Reminders say how many and when, once, and never who."""

from datetime import time

from caseapp.domain.contacts import Channel
from caseapp.domain.shorthand import When
from caseapp.ui.follow_ups.reminders import Reminders, start_in_tray
from tests.builders import TODAY, a_person
from tests.ui.driving import settle


def test_tell_once_of_what_comes_up_and_name_nobody(qtbot, window, worker):
    person_id = worker.people.add(details=a_person())
    for clock in (time(9, 10), time(9, 15), time(9, 30), None):
        worker.follow_ups.schedule(
            person_id=person_id, what="Ride", channel=Channel.PHONE, when=When(TODAY, clock)
        )
    told = []
    reminders = Reminders(window.desk, told.append, window)
    reminders.look()
    settle(qtbot, window)
    assert told == ["2 follow-ups are due by 09:15."]
    reminders.look()
    settle(qtbot, window)
    assert len(told) == 1
    with_hour = [one for one in worker.follow_ups.planned(person_id=person_id) if one.due_at]
    last = max(with_hour, key=lambda one: one.due_at)
    worker.follow_ups.move(follow_up_id=last.id, when=When(TODAY, time(9, 5)), version=last.version)
    reminders.look()
    settle(qtbot, window)
    assert told[1:] == ["1 follow-up is due by 09:05."]
    assert not any(word in " ".join(told) for word in ("James", "Okafor", "Ride"))


def test_need_a_tray(window):
    assert start_in_tray(window.desk, window) is None
