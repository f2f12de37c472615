"""The languages of the spell check and the agency's own words."""

from caseapp.domain.access import Right
from caseapp.domain.changes import Change, Kind
from caseapp.domain.spelling import Spelling, check_spelling
from caseapp.services.context import Service, verb
from caseapp.store.unit_of_work import UnitOfWork

_SETTING = "spelling"
_KINDS = frozenset({Kind.AGENCY})


class SpellingService(Service):
    """What is right beside the dictionaries."""

    @verb(Right.SEE_STAFF)
    def get(self) -> Spelling:
        """The agency's languages and words."""
        with self._context.read("spelling.get") as work:
            return _kept(work)

    @verb(Right.LOG_CONTACTS)
    def add_word(self, *, word: str) -> Spelling:
        """Count a word as right for everybody of the agency; raises NotAWord."""
        with self._context.write("spelling.add-word") as work:
            kept = _kept(work).with_word(word)
            work.settings.put(_SETTING, kept.stored())
            work.commit()
        return kept

    @verb(Right.CHANGE_AGENCY)
    def change(self, *, spelling: Spelling) -> Change:
        """Write the languages and the whole list of words; raises NotAWord."""
        kept = check_spelling(spelling)
        with self._context.write("spelling.change") as work:
            work.settings.put(_SETTING, kept.stored())
            work.commit()
        return Change(_KINDS)


def _kept(work: UnitOfWork) -> Spelling:
    return Spelling.of(work.settings.get(_SETTING) or {})
