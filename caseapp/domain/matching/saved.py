"""A model as plain values, so that an agency's own weights can be kept, compared and explained."""

from collections.abc import Mapping
from typing import Any

from caseapp.domain.matching.comparison import LEVELS
from caseapp.domain.matching.frequencies import Frequencies
from caseapp.domain.matching.model import Model, Relatives
from caseapp.domain.matching.profile import Born, Locality, Street
from caseapp.domain.matching.reasons import WORDS

KEPT = 4000
"""Values of a kind whose frequency is kept, the commonest; the others count as rare."""

_MADE_OF: dict[str, Any] = {
    "birth": lambda parts: Born(*parts),
    "street": lambda parts: Street(*parts),
    "locality": lambda parts: Locality(*parts),
    "both": tuple,
}


def to_plain(model: Model) -> dict[str, Any]:
    """The model as JSON values."""
    shares = {
        kind: [[value, share] for value, share in _commonest(found)]
        for kind, found in model.frequencies.shares.items()
    }
    return {
        "m": model.m,
        "u": model.u,
        "one": model.one,
        "relatives": list(model.relatives),
        "shares": shares,
        "average": model.frequencies.average,
    }


def from_plain(content: Mapping[str, Any]) -> Model:
    """A kept model; one of an edition with other levels gives way to the defaults."""
    if "relatives" not in content or not (_fits(content["m"]) and _fits(content["u"])):
        return Model()
    shares = {
        kind: {_MADE_OF.get(kind, str)(value): share for value, share in found}
        for kind, found in content["shares"].items()
    }
    return Model(
        m={name: tuple(row) for name, row in content["m"].items()},
        u={name: tuple(row) for name, row in content["u"].items()},
        one=content["one"],
        relatives=Relatives(*content["relatives"]),
        frequencies=Frequencies(shares, dict(content["average"])),
    )


def in_words(model: Model) -> list[str]:
    """What each agreement says, one sentence each, the strongest first."""
    found = sorted(((model.bits(*one), words) for one, words in WORDS.items()), reverse=True)
    return [f"{words[:1].upper()}{words[1:]}: {_strength(bits)}." for bits, words in found]


def _strength(bits: float) -> str:
    times = 2 ** abs(bits)
    shown = f"{times:,.0f}" if times >= 10 else f"{times:.1f}"
    return (
        f"{shown} times more often for one person" if bits > 0 else f"{shown} times more often for two people"
    )


def _fits(table: Mapping[str, Any]) -> bool:
    return {name: len(row) for name, row in table.items()} == {
        name: len(levels) for name, levels in LEVELS.items()
    }


def _commonest(found: Mapping[object, float]) -> list[tuple[object, float]]:
    return sorted(found.items(), key=lambda one: -one[1])[:KEPT]
