"""A list is matched with our people for review; nothing is imported, and what leaves is asked for and journaled."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt

from caseapp.domain.access import NotAllowed, Role, Sealed
from caseapp.domain.births import Birth
from caseapp.domain.people import Identifier, PersonPlace
from caseapp.services.list_matching import ListMatchingService, MatchingStopped, match_files
from caseapp.ui.imports.match_screen import Against
from tests.builders import NOW, TODAY, Clock, a_call, a_person, an_encounter, journaled, services_as
from tests.ui.driving import buttons, click, settle, unnamed, window_of, words

ROSTER = (
    "Booking,First Name,Last Name,DOB,Phone\r\n"
    "B-1,Jim,Okafor,1976-03-02,541 555 0142\r\n"
    "B-2,Xiomara,Quintanilla,1991-07-09,\r\n"
    "B-3,Amos,Thornberry,,541-555-0177\r\n"
)


@pytest.fixture
def roster(tmp_path):
    file = tmp_path / "roster.csv"
    file.write_text(ROSTER)
    return file


@pytest.fixture
def screen(qtbot, window, worker, town):
    window.show_place("imports", None)
    click(qtbot, window, "Match a list")
    return window.current


def matched(qtbot, window, screen, left, right=None, against=Against.OURS):
    screen.against.choose(against)
    screen.choose_files(left, right)
    qtbot.mouseClick(screen.go, Qt.MouseButton.LeftButton)
    settle(qtbot, window)
    return screen.table.model.rows


def head(worker):
    return worker.context.database.head().seq


def test_the_button_that_chooses_the_list_stands_at_the_left_with_its_name_beside_it(window, screen):
    button, name = screen.choose_left, screen.left_name
    left = button.mapTo(screen, button.rect().topLeft()).x()
    assert left < 40 and 0 < name.mapTo(screen, name.rect().topLeft()).x() - left - button.width() < 20


def test_finds_our_people_once_each_with_reasons_and_imports_nothing(
    qtbot, window, screen, worker, town, roster
):
    worker.links.link(left_id=town[0][0], right_id=town[0][1], reason="same phone")
    before = len(worker.people.recent(limit=1000))
    rows = matched(qtbot, window, screen, roster)
    assert {one.left.name for one in rows} == {"Jim Okafor", "Amos Thornberry"}
    jim = [one for one in rows if one.left.name == "Jim Okafor"]
    assert len(jim) == 1 and jim[0].right.person_id in town[0] and "same phone" in jim[0].reasons
    assert len(worker.people.recent(limit=1000)) == before and unnamed(screen) == []
    assert screen.read_as.isVisible() and screen.read_as.text() == (
        "roster.csv was read as: First name: First Name; Last name: Last Name; Birth date: DOB; Phone: Phone; "
        "Not read: Booking."
    )
    assert screen.beside.text().startswith(f"3 rows compared with 46: {len(rows)} pairs, {len(rows)} kept")
    with worker.context.read("test") as work:
        last = work.journal.newest(limit=1)[0]
    assert (last.kind, last.verb) == ("matched", "match.people") and "Okafor" not in str(last.detail)


def test_tells_two_of_ours_apart_who_read_alike(qtbot, window, screen, worker, roster):
    """Both pairs of one row read the same, and it was chance which of them was left out."""
    born = Birth(date(1991, 7, 9))
    both = [worker.people.add(details=a_person("Xiomara", "Quintanilla", birth=born)) for _each in "ab"]
    call_id = worker.calls.add(call=a_call())
    worker.encounters.add(call_id=call_id, details=an_encounter(), person_id=both[0])
    found = matched(qtbot, window, screen, roster)
    told = {one.right.person_id: one.right.second for one in found if one.right.person_id in both}
    same = "9 Jul 1991, (541) 555-0142"
    assert told == {
        both[0]: f"phone ends in 0142, last seen 22 Nov 2026, {same}",
        both[1]: f"phone ends in 0142, not met yet, {same}",
    }


def test_says_where_our_people_are_found_now_and_not_where_their_mail_goes(
    qtbot, window, screen, worker, roster
):
    left = PersonPlace("home", "Old Mill shelter", to_on=TODAY - timedelta(days=9))
    places = (left, PersonPlace("mail", "12 Oak Street"), PersonPlace("camp", "Birch & 9th"))
    born = Birth(date(1991, 7, 9))
    worker.people.add(details=a_person("Xiomara", "Quintanilla", birth=born, points=(), places=places))
    rows = matched(qtbot, window, screen, roster)
    (found,) = [one.right.second for one in rows if one.left.name == "Xiomara Quintanilla"]
    assert found.endswith("1991, Birch & 9th")


def test_the_next_booking_of_our_people_has_another_number_and_parts_nobody(worker, town, tmp_path):
    names = ("Ayo", "Berit", "Cosmo", "Dagny", "Eliseo", "Freja", "Gunnar")
    for place, name in enumerate(names):
        details = a_person(name, "Vanterpool", identifiers=(Identifier("jail", f"J-{place}"),), points=())
        worker.people.add(details=details)
    rows = [f"{name},Vanterpool,1976-03-02,J-{50 + place}" for place, name in enumerate(names)]
    roster = tmp_path / "roster.csv"
    roster.write_text("\r\n".join(["First Name,Last Name,DOB,Booking Number", *rows]))
    found = worker.list_matching.match(left=roster, with_ours=True, progress=lambda *_facts: True).pairs
    assert [one.left.name for one in found if one.left.name == one.right.name] == [
        f"{name} Vanterpool" for name in names
    ]
    assert not any("number" in reason for one in found for reason in one.reasons)


def test_counts_ages_from_the_day_of_the_agency(worker, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("Name,Age,Phone\r\nAmos Vanterpool,30,541 555 0177\r\nAmos Vanterpool,30,541 555 0177")
    later = replace(worker.context, now=Clock(NOW.replace(year=NOW.year + 9)))
    found = ListMatchingService(later).match(left=roster, progress=lambda *_facts: True).pairs
    assert str(NOW.year + 9 - 30) in found[0].left.second


def test_opens_the_person_and_keeps_the_review_meanwhile(qtbot, window, screen, roster):
    rows = matched(qtbot, window, screen, roster)
    screen.table.view.selectRow(0)
    qtbot.keyClick(screen.table.view, Qt.Key.Key_N)
    qtbot.keyClick(screen.table.view, Qt.Key.Key_Return)
    settle(qtbot, window)
    assert window.current.name == "person"
    window.go_back()
    settle(qtbot, window)
    assert screen.table.model.rows == rows and screen.left_out.pairs == {rows[0].id}


def test_saves_what_is_kept_with_the_right_and_journals_it(
    qtbot, window, screen, worker, signed_in, roster, tmp_path
):
    rows = matched(qtbot, window, screen, roster)
    with pytest.raises(NotAllowed):
        worker.list_matching.save(reviewed=screen.reviewed)
    assert screen.save.isHidden()
    lead = services_as(signed_in, Role.SUPERVISOR)
    before = head(lead)
    content = lead.list_matching.save(reviewed=screen.reviewed, left_out=frozenset({rows[0].id}))
    table = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(table) == len(rows) - 1 and set(table[0]) == {"left_id", "right_id", "probability", "reasons"}
    assert {one["right_id"] for one in table} == {str(one.right.person_id) for one in rows[1:]}
    with lead.context.read("test") as work:
        last = work.journal.newest(limit=1)[0]
    assert head(lead) == before + 1 and (last.kind, last.detail) == ("exported", {"pairs": len(rows) - 1})


def test_saves_nothing_of_whom_somebody_sealed_since_and_journals_the_refusal(
    signed_in, worker, town, roster
):
    manager = services_as(signed_in, Role.PROGRAM_MANAGER)
    reviewed = manager.list_matching.match(left=roster, with_ours=True, progress=lambda *_facts: True)
    person = worker.people.open(person_id=reviewed.pairs[0].right.person_id).person
    sealed = replace(person.details, is_restricted=True)
    worker.people.change(person_id=person.id, details=sealed, version=person.version)
    with pytest.raises(Sealed):
        manager.list_matching.save(reviewed=reviewed)
    newest = journaled(manager, person.id)[0]
    assert (newest.kind, newest.verb) == ("refused", "match.export")


@pytest.mark.parametrize("against", [Against.ITSELF, Against.ANOTHER])
def test_gives_the_same_pairs_as_the_command_line(
    qtbot, window, screen, signed_in, tmp_path, roster, against
):
    other = tmp_path / "shelter.csv"
    other.write_text(ROSTER.replace("Jim", "James").replace("B-", "S-"))
    both = tmp_path / "both.csv"
    both.write_text(ROSTER + "B-9,James,Okafor,1976-03-02,541 555 0142\r\n")
    left, right = (both, None) if against is Against.ITSELF else (roster, other)
    rows = matched(qtbot, window, screen, left, right, against)
    lead = services_as(signed_in, Role.SUPERVISOR)
    saved = lead.list_matching.save(reviewed=screen.reviewed)
    assert rows and saved == match_files(left, right, progress=lambda *_facts: True).table


@pytest.mark.parametrize("change", ["list", "against"])
def test_shows_no_pairs_of_a_list_that_is_not_the_chosen_one_any_more(
    qtbot, window, screen, roster, tmp_path, change
):
    other = tmp_path / f"{'shelter' * 30}.csv"
    other.write_text("First Name,Last Name\r\nXiomara,Quintanilla\r\n")
    screen.choose_files(roster)
    width = window.minimumSizeHint().width()
    screen.go.click()
    if change == "list":
        screen.choose_files(other)
    else:
        screen.against.choose(Against.ITSELF)
        screen.against.chosen.emit(Against.ITSELF)
    settle(qtbot, window)
    assert screen.table.model.rows == [] and screen.reviewed is None and screen.go.isEnabled()
    assert window.minimumSizeHint().width() == width
    screen.go.click()
    settle(qtbot, window)
    assert screen.reviewed.left == (1 if change == "list" else 3)


def test_says_in_a_sentence_what_is_no_list_and_lets_it_be_tried_again(qtbot, window, screen, tmp_path):
    file = tmp_path / "calls.csv"
    file.write_text("a,b\r\n1,2\r\n")
    assert matched(qtbot, window, screen, file) == []
    assert screen.problem.isVisible() and screen.go.isEnabled()


def test_is_stopped_without_harm(qtbot, window, screen, worker, roster):
    screen.choose_files(roster)
    screen._match()
    window.tasks.cancel()
    settle(qtbot, window)
    assert "stopped" in screen.problem.text() and screen.table.model.rows == []


def test_leaves_sealed_people_out(qtbot, window, screen, signed_in, roster):
    keeper = services_as(signed_in, Role.SOCIAL_WORKER)
    keeper.people.add(details=a_person("Xiomara", "Quintanilla", is_restricted=True))
    rows = matched(qtbot, window, screen, roster)
    assert "Xiomara Quintanilla" not in {one.right.name for one in rows}
    assert any("Pairs found" in one for one in words(screen))


def test_cancel_is_looked_at_while_a_long_list_is_read(worker, tmp_path):
    """A list of 200,000 rows was read for half a minute in which Cancel did nothing and nothing moved."""
    file, told = tmp_path / "long.csv", []
    rows = (f"Sam{number % 97},Quill{number},19{number % 90:02d}-03-02" for number in range(4_000))
    file.write_text("\n".join(("First Name,Last Name,DOB", *rows)))

    def look(words, done, _whole):
        told.append((words, done))
        return len(told) < 20

    worker.list_matching.match(left=file, with_ours=True, progress=lambda *one: bool(look(*one)) or True)
    assert [words for words, _done in told[:5]] == ["Reading"] * 4 + ["Comparing"]
    assert len(told) > 15 and [done for _words, done in told] == sorted(done for _words, done in told)
    for first in (2, 6, 10):
        seen = []
        with pytest.raises(MatchingStopped):
            worker.list_matching.match(
                left=file,
                with_ours=True,
                progress=lambda *one, seen=seen, first=first: seen.append(one) or len(seen) < first,
            )
        assert len(seen) == first


def test_says_what_is_wrong_with_a_list_beside_it_until_another_is_matched(
    qtbot, window, screen, roster, tmp_path
):
    """That one list holds no rows stood over the pairs of the next."""
    (empty := tmp_path / "empty.csv").write_text("")
    matched(qtbot, window, screen, empty)
    assert "empty.csv” holds no rows" in screen.problem.text() and screen.problem.isVisible()
    assert matched(qtbot, window, screen, roster) and not screen.problem.isVisible()
    (stranger := tmp_path / "new.csv").write_text("First,Last\nZebulon,Quackenbush\n")
    assert matched(qtbot, window, screen, stranger) == [] and not window.banner.isVisible()
    assert any("Nobody on the list is likely" in one for one in words(screen))
    screen.choose_files(roster)
    assert any("press Match" in one for one in words(screen))


def left_out(qtbot, window, screen, row):
    screen.table.view.selectRow(row)
    qtbot.keyClick(screen.table.view, Qt.Key.Key_N)


def test_pairs_that_were_left_out_are_so_again_after_a_lock(qtbot, window, screen, worker, roster):
    """Half a morning's choices were gone with the window, and the next one kept every pair."""
    rows = matched(qtbot, window, screen, roster)
    left_out(qtbot, window, screen, 0)
    out = screen.reviewed.key_of(rows[0])
    window.close()
    again = window_of(qtbot, worker)
    again.show_place("today", None)
    settle(qtbot, again)
    click(qtbot, again, "Go on with review of a list of roster.csv")
    settle(qtbot, again)
    screen = again.current
    found = screen.reviewed
    assert [found.key_of(one) for one in found.pairs if one.id in screen.left_out.pairs] == [out]
    assert screen.beside.text().endswith(f"{len(rows) - 1} kept")
    assert "1 pair that you left out of this list before is so again" in again.banner.words.text()
    left_out(qtbot, again, screen, screen.table.model.rows.index(found.pairs[min(screen.left_out.pairs)]))
    screen.keep_draft()
    settle(qtbot, again)
    assert worker.today.page().drafts == ()
    again.close()


