"""Take a link back: both records as they will be, and whose everything is that was written or taken since."""

from datetime import datetime
from functools import partial
from typing import NamedTuple
from uuid import UUID

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout
from typing_extensions import override

from caseapp.domain.added_facts import AddedFact, Fact, FactKey, TakenFact
from caseapp.domain.changes import Change
from caseapp.domain.counted import counted
from caseapp.domain.fact_words import fact_title, value_words
from caseapp.domain.given_facts import put_back, replaced
from caseapp.domain.one_person import OnePerson, one_person
from caseapp.domain.people import LinkKind
from caseapp.domain.second_line import second_line
from caseapp.services.parting import NotLinked, Parting, WrittenMeanwhile
from caseapp.ui.people.links import Pair
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button, clear, cut, label, row, scrolled
from caseapp.ui.widgets.beside import Beside

_SAID = 160
"""Letters shown of an entry: enough to tell it from the others."""

_NAME = 40
"""Letters shown of a name, whose number tells it from another."""

_WORD = 24
"""Letters of the longest word that is shown in one piece."""

_TITLE = "Unlink two records"
_STAYS = "What was written before the link stays with its record."
_NOTHING = "Nothing was written or taken away since the link, so there is nothing to decide."


class Asked(NamedTuple):
    """An entry or a fact of which somebody says whose it is; `said` is by whom, and its words.

    What was taken from a record goes back to it or stays away.
    """

    key: UUID | FactKey
    person_id: UUID
    at: datetime
    title: str
    said: str
    is_taken: bool = False


