"""The tour's steps in which every key counts: what is done most often must cost least."""

from PySide6.QtWidgets import QPlainTextEdit

from caseapp.domain.people import PersonKind
from caseapp.ui.today.screen import TodayScreen
from caseapp.ui.tour.hand import Hand

_AT_MOST = 8
"""Keys for a message that was left and another try tomorrow."""

_KEYS_A_MINUTE = 40 * 5
"""Of somebody who types 40 words a minute, a word counted as five keys."""

_SECONDS = 30
"""For a contact with three people."""

_NOTE = "coffee at the camp, socks for all"


def left_message(hand: Hand) -> None:
    """From a follow-up that is due: nobody answered, a message was left, again tomorrow."""
    with hand.step("left message") as asserted:
        today = hand.go_to("Today", TodayScreen)
        hand.settle()
        due = today.table.model.rows[0].follow_up
        services = hand.window.desk.services
        before = {one.id: one.attempts for one in services.follow_ups.planned(person_id=due.person_id)}
        today.table.view.setFocus()
        hand.press("Ctrl+Home", today.table.view)
        start = hand.keys
        hand.press("L")
        hand.until(lambda: hand.window.contact_form.isVisible(), "the form did not open")
        hand.settle()
        for words in ("2", "+1d"):
            hand.write_here(words)
        hand.press("Ctrl+Return")
        hand.until(lambda: not hand.window.contact_form.isVisible(), "the form did not close")
        used = hand.keys - start
        hand.check(used <= _AT_MOST, f"{used} keys, {_AT_MOST} asked", asserted)
        after = {one.id: one.attempts for one in services.follow_ups.planned(person_id=due.person_id)}
        hand.check(
            after.get(due.id) == before[due.id] + 1, "the attempt counts, and is tried again", asserted
        )


def three_people(hand: Hand) -> None:
    """One contact with three people who are found by their last names, and a note."""
    form = hand.window.contact_form
    with hand.step("three people") as asserted:
        families = _three_families(hand)
        start = hand.keys
        hand.press("Ctrl+L", hand.window)
        hand.until(form.isVisible, "the form did not open")
        for count, family in enumerate(families, 1):
            hand.write_here(family)
            for _press in range(2):
                if len(form.who.ids) < count:
                    hand.press("Return")
                    hand.settle()
            hand.check(len(form.who.ids) == count, f"{count} found by the last name", asserted)
        hand.press("Return")
        hand.write_here("1")
        note = form.findChildren(QPlainTextEdit)[0]
        for _press in range(4):
            if not note.hasFocus():
                hand.press("Shift+Tab")
        hand.write_here(_NOTE)
        hand.press("Ctrl+Return")
        hand.until(lambda: not form.isVisible(), "the form did not close")
        used = hand.keys - start
        seconds = used * 60 / _KEYS_A_MINUTE
        hand.check(seconds < _SECONDS, f"{used} keys: {seconds:.0f} s at 40 words a minute", asserted)
        found = hand.window.desk.services.notes.find(words=_NOTE.split()[0])
        hand.check(any(len(one.person_ids) == 3 for one in found), "one contact, three people", asserted)


def _three_families(hand: Hand) -> list[str]:
    """The shortest last names that only one person of the sample has."""
    people = hand.window.desk.services.people.recent(limit=300)
    every = [
        one.details.names[0].family.casefold()
        for one in people
        if one.details.kind is PersonKind.KNOWN and one.details.names and not one.details.is_restricted
    ]
    once = [name for name in every if name.isascii() and name.isalpha() and every.count(name) == 1]
    return sorted(once, key=lambda name: (len(name), name))[:3]
