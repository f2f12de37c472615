"""What was judged stays judged, whatever the weights of the day say of it."""

from uuid import UUID

import pytest

from caseapp.domain.judgements import Judged, evidence_of, seen_with
from caseapp.domain.matching.comparison import compare
from caseapp.domain.matching.frequencies import Frequencies
from caseapp.domain.matching.levels import LocalityLevel
from caseapp.domain.matching.model import DEFAULT_U, Model
from caseapp.domain.matching.reasons import explain, words_of
from caseapp.domain.matching.traits import profile_of
from caseapp.domain.people import Judgement, LinkKind, PersonPlace
from tests.builders import a_person

LEFT, RIGHT, THIRD = (UUID(int=number) for number in (1, 2, 3))


def a_pattern(**changes):
    profiles = [
        profile_of(a_person(given, places=(PersonPlace("home", "Springfield, OR 97477"),), **changes))
        for given in ("James", "Jim")
    ]
    return compare(*profiles, Frequencies())[0]


def one_town():
    """The weights of an agency all of whose people live in one town: it says nothing of anybody."""
    towns = list(DEFAULT_U["locality"])
    towns[LocalityLevel.EXACT], towns[LocalityLevel.DIFFERENT] = 0.7, 0.23
    return Model(u={**DEFAULT_U, "locality": tuple(towns)})


def shown(pattern, model):
    return tuple(one.words for one in explain(pattern, model))


def judged_apart(words):
    return Judged([Judgement(LEFT, RIGHT, LinkKind.DIFFERENT, tuple(words))])


@pytest.mark.parametrize(("then", "now"), [(Model(), one_town()), (one_town(), Model())])
def test_weights_learned_anew_bring_no_pair_back(then, now):
    pattern = a_pattern()
    assert shown(pattern, then) != shown(pattern, now)
    evidence = evidence_of(words_of(pattern))
    judged = judged_apart(seen_with(shown(pattern, then), evidence))
    assert judged.is_settled(LEFT, RIGHT, evidence, shown(pattern, now))


def test_a_judgement_of_an_older_edition_stands_by_the_reasons_that_were_shown():
    pattern = a_pattern()
    judged = judged_apart(shown(pattern, one_town()))
    evidence = evidence_of(words_of(pattern))
    assert judged.is_settled(LEFT, RIGHT, evidence, shown(pattern, one_town()))


def test_other_evidence_brings_the_pair_back_and_no_other_of_its_groups():
    evidence, other = (evidence_of(words_of(a_pattern(**one))) for one in ({}, {"birth": None}))
    judged = Judged(
        [
            Judgement(LEFT, RIGHT, LinkKind.DIFFERENT, tuple(seen_with((), evidence))),
            Judgement(RIGHT, THIRD, LinkKind.SAME, ()),
        ]
    )
    assert evidence != other and not judged.is_settled(LEFT, RIGHT, other)
    assert judged.is_settled(LEFT, THIRD, other) and judged.is_settled(RIGHT, THIRD, other)
