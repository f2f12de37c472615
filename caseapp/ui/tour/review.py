"""The tour's steps through the review of people who stand twice: link two records, and take it back."""

from caseapp.ui.people.list_screen import PeopleScreen
from caseapp.ui.people.parting_screen import PartingScreen
from caseapp.ui.people.person_screen import PersonScreen
from caseapp.ui.people.review_screen import ReviewScreen
from caseapp.ui.tour.hand import Hand


def review(hand: Hand) -> None:
    """Look for people who stand twice, link the likeliest pair, see one person, and unlink."""
    screen = _look(hand)
    pair = screen.table.model.rows[0]
    before = len(screen.table.model.rows)
    with hand.step("review, linked") as asserted:
        hand.open_row(screen.table, keys="L")
        hand.until(lambda: len(screen.table.model.rows) < before, "the pair was not linked")
        asserted.append("one key links the pair, and the next one is chosen")
    with hand.step("linked records") as asserted:
        person = hand.search(pair.left.display_name, PersonScreen)
        hand.until(lambda: person.record is not None and bool(person.record.linked), "no link is shown")
        asserted.append("both records are one person, each value with its record")
    with hand.step("unlink") as asserted:
        hand.click(hand.button("Unlink records 1 and 2"))
        hand.screen(PartingScreen)
        asserted.append("both sides are shown as they will be")
    with hand.step("unlinked") as asserted:
        hand.click(hand.button("Unlink", hand.window.current))
        hand.screen(PersonScreen)
        hand.until(lambda: person.record is not None and not person.record.linked, "the link still stands")
        hand.click(hand.button("Review pairs", hand.go_to("People", PeopleScreen)))
        hand.screen(ReviewScreen)
        hand.until(lambda: len(screen.table.model.rows) == before, "the pair does not wait again")
        asserted.append("two people again, and the pair waits for a judgement")


def _look(hand: Hand) -> ReviewScreen:
    with hand.step("review") as asserted:
        hand.click(hand.button("Review pairs", hand.go_to("People", PeopleScreen)))
        screen = hand.screen(ReviewScreen)
        hand.settle()
        hand.click(screen.look)
        hand.until(lambda: bool(screen.table.model.rows), "nobody stands twice in the sample")
        count = len(screen.table.model.rows)
        hand.check(
            screen.beside.text().startswith(f"{count} "), f"{count} pairs are counted and listed", asserted
        )
    return screen
