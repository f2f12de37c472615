"""Texts of printed forms: as shipped, and as the agency says them."""

import csv
import tomllib
from dataclasses import dataclass, replace
from functools import cache

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.forms import (
    LANGUAGES,
    HardToRead,
    LetterTextMissing,
    OwnLetter,
    Texts,
    check,
    is_of_own_letter,
    own_letter,
    own_letters,
)
from caseapp.domain.papers import LETTER_FIELDS
from caseapp.domain.reading import EASIEST_ASKED, grade
from caseapp.services.context import Service, verb
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import paths

LETTERS_FORM = "letters"
BEGINS_AS = "follow-up_text"
"""The shipped letter from which a new one is written."""

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
        return [FormLine(name, text, texts.own.get(name, "")) for name, text in known(texts).items()]

    @verb(Right.DISCLOSE)
    def own_letters(self) -> tuple[OwnLetter, ...]:
        """Letters that the agency wrote itself, by name."""
        with self._context.read("form.own-letters") as work:
            return own_letters(work.forms.own(LETTERS_FORM, LANGUAGES[0]))

    @verb(Right.CHANGE_AGENCY)
    def add_letter(self, *, title: str) -> OwnLetter:
        """Add a letter in every language, which begins as the follow-up letter and is written from there.

        Raises LetterUnnamed, LetterNameTaken or TextTooLong.
        """
        with self._context.write("form.add-letter") as work:
            stands = own_letters(work.forms.own(LETTERS_FORM, LANGUAGES[0]))
            made = own_letter(title, [one.key for one in stands])
            check(made.names[0], made.title, dict.fromkeys(made.names, ""))
            for language in LANGUAGES:
                begun = shipped(LETTERS_FORM, language)[1][BEGINS_AS]
                for name, text in zip(made.names, (made.title, begun), strict=True):
                    work.forms.put(LETTERS_FORM, language, name, text)
            work.commit()
        return made

    @verb(Right.CHANGE_AGENCY)
    def take_letter(self, *, key: str) -> Change:
        """Take a letter of our own away; what was printed of it stays in the accounting."""
        with self._context.write("form.take-letter") as work:
            for language in LANGUAGES:
                for name in OwnLetter(key, "").names:
                    work.forms.put(LETTERS_FORM, language, name, "")
            work.commit()
        return Change(frozenset({Kind.AGENCY}))

    @verb(Right.CHANGE_AGENCY)
    def put(self, *, form: str, language: str, name: str, text: str) -> Change:
        """Say a text in other words; an empty one brings the shipped one back.

        Raises what `check` raises, HardToRead for the card, or LetterTextMissing where nothing was shipped.
        """
        text = text.strip()
        with self._context.write("form.change") as work:
            texts = texts_of(work, form, language)
            check(name, text, known(texts), fields_of(form))
            if not text and name not in texts.shipped:
                raise LetterTextMissing()
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


@cache
def shipped_lists(language: str) -> dict[str, dict[str, str]]:
    """The words of the shipped lists, for codes that a file of an older edition does not list yet."""
    found: dict[str, dict[str, str]] = {}
    for file in paths.database_assets("seed").glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as text:
            rows = [row for row in csv.DictReader(text) if row.get(f"label_{language}")]
        found[file.stem] = {row["code"]: row[f"label_{language}"] for row in rows}
    return found


def known(texts: Texts) -> dict[str, str]:
    """Every text that can be said otherwise, with what was shipped; of our own letters nothing was."""
    return {**dict.fromkeys(filter(is_of_own_letter, texts.own), ""), **texts.shipped}


def fields_of(form: str) -> tuple[str, ...]:
    """What texts of a form may fill in beside the words of the shipped ones."""
    return tuple(LETTER_FIELDS) if form == LETTERS_FORM else ()


def card_grade(texts: Texts) -> float:
    """The school grade at which the what's-next card reads, by its texts."""
    said = (texts.say(name, phone="541-555-0100") for name in texts.shipped if name.startswith(CARD))
    return grade("\n".join(said), texts.language)


def texts_of(work: UnitOfWork, form: str, language: str) -> Texts:
    """The texts as they are printed now."""
    edition, texts = shipped(form, language)
    own, lists = work.forms.own(form, language), work.agency.words(language)
    known = shipped_lists(language)
    said = {name: {**known.get(name, {}), **lists.get(name, {})} for name in {*known, *lists}}
    return Texts(language, edition, texts, own, said)
