"""What forms offer follows what a colleague changes elsewhere."""

from datetime import timedelta
from uuid import uuid4

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QComboBox

from caseapp.domain.access import Role
from caseapp.domain.contacts import Channel
from caseapp.domain.shorthand import When
from caseapp.services.cases import NewCase
from caseapp.ui.widgets.options import choose, choose_kept, offer
from tests.builders import TODAY, a_person, services_as
from tests.ui.driving import click, settle, window_of

DAY = timedelta(days=1)


@pytest.fixture
def person(worker):
    return worker.people.add(details=a_person())


def open_place(qtbot, window, name):
    window.show_place(name, None)
    settle(qtbot, window)
    return window.current


def test_offers_whom_another_desk_added_and_keeps_what_was_chosen(qtbot, window, signed_in):
    screen = open_place(qtbot, window, "new-case")
    chosen = screen.worker.currentData()
    colleague = services_as(signed_in, Role.PEER_SPECIALIST).context.actor
    open_place(qtbot, window, "today")
    assert screen.worker.findText(colleague.name) >= 0 and screen.worker.currentData() == chosen


def test_forgets_the_forms_that_another_look_took_away(qtbot, window, signed_in):
    open_place(qtbot, window, "new-case")
    open_place(qtbot, window, "today")
    window.top.appearance.look_changed.emit()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    colleague = services_as(signed_in, Role.PEER_SPECIALIST).context.actor
    open_place(qtbot, window, "people")
    assert colleague.name in [words for _id, words in window.desk.lists.workers()]
    assert open_place(qtbot, window, "new-case").worker.findText(colleague.name) >= 0


class TestWhoCameAfterTheListsWereRead:
    @pytest.fixture
    def newcomer(self, window, signed_in):
        return services_as(signed_in, Role.PEER_SPECIALIST).context.actor

    def test_hands_on_the_cases_of_whoever_it_was_opened_for(self, qtbot, signed_in):
        window = window_of(qtbot, services_as(signed_in, Role.SUPERVISOR))
        holder = services_as(signed_in, Role.CLINICIAN)
        holder.cases.open_episode(
            new=NewCase(holder.people.add(details=a_person()), "call", holder.context.actor.staff_id)
        )
        window.show_place("transfer", holder.context.actor.staff_id)
        screen = window.current
        assert screen.giver.currentData() is None and not screen.hand_on.isEnabled()
        settle(qtbot, window)
        assert screen.giver.currentText() == "Clinician" and screen.list.count() == 1
        window.show_place("transfer", uuid4())
        settle(qtbot, window)
        assert (screen.giver.currentText(), screen.list.count()) == ("", 0)
        assert "whose cases" in screen.words.text()
        assert not any(one.isEnabled() for one in (screen.hand_on, screen.leave, screen.review))

    def test_a_step_of_theirs_stays_theirs_when_it_is_moved(self, qtbot, window, worker, newcomer):
        person_id = worker.people.add(details=a_person())
        worker.follow_ups.schedule(
            person_id=person_id,
            what="Ride",
            channel=Channel.PHONE,
            when=When(TODAY),
            owner_id=newcomer.staff_id,
        )
        screen = open_place(qtbot, window, "follow-ups")
        screen.mine.setChecked(False)
        settle(qtbot, window)
        screen.table.view.selectRow(0)
        settle(qtbot, window)
        assert screen.bar.owner.currentData() == newcomer.staff_id
        screen.bar.day.setText("+1d")
        click(qtbot, window, "Move")
        moved = worker.follow_ups.planned(only_mine=False)
        assert [(one.owner_id, one.due_on) for one in moved] == [(newcomer.staff_id, TODAY + DAY)]

    def test_whom_somebody_chose_meanwhile_stays(self, qtbot, window, newcomer):
        lists, field = window.desk.lists, open_place(qtbot, window, "new-case").worker
        lists.choose(field, uuid4())
        assert field.currentIndex() == -1
        field.setCurrentIndex(0)
        chosen = field.currentData()
        settle(qtbot, window)
        assert field.currentData() == chosen

    def test_whoever_is_to_join_a_team_stays_chosen_when_the_case_is_read_again(
        self, qtbot, window, worker, person, newcomer
    ):
        window.show_place("today", None)
        settle(qtbot, window)
        case = worker.cases.open_case(person_id=person, opened_from="call")
        window.show_place("case", case.id)
        settle(qtbot, window)
        screen = window.current
        qtbot.keyClicks(screen.member, "Peer")
        assert screen.member.currentData() == newcomer.staff_id
        screen.refresh()
        settle(qtbot, window)
        assert screen.member.currentData() == newcomer.staff_id

    def test_a_form_asks_for_what_is_not_offered_any_more(self, qtbot, window, worker, person):
        window.show_place("new-case", person)
        settle(qtbot, window)
        screen = window.current
        screen.worker.setCurrentIndex(-1)
        click(qtbot, window, "Open the case")
        assert worker.cases.caseload() == []
        assert "Choose one" in screen.worker.accessibleDescription()


class TestChoices:
    @pytest.fixture
    def field(self, qtbot):
        made = QComboBox()
        qtbot.addWidget(made)
        offer(made, [("a", "Anne"), ("b", "Bea")])
        return made

    def test_never_shows_another_than_the_one_that_was_asked_for(self, field):
        assert choose(field, "b") and field.currentText() == "Bea"
        assert not choose(field, "c") and field.currentIndex() == -1 and field.placeholderText()
        offer(field, [("a", "Anne")])
        assert field.currentIndex() == -1

    def test_leaves_a_choice_alone_where_nothing_is_asked_for(self, field):
        field.setCurrentIndex(1)
        assert not choose(field, None) and not choose(field, "") and field.currentText() == "Bea"

    def test_tells_when_what_was_chosen_is_gone(self, qtbot, field):
        choose(field, "b")
        with qtbot.waitSignal(field.currentIndexChanged):
            offer(field, [("a", "Anne")])
        assert field.currentData() is None

    def test_offers_what_a_record_or_a_filter_holds_though_it_is_gone(self, field):
        choose_kept(field, "c", "Cleo")
        offer(field, [("a", "Anne")], keeps=True)
        assert (field.currentData(), field.currentText(), field.count()) == ("c", "Cleo", 2)
        choose_kept(field, "c", "Cleo")
        assert field.count() == 2