def test_pairs_that_were_left_out_come_back_with_their_list_only(
    qtbot, window, screen, worker, roster, tmp_path
):
    rows = matched(qtbot, window, screen, roster)
    left_out(qtbot, window, screen, 0)
    other = tmp_path / "other.csv"
    other.write_text(ROSTER + "B-9,Ayo,Okafor,1976-03-02,541 555 0142\r\n")
    assert matched(qtbot, window, screen, other) and screen.left_out.pairs == set()
    matched(qtbot, window, screen, roster, against=Against.ITSELF)
    assert screen.left_out.pairs == set()
    moved = roster.rename(tmp_path / "moved.csv")
    assert matched(qtbot, window, screen, moved) == rows and screen.left_out.pairs == {rows[0].id}


def test_who_may_save_nothing_is_rid_of_what_they_left_out(qtbot, window, screen, worker, roster):
    """A line of each list stayed on Today for good."""
    rows = matched(qtbot, window, screen, roster)
    assert not buttons(window, "Keep all")
    left_out(qtbot, window, screen, 0)
    screen.keep_draft()
    settle(qtbot, window)
    assert len(worker.today.page().drafts) == 1
    click(qtbot, window, "Keep all")
    assert worker.today.page().drafts == () and not buttons(window, "Keep all")
    assert screen.beside.text().endswith(f"{len(rows)} kept")


