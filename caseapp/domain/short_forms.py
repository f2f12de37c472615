"""Short forms of given names: which names may mean one person, never by one spelling alone."""

from functools import cache, lru_cache

from nicknames import name_triplets

from caseapp.domain.name_spellings import lines as spellings
from caseapp.domain.names import KEPT
from caseapp.domain.short_form_table import GROUPS, NEVER_SHORT


@cache
def short_forms() -> dict[str, frozenset[str]]:
    """Name -> the groups of short forms it belongs to, each group called by its full form.

    English forms are those of the library `nicknames`; ours add the everyday ones that it lacks, Spanish,
    Portuguese and Slavic ones as dictionaries of given names have them, and spellings across alphabets.
    """
    found: dict[str, set[str]] = {}
    for line in (*GROUPS.split("\n"), *spellings()):
        words = line.split()
        for word in words:
            found.setdefault(word, set()).add(words[0])
    for triplet in name_triplets():
        if (triplet.name1, triplet.name2) in NEVER_SHORT:
            continue
        found.setdefault(triplet.name1, {triplet.name1})
        found.setdefault(triplet.name2, {triplet.name2}).add(triplet.name1)
    return {word: frozenset(groups) for word, groups in found.items()}


@lru_cache(KEPT)
def groups_of(token: str) -> frozenset[str]:
    """The short-form groups of a given name, always itself one of them."""
    return short_forms().get(token, frozenset()) | {token}


@lru_cache(KEPT)
def forms_of(token: str) -> frozenset[str]:
    """Every name of the short-form groups of a given name, itself among them."""
    return frozenset[str]().union(*(_members().get(group, frozenset()) for group in groups_of(token))) | {
        token
    }


@cache
def _members() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, groups in short_forms().items():
        for group in groups:
            found.setdefault(group, {group}).add(name)
    return {group: frozenset(names) for group, names in found.items()}
