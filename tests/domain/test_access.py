"""Whose cases somebody reaches: narrower scopes reach no more, and a team always reaches its own case."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from caseapp.domain.access import Actor, Hands, Role, Scope, reaches, reaches_all

IDS = st.integers(1, 5).map(lambda number: UUID(int=number))
SETS = st.frozensets(IDS, max_size=4)
HANDS = st.builds(Hands, SETS, st.none() | IDS)


def actor(me, scope, programs, team):
    return Actor(me, "Rae", Role.PEER_SPECIALIST, scope, programs, team | {me})


@given(IDS, st.sampled_from(Scope), SETS, SETS, HANDS)
def test_the_team_of_a_case_reaches_it_whatever_the_scope(me, scope, programs, team, hands):
    mine = Hands(hands.staff | {me}, hands.program_id)
    assert reaches(actor(me, scope, programs, team), mine)


@given(IDS, SETS, SETS, HANDS)
def test_a_wider_scope_reaches_what_a_narrower_one_does(me, programs, team, hands):
    own, near, wide = (
        reaches(actor(me, scope, programs, team), hands) for scope in (Scope.OWN, Scope.TEAM, Scope.ALL)
    )
    assert own <= near <= wide
    assert own is (me in hands.staff) and near is bool(hands.staff & (team | {me})) and wide


@given(IDS, SETS, SETS, HANDS)
def test_a_program_reaches_its_cases_and_those_of_none(me, programs, team, hands):
    somebody = actor(me, Scope.PROGRAM, programs, team)
    is_within = not programs or hands.program_id is None or hands.program_id in programs
    assert reaches(somebody, hands) is (is_within or me in hands.staff)
    assert not reaches_all(somebody) or reaches(somebody, hands)
