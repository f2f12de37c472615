"""Names in Cyrillic and Greek letters as they are spelled in Latin ones: either finds the same person."""

_CYRILLIC = dict(
    zip(
        "абвгґдезиіклмнопрстуфхцчшщъыьэюяєђјљњћџ",
        (
            *("a", "b", "v", "g", "g", "d", "e", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t"),
            *("u", "f", "kh", "ts", "ch", "sh", "shch", "", "y", "", "e", "yu", "ya", "ye"),
            *("dj", "j", "lj", "nj", "c", "dz"),
        ),
        strict=True,
    )
)
_GREEK = dict(
    zip(
        "αβγδεζηθικλμνξοπρσςτυφχψω",
        (
            *("a", "v", "g", "d", "e", "z", "i", "th", "i", "k", "l", "m", "n", "x", "o", "p", "r", "s", "s"),
            *("t", "y", "f", "ch", "ps", "o"),
        ),
        strict=True,
    )
)
_LETTERS = str.maketrans({**_CYRILLIC, **_GREEK, "ж": "zh"})
_TOGETHER = (("ου", "ou"), ("αυ", "au"), ("ευ", "eu"))


def in_latin(text: str) -> str:
    """The common English spelling of folded text, letter by letter; of other alphabets nothing is changed."""
    if text.isascii():
        return text
    for letters, latin in _TOGETHER:
        text = text.replace(letters, latin)
    return text.translate(_LETTERS)
