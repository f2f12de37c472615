"""Texts of printed forms: as shipped, and as the agency says them."""

import tomllib
from dataclasses import dataclass
from functools import cache

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.forms import Texts, check
from caseapp.services.context import Service, verb
from caseapp.store.unit_of_work import UnitOfWork
from caseapp.system import paths

FORMS = ("release", "papers")
"""Files in `resources/forms`, one a language."""


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
        check(name, text, shipped(form, language)[1])
        with self._context.write("form.change") as work:
            work.forms.put(form, language, name, text)
            work.commit()
        return Change(frozenset({Kind.AGENCY}))


@cache
def shipped(form: str, language: str) -> tuple[int, dict[str, str]]:
    """Edition and texts as they come with the program."""
    content = tomllib.loads(paths.resource("forms", f"{form}.{language}.toml").read_text(encoding="utf-8"))
    return int(content.pop("edition")), content


def texts_of(work: UnitOfWork, form: str, language: str) -> Texts:
    """The texts as they are printed now."""
    edition, texts = shipped(form, language)
    return Texts(language, edition, texts, work.forms.own(form, language))
