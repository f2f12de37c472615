"""Which given names may mean one person."""

import pytest

from caseapp.domain.short_forms import forms_of, groups_of


def test_a_name_is_among_its_own_forms_and_those_of_its_groups():
    assert {"volodymyr", "vladimir", "vova"} <= forms_of("vladimir") and forms_of("xyzzy") == {"xyzzy"}


@pytest.mark.parametrize(
    ("full", "short"),
    [
        *(("luis", "wicho"), ("moises", "moy"), ("mohammed", "moe"), ("maurice", "moe"), ("lourdes", "lulu")),
        *(("graciela", "chela"), ("gilberto", "beto"), ("leopoldo", "polo"), ("tyrone", "ty")),
    ],
)
def test_everyday_short_forms_are_known(full, short):
    assert short in forms_of(full) and not groups_of(full).isdisjoint(groups_of(short))


@pytest.mark.parametrize(("one", "other"), [("luis", "mauricio"), ("graciela", "lourdes"), ("mary", "rosa")])
def test_names_of_different_people_share_no_group(one, other):
    assert groups_of(one).isdisjoint(groups_of(other))
