"""Groups of figures as codes, which are counted, and in the agency's words, which are read."""

from collections.abc import Iterable, Mapping

_AND = " + "


def together(codes: Iterable[str]) -> str:
    """Several codes as one group: who went together is counted apart from each alone."""
    return _AND.join(codes)


def words_of(group: str, said: Mapping[str, str]) -> str:
    """A group in the words of its codes; what is in no list stays as it came."""
    return together(said.get(code, code) for code in group.split(_AND))


def code_of(group: str, said: Mapping[str, str]) -> str:
    """The codes behind a group's words; what is in no list stands for itself."""
    codes = {words: code for code, words in said.items()}
    return together(codes.get(words, words) for words in group.split(_AND))
