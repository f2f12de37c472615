"""What dispatch centres write of how a response ended, as codes of our own lists.

Spellings are those met in real exports (Lane County writes four of them two ways); a word that is not
here stays "other", never "unknown", because something was recorded.
"""

from functools import lru_cache

ENGAGED, NOT_FOUND, DECLINED, CANCELLED, UNSAFE, OTHER, UNKNOWN = (
    "engaged",
    "not-found",
    "declined",
    "cancelled",
    "unsafe",
    "other",
    "",
)

ENDS = {
    "engaged client": ENGAGED,
    "engaged": ENGAGED,
    "client engaged": ENGAGED,
    "unable to locate": NOT_FOUND,
    "unable to locate client": NOT_FOUND,
    "gone on arrival": NOT_FOUND,
    "goa": NOT_FOUND,
    "refused": DECLINED,
    "client declined to engage": DECLINED,
    "declined": DECLINED,
    "cancelled": CANCELLED,
    "canceled": CANCELLED,
    "dispatch canceled before arrival": CANCELLED,
    "dispatch cancelled before arrival": CANCELLED,
    "no contact due to safety concern": UNSAFE,
}
"""How the dispatch ended, as the centre writes it -> whether the team engaged the person."""

COMMUNITY = "community"
OUTCOMES = {
    "remained in community": COMMUNITY,
    "resolved on scene": COMMUNITY,
    "assisted": COMMUNITY,
    "emergency department": "hospital",
    "hospital": "hospital",
    "transported": "hospital",
    "sobering/detox facility": "sobering",
    "sobering or detox facility": "sobering",
    "crisis walk-in center": "crisis-center",
    "crisis walk-in centre": "crisis-center",
    "respite": "respite",
    "shelter": "shelter",
    "arrest": "jail",
    "arrested": "jail",
    "jail": "jail",
    "gone on arrival": NOT_FOUND,
    "unable to locate": NOT_FOUND,
}
"""Where the person was afterwards, as the centre writes it -> `scene_outcome`."""

_HOSPITAL, _COMMUNITY_PLACES = ("hospital",), ("crisis-center", "sobering", "shelter", "respite")
HOSPITAL = frozenset(_HOSPITAL)
COMMUNITY_PLACES = frozenset(_COMMUNITY_PLACES)
_MET = frozenset({COMMUNITY, "jail", "declined", *_HOSPITAL, *_COMMUNITY_PLACES})


@lru_cache(maxsize=4096)
def end_of(text: str) -> str:
    """The code of a dispatch's end point; empty when nothing is written."""
    return ENDS.get(_plain(text), OTHER) if text.strip() else UNKNOWN


@lru_cache(maxsize=4096)
def outcome_of(text: str) -> str:
    """The code of a disposition; empty when nothing is written. A code of ours stays itself."""
    plain = _plain(text)
    if plain in _MET or plain in (NOT_FOUND, OTHER):
        return plain
    return OUTCOMES.get(plain, OTHER) if plain and plain != "unknown" else UNKNOWN


def was_engaged(end: str, met: tuple[str, ...]) -> bool | None:
    """Whether the team engaged somebody; None where nothing tells.

    The centre's end point decides. Without one, what we wrote of the people met does: somebody whose
    outcome is recorded was engaged, unless nobody was found. A time of engagement alone is no proof,
    because in real exports one in five is a placeholder.
    """
    if end:
        return end == ENGAGED
    told = [one for one in met if one]
    return any(one in _MET for one in told) if told else None


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
