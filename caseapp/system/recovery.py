"""The recovery key as it is printed: 32 letters and digits in groups, with a check group."""

import hashlib
import os

from caseapp.domain.errors import CaseAppError

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: O reads as 0, I and L as 1; U is left out."""

_BODY, _CHECK, _GROUP = 32, 4, 6


class BadRecoveryKey(CaseAppError):
    """A letter is wrong, missing or too many; the check group does not fit."""

    code = "keys.bad-recovery-key"


def new() -> str:
    """160 random bits as six groups of six characters, the last four of them the check."""
    number = int.from_bytes(os.urandom(20), "big")
    body = "".join(ALPHABET[number >> 5 * place & 31] for place in range(_BODY))
    return _grouped(body + _check(body))


def read(text: str) -> str:
    """The key without blanks and dashes, whatever its letter case; raises BadRecoveryKey."""
    plain = "".join(letter for letter in text.upper() if letter.isalnum())
    plain = plain.replace("O", "0").replace("I", "1").replace("L", "1")
    body, check = plain[:_BODY], plain[_BODY:]
    if len(plain) != _BODY + _CHECK or any(letter not in ALPHABET for letter in plain):
        raise BadRecoveryKey()
    if _check(body) != check:
        raise BadRecoveryKey()
    return body


def _check(body: str) -> str:
    digest = int.from_bytes(hashlib.sha256(body.encode()).digest()[:4], "big")
    return "".join(ALPHABET[digest >> 5 * place & 31] for place in range(_CHECK))


def _grouped(text: str) -> str:
    return "-".join(text[start : start + _GROUP] for start in range(0, len(text), _GROUP))
