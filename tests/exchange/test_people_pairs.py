"""What a row of a list says is compared as far as it tells who somebody is."""

from caseapp.domain.matching import lists
from caseapp.domain.matching.reasons import words_of
from caseapp.domain.people_lists import ListedPerson
from caseapp.exchange.people_pairs import profile_of
from tests.crowd import crowd


def row(number, given, family, mail):
    return profile_of(ListedPerson(row=number, given=given, family=family, emails=(mail,)))


def test_the_same_e_mail_address_finds_whoever_has_another_last_name_now():
    before = row(1, "Beatriz", "Reyes", "Beatriz.Reyes@example.org")
    after = row(2, "Beatriz", "Kowalczyk", "beatriz.reyes@example.org")
    found = {(one.low, one.high): one for one in lists.match([*crowd(160), before, after]).matches}
    assert (160, 161) in found and "same e-mail" in words_of(found[160, 161].pattern)
