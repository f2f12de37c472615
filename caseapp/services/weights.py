"""The agency's weights and how common its names are, kept between questions: each key typed asks again."""

from datetime import UTC, datetime, timedelta

from caseapp.domain.matching import saved
from caseapp.domain.matching.model import Model
from caseapp.domain.matching.profile import Profile
from caseapp.store.unit_of_work import UnitOfWork

FEW, COUNTED_FOR = 2000, timedelta(minutes=10)
COMMON = 50
"""From so many people on, a name is counted now and then: one more of them changes nothing."""


class Weights:
    """The weights, read again only after they were learned anew; how many people there are, and of a name."""

    def __init__(self) -> None:
        self._version = -1
        self._model = Model()
        self._people, self._counted_at = 0, datetime.min.replace(tzinfo=UTC)
        self._common: dict[str, int] = {}

    def of(self, work: UnitOfWork) -> Model:
        """The weights that were learned last, or those the program comes with."""
        version = work.reviews.weights_version()
        if version != self._version:
            _count, content = work.reviews.weights()
            self._model = saved.from_plain(content) if content else Model()
            self._version = version
        return self._model

    def people(self, work: UnitOfWork) -> int:
        """How many people there are, roughly: they are counted now and then, which takes a while."""
        if self._people < FEW or not timedelta() <= work.now - self._counted_at < COUNTED_FOR:
            self._people, self._counted_at = work.search.count(), work.now
            self._common = {}
        return self._people

    def name_counts(self, work: UnitOfWork, wanted: Profile) -> dict[str, int]:
        """How many people have each word of these names; common ones as counted when the people were."""
        words = {word for name in wanted.names[:6] for word in (*name.given[:2], *name.family[:3])}
        kept = self._common
        known = {word: kept[word] for word in words & kept.keys()}
        counted = work.search.name_counts(words - known.keys())
        kept |= {word: number for word, number in counted.items() if number >= COMMON}
        return counted | known