class PartingScreen(Screen):
    """What was there before the link goes back by itself; only what is newer is asked about."""

    name = "parting"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, _TITLE)
        self._pair: Pair | None = None
        self._is_new = False
        self._choices: dict[UUID | FactKey, _Choice] = {}
        self._build()

    def about(self, subject: object) -> None:
        self._pair = subject if isinstance(subject, Pair) else self._pair
        self._choices, self._is_new = {}, True
        if self.has_keyboard:
            self.setFocus()
        self.go.setEnabled(False)
        self.refresh()

    def refresh(self) -> None:
        pair, links = self._pair, self.desk.services.links
        if pair is not None:
            self.ask_to_open(
                lambda: links.parting(left_id=pair.left_id, right_id=pair.right_id),
                self._show,
                parts=(*self.sides, self.new),
                is_another=self._is_new,
            )

    def changed(self, _change: Change) -> None:
        """What was chosen here stays until it is sent off."""

    def _build(self) -> None:
        self.go = button("Unlink", self._unlink, look="primary")
        self.go.setEnabled(False)
        self.action_line.addWidget(button("Cancel", self._leave))
        self.action_line.addWidget(self.go)
        line = Beside()
        self.sides = [Panel("First person"), Panel("Second person")]
        for side in self.sides:
            side.pad()
            line.addWidget(side, 1)
        self.content.addLayout(line)
        self.new = Panel("Written or taken away since the link: whose is it?")
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(14, 10, 14, 12)
        self._lines.setSpacing(8)
        self.new.body.addWidget(scrolled(self._lines, "Written or taken away since the link"))
        self.content.addWidget(self.new, 1)
        self.begin_at(self.go)

    def _show(self, parting: Parting) -> None:
        self.title.setText(_TITLE)
        self._offer_to_go()
        rest = len(self._pair.rest) if self._pair else 0
        self.beside.setText(f"{counted(rest, 'more pair')} after this one" if rest else "")
        named = _named(parting)
        for side, whole, name in zip(self.sides, (parting.left, parting.right), named, strict=True):
            side.title.setText(name)
            clear(side.body)
            names = ", ".join(cut(one.display_name, _NAME) for one in whole.members)
            records = len(whole.members)
            words = "One record" if records == 1 else f"{records} records: {names}"
            side.body.addWidget(label(f"{words}.", "second", wraps=True))
            told = _short(second_line(whole.details, self.desk.services.context.today(), phones=2))
            side.body.addWidget(label(told or "Nothing else recorded", wraps=True, longest=_WORD))
        chosen = {key: choice.currentData() for key, choice in self._choices.items()}
        clear(self._lines)
        self._choices = {}
        asked = self._asked(parting)
        self._lines.addWidget(label(_STAYS if asked else f"{_STAYS} {_NOTHING}", "second", wraps=True))
        for one in asked:
            self._ask_whose(one, parting, named)
            for record_id in (one.person_id, chosen.get(one.key, one.person_id)):
                self._choices[one.key].choose(record_id)
        self._lines.addStretch(1)

    def _offer_to_go(self) -> None:
        """Both are read: the keyboard goes to what is done here, unless it went elsewhere meanwhile."""
        is_new, self._is_new = self._is_new, False
        self.go.setEnabled(True)
        if is_new and self.has_keyboard:
            self.take_focus()

    def _asked(self, parting: Parting) -> list[Asked]:
        """Entries and facts in the order in which they were written or taken away."""
        entries = [
            Asked(one.record_id, one.person_id, one.at, one.title, parting.said.get(one.record_id, ""))
            for one in parting.added
        ]
        facts = [
            Asked(one.key, one.person_id, one.at, *self._words_of(one, parting)) for one in parting.facts
        ]
        taken = [
            Asked(one.key, one.person_id, one.at, self._words_of_taken(one), one.by, is_taken=True)
            for one in parting.taken
        ]
        return sorted((*entries, *facts, *taken), key=lambda one: one.at)

    def _words_of(self, fact: AddedFact, parting: Parting) -> tuple[str, str]:
        """The fact; who wrote it, what it replaced, and what it would replace on the other side."""
        told = partial(self._told, fact.field)
        other = next(one for one in (parting.left, parting.right) if not _stands_on(one, fact))
        leads = other.members[0]
        back = [one for one in parting.taken if one.person_id == leads.id]
        lost = replaced(put_back(leads.details, back), fact)
        notes = [f"written instead of {told(fact.former)}"] if fact.former else []
        notes += [f"{cut(other.display_name, _NAME)} loses {told(lost)} if it goes there"] if lost else []
        words = f"{fact_title(fact)}: {told(fact.value)}"
        return words, ": ".join(filter(None, (fact.by, "; ".join(notes))))

    def _words_of_taken(self, fact: TakenFact) -> str:
        return f"{fact_title(fact)} taken away: {self._told(fact.field, fact.value)}"

    def _told(self, field: str, value: object) -> str:
        return _short(value_words(field, value, self.desk.lists.code_words))

    def _ask_whose(self, one: Asked, parting: Parting, named: tuple[str, str]) -> None:
        choice = _Choice()
        for whole, name in zip((parting.left, parting.right), named, strict=True):
            if not one.is_taken:
                choice.addItem(name, _record_of(whole, one))
            elif _stands_on(whole, one):
                choice.addItem(f"Back to {name[:1].lower()}{name[1:]}", one.person_id)
                choice.addItem("Stays away", None)
        choice.setAccessibleName(f"{'Where to' if one.is_taken else 'Whose is'} {one.title}")
        choice.setMinimumWidth(self.desk.look.pixels(220))
        choice.setMaximumWidth(self.desk.look.pixels(440))
        choice.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._choices[one.key] = choice
        day = label(self.desk.day_words(one.at), "small")
        day.setFixedWidth(self.desk.look.pixels(96))
        heading = label(one.title, "heading", wraps=True, longest=_WORD)
        policy = heading.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Expanding)
        heading.setSizePolicy(policy)
        self._lines.addWidget(row(day, heading, choice))
        said = _short(one.said)
        if said:
            words = label(said, "second", wraps=True, longest=_WORD)
            words.setContentsMargins(self.desk.look.pixels(104), 0, 0, 4)
            self._lines.addWidget(words)

    def _unlink(self) -> None:
        pair, links = self._pair, self.desk.services.links
        if pair is None:
            return
        belongs = {key: choice.currentData() for key, choice in self._choices.items()}
        self.go.setEnabled(False)
        self.ask(
            lambda: links.unlink(
                left_id=pair.left_id,
                right_id=pair.right_id,
                belongs=belongs,
                is_put_off=True,
                seen=LinkKind.SAME,
            ),
            partial(self._done, pair),
        )

    def _done(self, pair: Pair, change: Change) -> None:
        links = self.desk.services.links

        def again() -> None:
            self.ask(
                lambda: links.undo_unlink(left_id=pair.left_id, right_id=pair.right_id),
                self.desk.hub.changed.emit,
            )

        self._go_on(pair)
        self.desk.say("Unlinked: two people again.", again)
        self.desk.hub.changed.emit(change)

    def _go_on(self, pair: Pair) -> None:
        if pair.rest:
            self.desk.show("parting", pair.rest[0]._replace(rest=pair.rest[1:]))
        else:
            self.desk.show("person", pair.left_id)

    def _leave(self) -> None:
        pair = self._pair
        if pair is None:
            return
        self.desk.show("person", pair.left_id)
        if pair.rest:
            left = counted(len(pair.rest) + 1, "pair")
            self.desk.say(f"{left} stay linked. Each can be unlinked on the record of the person.", None)

    def refused(self, error: Exception) -> None:
        """Say why; what somebody wrote meanwhile is asked about too, beside what was chosen already.

        Of several pairs one that somebody else unlinked is left out.
        """
        pair = self._pair
        self.go.setEnabled(pair is not None)
        if isinstance(error, NotLinked) and pair is not None and pair.rest:
            self._go_on(pair)
        super().refused(error)
        if isinstance(error, WrittenMeanwhile):
            self.refresh()


class _Choice(QComboBox):
    """A choice that the wheel does not change: it scrolls the page instead."""

    def choose(self, record_id: UUID | None) -> None:
        """Set it to a record; to the first where that record is not offered."""
        offered = [self.itemData(place) for place in range(self.count())]
        if record_id in offered:
            self.setCurrentIndex(offered.index(record_id))

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


def _named(parting: Parting) -> tuple[str, str]:
    """The numbers of their records on the person's screen first, then names, which may agree or be long."""
    left, right = parting.left, parting.right
    both = one_person([*left.members, *right.members])
    numbers = [both.origin_words([one.id for one in side.members]).capitalize() for side in (left, right)]
    first, second = (cut(side.display_name, _NAME) for side in (left, right))
    return f"{numbers[0]}: {first}", f"{numbers[1]}: {second}"


def _short(text: str) -> str:
    return cut(" ".join(text.split()), _SAID)


def _stands_on(whole: OnePerson, one: Asked | Fact) -> bool:
    return one.person_id in {member.id for member in whole.members}


def _record_of(whole: OnePerson, one: Asked) -> UUID:
    """Where it goes on a side: it stays where it is, or goes to the record that leads there."""
    return one.person_id if _stands_on(whole, one) else whole.id
