"""The agency's weights and how common its names are, kept between questions: each key typed asks again."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from caseapp.domain.matching import saved
from caseapp.domain.matching.model import Model
from caseapp.domain.matching.profile import Profile
from caseapp.store.unit_of_work import UnitOfWork

FEW, COUNTED_FOR = 2000, timedelta(minutes=10)
ASKED_EVERY = timedelta(seconds=5)
"""How long after another desk learned the weights they may still be unknown here."""

COMMON = 50
"""From so many people on, a name is counted now and then: one more of them changes nothing."""

_NEVER = datetime.min.replace(tzinfo=UTC)


class Weights:
    """The weights, read again only after they were learned anew; how many people there are, and of a name."""

    def __init__(self) -> None:
        self._version = -1
        self._model = Model()
        self._asked_at = self._counted_at = _NEVER
        self._people = 0
        self._common: dict[str, int] = {}

    def of(self, work: UnitOfWork) -> Model:
        """The weights that were learned last, or those the program comes with.

        Those another desk learned are known here a few seconds later: every key that is typed asks.
        """
        if _is_old(self._asked_at, work.now, ASKED_EVERY):
            version = work.reviews.weights_version()
            if version != self._version:
                _count, content = work.reviews.weights()
                self._model = saved.from_plain(content) if content else Model()
                self._version = version
            self._asked_at = work.now
        return self._model

    def learned(self) -> None:
        """Read the weights at the next question: they were just written."""
        self._asked_at = _NEVER

    def people(self, work: UnitOfWork) -> int:
        """How many people there are, roughly: they are counted now and then, which takes a while."""
        if self._people < FEW or _is_old(self._counted_at, work.now, COUNTED_FOR):
            self._people, self._counted_at = work.search.count(), work.now
            self._common = {}
        return self._people

    def name_counts(self, work: UnitOfWork, wanted: Profile, met: Mapping[str, int]) -> dict[str, int]:
        """How many people have each word of these names; common ones as counted when the people were.

        What is known of some of them, because they were just `met`, is not counted again.
        """
        words = {word for name in wanted.names[:6] for word in (*name.given[:2], *name.family[:3])}
        kept = self._common
        known = {word: each[word] for each in (kept, met) for word in words if word in each}
        counted = work.search.name_counts(words - known.keys())
        kept |= {word: number for word, number in counted.items() if number >= COMMON}
        return counted | known


def _is_old(since: datetime, now: datetime, lasts: timedelta) -> bool:
    """Whether it is longer ago than it lasts; what lies ahead is old too, for the clock was set back."""
    return not timedelta() <= now - since < lasts
