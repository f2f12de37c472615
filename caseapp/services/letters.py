"""Letters to many: checked page by page before anything is printed, then printed and recorded at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from caseapp.documents import person_letter
from caseapp.documents.page import Built
from caseapp.documents.person_letter import PersonLetterData
from caseapp.domain.access import Right
from caseapp.domain.disclosures import Basis, Ground
from caseapp.domain.errors import CaseAppError
from caseapp.domain.forms import LANGUAGES, Texts
from caseapp.domain.papers import LETTER_FIELDS, PaperKind, items_of
from caseapp.services import forms, letter_words, way_out
from caseapp.services.context import Service, verb
from caseapp.services.groups import each_once
from caseapp.services.person_facts import PersonFacts, language_of, read_facts
from caseapp.services.person_papers import paper_of
from caseapp.services.stages import Progress, no_progress
from caseapp.store.unit_of_work import UnitOfWork

Which = tuple[PaperKind, str]
"""A letter, and its key where it is our own."""

_TO_THE_PERSON = Ground(Basis.TO_THE_PERSON)


class NobodyToWriteTo(CaseAppError):
    """None of the people who were asked for may be written to."""

    code = "letters.nobody"


class LettersStopped(CaseAppError):
    """The user stopped the letters before any was recorded."""

    code = "letters.stopped"


@dataclass(frozen=True, slots=True)
class Checked:
    """One letter before it is printed: `page` is where it starts, from 0; `problems` are in words."""

    person_id: UUID
    name: str
    language: str
    page: int
    problems: tuple[str, ...]

    @property
    def may_go(self) -> bool:
        """Whether it goes unless the user says otherwise: nothing stands against it."""
        return not self.problems


@dataclass(frozen=True, slots=True)
class Checking:
    """All letters as they would print, and what is to be looked at first."""

    letters: tuple[Checked, ...]
    pdf: bytes
    pages: int


@dataclass(frozen=True, slots=True)
class PrintedLetters:
    """The letters in one file, and the numbers under which each is recorded."""

    pdf: bytes
    numbers: tuple[str, ...]


class LetterService(Service):
    """Mail merge: the same letter to many people, each in their language."""

    @verb(Right.DISCLOSE)
    def check(
        self,
        *,
        kind: PaperKind,
        person_ids: tuple[UUID, ...],
        own: str = "",
        language: str = "",
        progress: Progress = no_progress,
    ) -> Checking:
        """Every page, and beside each what is missing; without `language` each letter is in the person's.

        People who may not be opened are left out; one with several records gets one letter. Nobody else waits
        while the pages are made. Raises NobodyToWriteTo or LettersStopped.
        """
        with self._context.read("letters.check") as work:
            found, built, page = [], [], 0
            for data, facts, texts in self._letters(work, (kind, own), person_ids, language, progress):
                alone = person_letter.build([data])
                found.append(_checked((kind, own), facts, texts, page, alone))
                built.append(data)
                page += alone.pages
        with self._context.write("letters.check") as work:
            people = tuple(one.person_id for one in found)
            work.note("previewed", detail={"what": kind.value}, subjects=people)
            work.commit()
        return Checking(tuple(found), person_letter.build(built).pdf, page)

    @verb(Right.DISCLOSE)
    def print(
        self,
        *,
        kind: PaperKind,
        person_ids: tuple[UUID, ...],
        own: str = "",
        language: str = "",
        progress: Progress = no_progress,
    ) -> PrintedLetters:
        """The letters in one file, each recorded with its own page; all of them or none.

        Raises NobodyToWriteTo or LettersStopped.
        """
        with self._context.write("letters.print") as work:
            built, numbers = [], []
            for data, facts, _texts in self._letters(work, (kind, own), person_ids, language, progress):
                ruling = way_out.rule(
                    self._context,
                    work,
                    person_id=facts.person_id,
                    items=items_of(kind, says_substance_use=False),
                    recipient=facts.name,
                    ground=_TO_THE_PERSON,
                    verb="letters.print",
                )
                printed = way_out.record(
                    work,
                    person_id=facts.person_id,
                    ruling=ruling,
                    recipient=facts.name,
                    address=facts.mail,
                    paper=paper_of(work, kind, own),
                    built=person_letter.build([data]),
                    number=data.foot.split(" ", 1)[0],
                    ground=_TO_THE_PERSON,
                )
                built.append(data)
                numbers.append(printed.number)
            pages = person_letter.build(built)
            work.commit(reason=f"{len(built)} letters")
        return PrintedLetters(pages.pdf, tuple(numbers))

    def _letters(
        self,
        work: UnitOfWork,
        which: Which,
        person_ids: tuple[UUID, ...],
        language: str,
        progress: Progress,
    ) -> Iterator[tuple[PersonLetterData, PersonFacts, Texts]]:
        """Letter by letter: as it will print, the facts, and the texts of the language it is in."""
        people = each_once(self._context, work, person_ids, lambda one: one)
        if not people:
            raise NobodyToWriteTo()
        texts = {one: forms.texts_of(work, "letters", one) for one in LANGUAGES}
        for done, (person_id, _whole) in enumerate(people, start=1):
            facts = read_facts(self._context, work, person_id)
            spoken = language or language_of(facts.details)
            number = way_out.next_number(self._context, work)
            foot = way_out.foot(self._context, number, spoken)
            yield letter_words.letter(texts[spoken], *which, facts, foot), facts, texts[spoken]
            if not progress("letters", done, len(people)):
                raise LettersStopped()


def _checked(
    which: Which,
    facts: PersonFacts,
    texts: Texts,
    page: int,
    built: Built,
) -> Checked:
    problems = []
    if facts.details.deceased_on is not None:
        problems.append("has died")
    if not facts.mail:
        problems.append("no address where mail is safe")
    problems += [
        f"{LETTER_FIELDS[name]}: not recorded" for name in letter_words.lacking(texts, *which, facts)
    ]
    if built.pages > 1:
        problems.append(f"{built.pages} pages")
    if built.missing_glyphs:
        problems.append(f"{len(built.missing_glyphs)} letters that cannot be printed")
    return Checked(facts.person_id, facts.name, texts.language, page, tuple(problems))
