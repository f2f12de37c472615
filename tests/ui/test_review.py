"""The review queue in a real window: a search in the background, one key a judgement, undo."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from shiboken6 import isValid

from caseapp.domain.access import Role
from caseapp.domain.births import Birth
from caseapp.domain.people import ContactPoint, PointKind
from caseapp.domain.relations import Relation
from caseapp.ui.people import certain_panel
from caseapp.ui.people.links import Pair
from tests.builders import a_contact, a_person, journaled, services_as
from tests.services.linking import write
from tests.town import named
from tests.ui.driving import click, settle, unnamed, words


@pytest.fixture
def screen(qtbot, window, worker, town):
    window.show_place("review", None)
    settle(qtbot, window)
    assert window.current.table.model.rows == []
    qtbot.mouseClick(window.current.look, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    return window.current


def shown(screen):
    return [set(one.id) for one in screen.table.model.rows]


def press(qtbot, window, screen, key):
    screen.table.view.setFocus()
    qtbot.keyClick(screen.table.view, key)
    settle(qtbot, window)


def test_finds_pairs_and_shows_them_side_by_side_marked_in_words(qtbot, window, screen, town):
    assert all(set(pair) in shown(screen) for pair in town)
    assert screen.beside.text() == f"{len(screen.table.model.rows)} pairs to review, most calls first"
    screen.table.view.selectRow(shown(screen).index(set(town[0])))
    said = words(screen.pair)
    assert "James Okafor" in said and "Jim Okafor" in said
    assert "differs" in said and "same" in said and any("Same phone" in one for one in said)
    assert unnamed(screen) == []


def test_says_that_one_was_met_after_the_other_died(qtbot, window, screen, worker, town):
    person = worker.people.open(person_id=town[0][0]).person
    died = replace(person.details, deceased_on=date(2026, 11, 1))
    worker.people.change(person_id=person.id, details=died, version=person.version)
    screen.refresh()
    settle(qtbot, window)
    screen.table.view.selectRow(shown(screen).index(set(town[0])))
    assert not any(one.startswith("One record says that the person died") for one in words(screen.pair))
    worker.contacts.log(details=a_contact(town[0][1]))
    screen.refresh()
    settle(qtbot, window)
    screen.table.view.selectRow(shown(screen).index(set(town[0])))
    assert any(one.startswith("One record says that the person died") for one in words(screen.pair))


def test_links_nobody_with_somebody_close_to_them_and_says_why(qtbot, window, screen, worker, town):
    one, other = town[0]
    write(worker, one, relations=(Relation("brother", "Jim", other_person_id=other),))
    screen.refresh()
    settle(qtbot, window)
    screen.table.view.selectRow(shown(screen).index({one, other}))
    assert any("names the other as somebody close" in said for said in words(screen.pair))
    qtbot.keyClick(screen.table.view, Qt.Key.Key_L)
    settle(qtbot, window)
    assert "so they were not linked" in window.banner.words.text()
    assert {one, other} in shown(screen)


def test_journals_each_pair_that_is_looked_at_once(qtbot, window, screen, worker, town):
    for row in (1, 0, 0):
        screen.table.view.selectRow(row)
        settle(qtbot, window)
    screen.refresh()
    settle(qtbot, window)
    seen = [one.verb for one in journaled(worker, screen.table.model.rows[1].left.id)]
    assert seen[0] == "recognition.shown" and seen.count("recognition.shown") == 1


def test_links_with_one_key_goes_on_to_the_next_and_takes_it_back(qtbot, window, screen, worker, town):
    before = shown(screen)
    screen.table.view.selectRow(0)
    first = screen.table.current()
    press(qtbot, window, screen, Qt.Key.Key_L)
    assert shown(screen) == before[1:] and screen.table.current() is not None
    assert set(screen.table.current().id) == before[1]
    assert worker.people.open(person_id=first.left.id).linked
    window.banner.undo()
    settle(qtbot, window)
    assert sorted(map(sorted, shown(screen))) == sorted(map(sorted, before))
    assert not worker.people.open(person_id=first.left.id).linked


@pytest.mark.parametrize("key", [Qt.Key.Key_L, Qt.Key.Key_N])
@pytest.mark.parametrize("is_linked", [True, False])
def test_leaves_what_another_desk_judged_of_the_pair_meanwhile(
    qtbot, window, screen, worker, signed_in, key, is_linked
):
    screen.table.view.selectRow(0)
    pair = screen.table.current()
    (left, right), other = pair.id, services_as(signed_in, Role.SUPERVISOR)
    judge = other.links.link if is_linked else other.links.judge_different
    judge(left_id=left, right_id=right, reason="met them", evidence=pair.reasons)
    press(qtbot, window, screen, key)
    said = window.banner.words.text()
    assert "Supervisor on 24 Nov 2026" in said and "met them" in said
    assert not window.banner.undo_button.isVisible()
    assert pair.id not in [one.id for one in screen.table.model.rows]
    record = worker.people.open(person_id=left)
    assert [link.by for link in record.links] == ["Supervisor"] * is_linked
    assert [one.link.by for one in record.apart] == ["Supervisor"] * (not is_linked)


def test_remembers_not_the_same_over_the_next_search(qtbot, window, screen, town):
    gone = shown(screen)[0]
    screen.table.view.selectRow(0)
    press(qtbot, window, screen, Qt.Key.Key_N)
    assert gone not in shown(screen)
    qtbot.mouseClick(screen.look, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert shown(screen) and gone not in shown(screen)


def test_says_of_a_pair_that_returned_that_it_was_judged_before_and_links_it(
    qtbot, window, screen, worker, town
):
    screen.table.view.selectRow(shown(screen).index(set(town[1])))
    press(qtbot, window, screen, Qt.Key.Key_N)
    for person_id in town[1]:
        person = worker.people.open(person_id=person_id).person
        worker.people.change(
            person_id=person_id,
            details=replace(person.details, points=(ContactPoint(PointKind.PHONE, "541 555 0199"),)),
            version=person.version,
        )
    qtbot.mouseClick(screen.look, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    screen.table.view.selectRow(shown(screen).index(set(town[1])))
    settle(qtbot, window)
    said = words(screen.pair)
    assert any(one.startswith("Judged not the same before (Today") for one in said), said
    press(qtbot, window, screen, Qt.Key.Key_L)
    assert worker.people.open(person_id=town[1][0]).linked and set(town[1]) not in shown(screen)


def test_puts_a_pair_off_to_the_end_and_back(qtbot, window, screen):
    before = shown(screen)
    screen.table.view.selectRow(0)
    press(qtbot, window, screen, Qt.Key.Key_P)
    assert shown(screen) == [*before[1:], before[0]]
    window.banner.undo()
    settle(qtbot, window)
    assert shown(screen) == before


@pytest.mark.parametrize("is_undone", [False, True])
def test_puts_off_no_pair_that_another_desk_judged_meanwhile(qtbot, window, screen, signed_in, is_undone):
    screen.table.view.selectRow(0)
    left, right = pair = screen.table.current().id
    if is_undone:
        press(qtbot, window, screen, Qt.Key.Key_P)
    services_as(signed_in, Role.SUPERVISOR).links.link(left_id=left, right_id=right, reason="met them")
    if is_undone:
        window.banner.undo()
        settle(qtbot, window)
    else:
        press(qtbot, window, screen, Qt.Key.Key_P)
    assert "Somebody has judged these two meanwhile" in window.banner.words.text()
    assert not window.banner.undo_button.isVisible() and set(pair) not in shown(screen)


def test_links_the_certain_ones_after_a_pause_with_their_count(qtbot, window, screen, worker):
    for _twice in range(2):
        worker.people.add(
            details=named("Wilhelmina", "Starkweather", birth=Birth(date(1961, 7, 19)), phone="541 555 0163")
        )
    qtbot.mouseClick(screen.look, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    count, before = worker.certain_links.count(), shown(screen)
    qtbot.mouseClick(screen.certain, Qt.MouseButton.LeftButton)
    assert screen.sure.isVisible() and not screen.sure.go.isEnabled()
    pairs = "pair" if count == 1 else "pairs"
    assert screen.sure.go.text() == f"Link {count} {pairs}"
    assert screen.sure.words.text().startswith(f"{count} {pairs} ") and count > 0
    qtbot.waitUntil(screen.sure.go.isEnabled, timeout=certain_panel.PAUSE + 2000)
    qtbot.mouseClick(screen.sure.go, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert len(shown(screen)) == len(before) - count and not screen.certain.isEnabled()
    window.banner.undo()
    settle(qtbot, window)
    assert sorted(map(sorted, shown(screen))) == sorted(map(sorted, before))


def test_asks_at_the_undo_of_many_links_whose_it_is_what_was_written_since(qtbot, window, screen, worker):
    twice = []
    for given in ("Wilhelmina", "Cornelius"):
        told = named(given, "Starkweather", birth=Birth(date(1961, 7, 19)), phone=f"541 555 01{len(given)}")
        twice.append(sorted(worker.people.add(details=told) for _each in "ab"))
    qtbot.mouseClick(screen.look, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    screen.sure._link()
    settle(qtbot, window)
    worker.context.now.at += timedelta(minutes=5)
    for one, _other in twice:
        write(worker, one, pronouns="they")
    window.banner.undo()
    settle(qtbot, window)
    asking = window.current
    assert asking.name == "parting" and "2 pairs stay linked, because" in window.banner.words.text()
    assert asking.beside.text().startswith("1 more pair after this one")
    (choice,) = asking._choices.values()
    choice.setCurrentIndex(1)
    click(qtbot, window, "Unlink")
    assert window.current is asking and len(asking._choices) == 1
    assert "after this one" not in asking.beside.text()
    click(qtbot, window, "Unlink")
    assert window.current.name == "person"
    told = [[worker.people.open(person_id=one).person.details.pronouns for one in pair] for pair in twice]
    assert sorted(told) == [["", "they"], ["they", ""]]
    assert not any(worker.people.open(person_id=one).linked for pair in twice for one in pair)


def test_says_what_stays_linked_where_nobody_says_whose_it_is(qtbot, window, screen, worker, town):
    for pair in town[:2]:
        worker.links.link(left_id=pair[0], right_id=pair[1], reason="x")
    pairs = [Pair(*pair) for pair in town[:2]]
    window.show_place("parting", pairs[0]._replace(rest=(pairs[1],)))
    settle(qtbot, window)
    click(qtbot, window, "Cancel")
    assert window.banner.words.text().startswith("2 pairs stay linked.")
    worker.links.unlink(left_id=pairs[0].left_id, right_id=pairs[0].right_id)
    window.show_place("parting", pairs[0]._replace(rest=(pairs[1],)))
    settle(qtbot, window)
    assert window.current._pair == pairs[1] and window.current.go.isEnabled()
    assert window.banner.words.text() == "These two records are not linked."


@pytest.mark.parametrize("key", [Qt.Key.Key_L, Qt.Key.Key_N])
def test_a_key_pressed_twice_judges_once_and_can_be_taken_back(qtbot, window, screen, key):
    before = shown(screen)
    screen.table.view.selectRow(0)
    for _time in range(2):
        qtbot.keyClick(screen.table.view, key)
    settle(qtbot, window)
    assert len(shown(screen)) == len(before) - 1 and window.banner.undo_button.isVisible()
    window.banner.undo()
    settle(qtbot, window)
    assert shown(screen) == before
    screen.table.view.selectRow(0)
    qtbot.keyClick(screen.table.view, key)
    settle(qtbot, window)
    assert len(shown(screen)) == len(before) - 1


@pytest.mark.parametrize("fails", [False, True])
def test_tells_what_was_found_though_the_look_of_the_desk_changed_meanwhile(qtbot, window, screen, fails):
    screen._look()
    if fails:
        window.tasks.cancel()
    window.show_place("today", None)
    window.top.appearance.look_changed.emit()
    settle(qtbot, window)
    said = window.banner.words.text()
    assert said.startswith("The search was stopped." if fails else "Compared ")
    qtbot.waitUntil(lambda: not isValid(screen))
    window.show_place("review", None)
    settle(qtbot, window)
    assert window.current.look.isEnabled()


def test_says_at_the_undo_of_many_links_that_one_stays_of_somebody_restricted_since(
    qtbot, window, screen, signed_in, town
):
    screen.sure._link()
    settle(qtbot, window)
    other = services_as(signed_in, Role.SOCIAL_WORKER)
    person = other.people.open(person_id=town[0][0]).person
    sealed = replace(person.details, is_restricted=True)
    other.people.change(person_id=person.id, details=sealed, version=person.version)
    window.banner.undo()
    settle(qtbot, window)
    assert "1 link stays, because a record was restricted since." in window.banner.words.text()
    assert window.current is screen


def test_asks_at_the_undo_of_a_link_whose_it_is_what_was_written_since(qtbot, window, screen, worker, town):
    row = shown(screen).index(set(town[0]))
    screen.table.view.selectRow(row)
    press(qtbot, window, screen, Qt.Key.Key_L)
    worker.context.now.at += timedelta(minutes=5)
    write(worker, town[0][0], pronouns="they")
    window.banner.undo()
    settle(qtbot, window)
    assert window.current.name == "parting" and len(window.current._choices) == 1
    assert "say whose it is" in window.banner.words.text()
    assert worker.people.open(person_id=town[0][0]).linked


def test_is_stopped_by_cancel_and_leaves_the_queue_as_it_was(qtbot, window, screen):
    before = shown(screen)
    screen._look()
    window.tasks.cancel()
    settle(qtbot, window)
    assert "stopped" in window.banner.words.text() and screen.look.isEnabled()
    screen.refresh()
    settle(qtbot, window)
    assert shown(screen) == before


def test_is_counted_on_today_and_in_people_as_many_as_there_are_rows(qtbot, window, screen, worker):
    count = len(screen.table.model.rows)
    assert worker.today.page().pairs_to_review == count == worker.recognition.count()
    window.show_place("people", None)
    settle(qtbot, window)
    assert window.current.review.text() == f"Review pairs ({count})"
    window.show_place("today", None)
    settle(qtbot, window)
    assert "People who may stand twice" in words(window.current) and str(count) in words(window.current)


def test_counts_no_pair_of_somebody_sealed_since(worker, signed_in, town, screen):
    person = worker.people.open(person_id=town[0][0]).person
    worker.people.change(
        person_id=person.id, details=replace(person.details, is_restricted=True), version=person.version
    )
    other = services_as(signed_in, Role.SOCIAL_WORKER)
    assert other.recognition.count() == len(other.recognition.waiting()) == worker.recognition.count() - 1


def test_turns_pages_and_opens_exactly_the_rows_counted(qtbot, window, worker):
    for number in range(24):
        for _twice in range(2):
            worker.people.add(details=a_person("Amos", f"Thornbury{'abcdefghijklmnopqrstuvwxyz'[number]}x"))
    worker.recognition.look(progress=lambda *_facts: True)
    pages, page = [], 0
    while found := worker.recognition.waiting(page=page):
        pages.append(found)
        page += 1
    ids = [one.id for each in pages for one in each]
    assert len(ids) == len(set(ids)) == worker.recognition.count() > 50
    window.show_place("review", None)
    settle(qtbot, window)
    screen = window.current
    assert screen._range.text().startswith("1 to 50 of") and screen._after.isEnabled()
    qtbot.mouseClick(screen._after, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert screen.table.model.rows[0].id == pages[1][0].id and screen._before.isEnabled()


def test_says_the_weights_in_plain_words_and_learns_them_again(qtbot, window, screen):
    screen.weights.toggle.setChecked(True)
    settle(qtbot, window)
    said = words(screen.weights)
    assert "Learned 1 time from this agency's own records." in said
    assert any(one.startswith("Same phone:") for one in said)
    qtbot.mouseClick(screen.weights.learn, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    assert "Learned 2 times from this agency's own records." in words(screen.weights)