def test_nothing_waits_once_the_pairs_are_saved(qtbot, signed_in, town, roster, tmp_path):
    lead = services_as(signed_in, Role.SUPERVISOR)
    window = window_of(qtbot, lead)
    window.show_place("match-list", None)
    settle(qtbot, window)
    matched(qtbot, window, window.current, roster)
    left_out(qtbot, window, window.current, 0)
    window.current.keep_draft()
    settle(qtbot, window)
    assert [one.draft.content["list"] for one in lead.today.page().drafts] == ["roster.csv"]
    window.current.save_to(tmp_path / "no folder" / "pairs.csv")
    settle(qtbot, window)
    assert window.current.problem.isVisible() and len(lead.today.page().drafts) == 1
    window.current.save_to(tmp_path / "pairs.csv")
    settle(qtbot, window)
    assert not window.current.problem.isVisible()
    assert lead.today.page().drafts == () and (tmp_path / "pairs.csv").exists()
    window.close()


def test_what_waits_of_another_list_stays_while_pairs_are_saved(qtbot, signed_in, town, roster, tmp_path):
    """The list that was chosen meanwhile lost its line on Today, and the saved one kept its own."""
    lead = services_as(signed_in, Role.SUPERVISOR)
    window = window_of(qtbot, lead)
    window.show_place("match-list", None)
    settle(qtbot, window)
    other = tmp_path / "other.csv"
    other.write_text(ROSTER + "B-9,Ayo,Okafor,1976-03-02,541 555 0142\r\n")
    for file in (other, roster):
        matched(qtbot, window, window.current, file)
        left_out(qtbot, window, window.current, 0)
        window.current.keep_draft()
        settle(qtbot, window)
    window.current.save_to(tmp_path / "pairs.csv")
    window.current.choose_files(other)
    settle(qtbot, window)
    assert [one.draft.content["list"] for one in lead.today.page().drafts] == ["other.csv"]
    window.close()


def test_says_nothing_of_pairs_left_out_that_are_none_any_more(qtbot, window, screen, signed_in, roster):
    """“0 pairs that you left out of this list before are so again.” stood there."""
    rows = matched(qtbot, window, screen, roster)
    left_out(qtbot, window, screen, 0)
    screen.keep_draft()
    settle(qtbot, window)
    keeper = services_as(signed_in, Role.SOCIAL_WORKER)
    person = keeper.people.open(person_id=rows[0].right.person_id).person
    sealed = replace(person.details, is_restricted=True)
    keeper.people.change(person_id=person.id, details=sealed, version=person.version)
    matched(qtbot, window, screen, roster)
    assert screen.left_out.pairs == set() and "left out" not in window.banner.words.text()
