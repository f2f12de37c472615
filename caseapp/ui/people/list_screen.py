"""People: the list, found as one types."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit

from caseapp.domain.access import Right
from caseapp.domain.births import age_words
from caseapp.domain.people import Person, main_phone, other_names, usual_place
from caseapp.ui.person_papers.subjects import LettersFor
from caseapp.ui.screen import Desk, Screen
from caseapp.ui.widgets.basics import Panel, button
from caseapp.ui.widgets.table import Column, Table

_NOBODY_YET = "Nobody is on record yet. Write a new person, or bring in a list under Import."
_NOT_FOUND = "Nobody found. Try fewer letters, another spelling, or part of the phone."


class PeopleScreen(Screen):
    """People changed last, or those that a search finds."""

    name = "people"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "People")
        self._build()
        self._connect()

    def refresh(self) -> None:
        text, services = self.words.text().strip(), self.desk.services

        def read() -> list[Person]:
            if not text:
                return services.people.recent()
            hits = services.search.find(query=text, limit=50)
            ids = tuple(hit.record_id for hit in hits if hit.kind == "person")
            return services.people.many(person_ids=ids)

        self.table.say_if_empty(_NOT_FOUND if text else _NOBODY_YET)
        self.ask(read, self.table.set_rows, key="list")
        if not self.review.isHidden():
            self.ask(services.recognition.count, self._show_count, key="pairs")

    @property
    def person_in_view(self) -> UUID | None:
        one = self.table.current()
        return one.id if one else None

    def _letters(self) -> None:
        ids = tuple(one.id for one in self.table.shown())
        self.desk.show("letters", LettersFor(ids, "the people listed"))

    def _show_count(self, pairs: int) -> None:
        self.review.setText(f"Review pairs ({pairs:,})" if pairs else "Review pairs")

    def _build(self) -> None:
        self.action_line.addWidget(button("Unknown persons", lambda: self.desk.show("unknown", None)))
        self.review = button("Review pairs", lambda: self.desk.show("review", None))
        if not self.desk.may(Right.LINK_PEOPLE):
            self.review.hide()
        self.action_line.addWidget(self.review)
        self.action_line.addWidget(button("Letters", self._letters, hint="One letter to everybody listed"))
        new = ("New person", lambda: self.desk.show("new-person", None))
        first_step = new if self.desk.may(Right.CHANGE_PEOPLE) else None
        if first_step:
            self.action_line.addWidget(button(*first_step, look="primary"))
        self.words = QLineEdit()
        self.words.setPlaceholderText("Name parts in any order, phone, birth date, alias, call number")
        self.words.setAccessibleName("Find people")
        self.words.setClearButtonEnabled(True)
        panel = Panel()
        panel.body.setContentsMargins(12, 12, 12, 0)
        panel.body.setSpacing(8)
        panel.body.addWidget(self.words)
        self.table = self._listed(first_step)
        panel.body.addWidget(self.table)
        self.content.addWidget(panel, 1)

    def _listed(self, first_step: tuple[str, Callable[[], None]] | None) -> Table[Person]:
        today, said = self.desk.services.context.today, self.desk.lists.words
        return Table(
            "People",
            (
                Column("Name", lambda one: one.display_name, second=_second, is_bold=True, width=270),
                Column("Age", lambda one: age_words(one.details.birth, today()), sort=_age, width=130),
                Column(
                    "Languages",
                    lambda one: ", ".join(said.word("language", code) for code in one.details.languages),
                    width=160,
                    gives_way=True,
                ),
                Column("Phone", _phone, width=160, holds="(000) 000-0000"),
                Column(
                    "Usually at",
                    lambda one: usual_place(one.details, today()),
                    width=200,
                ),
                Column(
                    "Alerts",
                    lambda one: "; ".join(alert.text for alert in one.details.alerts_on(today())),
                    width=220,
                ),
            ),
            self.desk.look,
            empty=_NOBODY_YET,
            first_step=first_step,
        )

    def _connect(self) -> None:
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(80)
        self._wait.timeout.connect(self.refresh)
        self.words.textEdited.connect(lambda _text: self._wait.start())
        self.words.returnPressed.connect(self.table.view.setFocus)
        self.table.opened.connect(lambda one: self.desk.show("person", one.id))
        self.table.offer("Papers", "d")
        self.table.key_pressed.connect(self._on_key)
        self.begin_at(self.words)

    def _on_key(self, letter: str, one: Person) -> None:
        if letter == "d":
            self.desk.show("papers", one.id)


def _second(one: Person) -> str:
    return ", ".join(filter(None, (one.details.pronouns, *other_names(one.details)))) or " "


def _phone(one: Person) -> str:
    phone = main_phone(one.details)
    return phone.value if phone else ""


def _age(one: Person) -> int:
    """The youngest first; whoever's birth is not known comes last."""
    birth = one.details.birth
    return -birth.on.toordinal() if birth else 0
