"""Texts of printed forms: as shipped, and as the agency says them."""

import tomllib
from dataclasses import dataclass, replace
from functools import cache

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.forms import HardToRead, Texts, check
from caseapp.domain.papers import LETTER_FIELDS
from caseapp.domain.reading import EASIEST_ASKED, grade
from caseapp.services.context import Service, verb
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import paths

FORMS = ("release", "papers", "letters", "sheets")
"""Files in `resources/forms`, one a language."""

CARD = ("card_", "crisis")
"""How the names of the card's texts start."""


@dataclass(frozen=True, slots=True)
class FormLine:
    """One text as the editor shows it: what is shipped, and what the agency says instead."""

    name: str
    shipped: str
    own: str


class FormService(Service):
    """Edits the texts; the shipped ones stay as they are."""

    @verb(Right.SEE_STAFF)
    def lines(self, *, form: str, language: str) -> list[FormLine]:
        """Every text of a form."""
        with self._context.read("form.list") as work:
            texts = texts_of(work, form, language)
        return [FormLine(name, text, texts.own.get(name, "")) for name, text in texts.shipped.items()]

    @verb(Right.CHANGE_AGENCY)
    def put(self, *, form: str, language: str, name: str, text: str) -> Change:
        """Say a text in other words; an empty one brings the shipped one back. Raises what `check` raises."""
        text = text.strip()
        check(name, text, shipped(form, language)[1], fields_of(form))
        with self._context.write("form.change") as work:
            texts = texts_of(work, form, language)
            reads = card_grade(replace(texts, own={**texts.own, name: text}))
            if form == "papers" and name.startswith(CARD) and reads > EASIEST_ASKED:
                raise HardToRead(grade=f"{reads:.1f}")
            work.forms.put(form, language, name, text)
            work.commit()
        return Change(frozenset({Kind.AGENCY}))


@cache
def shipped(form: str, language: str) -> tuple[int, dict[str, str]]:
    """Edition and texts as they come with the program."""
    content = tomllib.loads(paths.resource("forms", f"{form}.{language}.toml").read_text(encoding="utf-8"))
    return int(content.pop("edition")), content


def fields_of(form: str) -> tuple[str, ...]:
    """What texts of a form may fill in beside the words of the shipped ones."""
    return tuple(LETTER_FIELDS) if form == "letters" else ()


def card_grade(texts: Texts) -> float:
    """The school grade at which the what's-next card reads, by its texts."""
    said = (texts.say(name, phone="541-555-0100") for name in texts.shipped if name.startswith(CARD))
    return grade("\n".join(said), texts.language)


def texts_of(work: UnitOfWork, form: str, language: str) -> Texts:
    """The texts as they are printed now."""
    edition, texts = shipped(form, language)
    return Texts(language, edition, texts, work.forms.own(form, language))
