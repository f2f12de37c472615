"""Opens the file for each member of staff: one random data key, wrapped once per password.

Envelope encryption: the data key (256 random bits) opens the database and never changes with a password.
Each slot of the key file wraps it with AES-256-GCM under a key derived from a password by Argon2id
(RFC 9106); the slot's id, version and cost are authenticated with it, so that a slot moved to another
login or a cost made cheaper does not open. A login is kept only as a keyed hash.
"""

import hashlib
import hmac
import json
import os
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from caseapp.domain.errors import CaseAppError
from caseapp.system import files, recovery

VERSION = 1
RECOVERY_LOGIN = "recovery key"
"""The slot of the printed key; a login cannot hold a blank, so it never meets a member of staff."""

_KEY_BYTES, _SALT_BYTES, _NONCE_BYTES = 32, 16, 12
_LONGEST_PASSWORD = 1000
SHORTEST_PASSWORD = 10


class WrongPassword(CaseAppError):
    """The login is not known here, or the password is not its password; which of the two is not said."""

    code = "keys.wrong-password"


class KeyFileMissing(CaseAppError):
    """The companion file that wraps the key is not beside the database."""

    code = "keys.file-missing"


class KeyFileDamaged(CaseAppError):
    """The companion file is not one of ours, or its content was changed."""

    code = "keys.file-damaged"


class WrongRecoveryKey(CaseAppError):
    """The key is written without a slip, but it is the one of another database or of an older sheet."""

    code = "keys.wrong-recovery-key"


class PasswordTooShort(CaseAppError):
    code = "keys.password-too-short"


class PasswordTooLong(CaseAppError):
    code = "keys.password-too-long"


class LastSlot(CaseAppError):
    """Removing the last wrap would lock everybody out for ever."""

    code = "keys.last-slot"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a guess costs: memory in KiB, passes, lanes (Argon2id)."""

    memory: int
    passes: int
    lanes: int


DEFAULT_COST = Cost(memory=256 * 1024, passes=3, lanes=4)
LOWEST_COST = Cost(memory=64 * 1024, passes=3, lanes=4)
_HIGHEST_MEMORY = 1024 * 1024


class DataKey:
    """The key of the file; it shows itself nowhere."""

    __slots__ = ("_bytes",)

    def __init__(self, content: bytes) -> None:
        if len(content) != _KEY_BYTES:
            raise ValueError("a data key has 32 bytes")
        self._bytes = content

    def __repr__(self) -> str:
        return "DataKey(...)"

    @property
    def bytes(self) -> bytes:
        return self._bytes


def key_file(database: Path) -> Path:
    """The companion file of a database."""
    return database.with_name(database.name + ".keys")


def copy(database: Path, to: Path) -> None:
    """Put the keys of a database beside its copy, for the owner alone; raises CannotRead or CannotWrite."""
    files.write_own(key_file(to), files.read(key_file(database)))


def new_data_key() -> DataKey:
    """256 random bits of the operating system."""
    return DataKey(os.urandom(_KEY_BYTES))


def check_password(password: str) -> None:
    """Raise PasswordTooShort or PasswordTooLong (NIST SP 800-63B asks length, not kinds of letters)."""
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort(least=SHORTEST_PASSWORD)
    if len(password) > _LONGEST_PASSWORD:
        raise PasswordTooLong(most=_LONGEST_PASSWORD)


def create(database: Path, data_key: DataKey, *, login: str, password: str, cost: Cost = DEFAULT_COST) -> str:
    """Write the key file of a new database; returns the recovery key to print, which is kept nowhere."""
    check_password(password)
    book = _Book(file_id=os.urandom(_SALT_BYTES).hex(), slots={})
    printed = recovery.new()
    book = book.with_slot(login, password, data_key, cost)
    book = book.with_slot(RECOVERY_LOGIN, recovery.read(printed), data_key, LOWEST_COST)
    book.save(database)
    return printed


def unlock(database: Path, *, login: str, password: str) -> DataKey:
    """The data key; raises WrongPassword, KeyFileMissing or KeyFileDamaged.

    An unknown login costs the same derivation, so that the time does not tell which logins exist.
    """
    if len(password) > _LONGEST_PASSWORD:
        raise WrongPassword()
    return _Book.load(database).open(login, password)


def unlock_by_recovery(database: Path, printed: str) -> DataKey:
    """The data key from the printed sheet; raises BadRecoveryKey for a slip, or WrongRecoveryKey."""
    try:
        return _Book.load(database).open(RECOVERY_LOGIN, recovery.read(printed))
    except WrongPassword:
        raise WrongRecoveryKey() from None


def put(database: Path, data_key: DataKey, *, login: str, password: str, cost: Cost = DEFAULT_COST) -> None:
    """Add somebody's wrap or replace it with one of a new password; the database is not touched."""
    check_password(password)
    _Book.load(database).with_slot(login, password, data_key, cost).save(database)


def remove(database: Path, *, login: str) -> None:
    """Take somebody's wrap away; raises LastSlot when only the recovery key would remain."""
    _Book.load(database).without_slot(login).save(database)


@dataclass(frozen=True, slots=True)
class _Book:
    """The content of a key file."""

    file_id: str
    slots: dict[str, dict[str, Any]]

    @classmethod
    def load(cls, database: Path) -> "_Book":
        path = key_file(database)
        if not path.is_file():
            raise KeyFileMissing(file=path.name)
        try:
            content = json.loads(files.read(path))
            book = cls(file_id=str(content["file_id"]), slots=dict(content["slots"]))
            bytes.fromhex(book.file_id)
            if content["version"] != VERSION or not all(map(_is_slot, book.slots.values())):
                raise KeyFileDamaged(file=path.name)
        except (ValueError, KeyError, TypeError, RecursionError):
            raise KeyFileDamaged(file=path.name) from None
        return book

    def save(self, database: Path) -> None:
        content = {"version": VERSION, "file_id": self.file_id, "slots": self.slots}
        files.write_own(key_file(database), json.dumps(content, indent=1).encode())

    def open(self, login: str, password: str) -> DataKey:
        slot_id = self._slot_id(login)
        slot = self.slots.get(slot_id) or self._decoy()
        cost = Cost(**slot["cost"])
        secret = _derive(password, bytes.fromhex(slot["salt"]), cost)
        try:
            content = AESGCM(secret).decrypt(
                bytes.fromhex(slot["nonce"]), bytes.fromhex(slot["wrapped"]), self._bound(slot_id, cost)
            )
        except InvalidTag:
            raise WrongPassword() from None
        return DataKey(content)

    def with_slot(self, login: str, password: str, data_key: DataKey, cost: Cost) -> "_Book":
        slot_id = self._slot_id(login)
        salt, nonce = os.urandom(_SALT_BYTES), os.urandom(_NONCE_BYTES)
        secret = _derive(password, salt, cost)
        wrapped = AESGCM(secret).encrypt(nonce, data_key.bytes, self._bound(slot_id, cost))
        slot = {
            "cost": _as_stored(cost),
            "salt": salt.hex(),
            "nonce": nonce.hex(),
            "wrapped": wrapped.hex(),
        }
        return _Book(self.file_id, {**self.slots, slot_id: slot})

    def without_slot(self, login: str) -> "_Book":
        slot_id = self._slot_id(login)
        kept = {name: slot for name, slot in self.slots.items() if name != slot_id}
        if set(kept) <= {self._slot_id(RECOVERY_LOGIN)}:
            raise LastSlot()
        return _Book(self.file_id, kept)

    def _slot_id(self, login: str) -> str:
        name = unicodedata.normalize("NFC", login).strip().casefold().encode()
        return hmac.new(bytes.fromhex(self.file_id), name, hashlib.sha256).hexdigest()[:32]

    def _bound(self, slot_id: str, cost: Cost) -> bytes:
        return f"{self.file_id}|{slot_id}|{VERSION}|{cost.memory}|{cost.passes}|{cost.lanes}".encode()

    def _decoy(self) -> dict[str, Any]:
        """A slot that never opens, at the cost of a real one."""
        real = next(
            (slot for name, slot in self.slots.items() if name != self._slot_id(RECOVERY_LOGIN)), None
        )
        cost = real["cost"] if real else _as_stored(LOWEST_COST)
        return {"cost": cost, "salt": "00" * _SALT_BYTES, "nonce": "00" * _NONCE_BYTES, "wrapped": "00" * 48}


def _as_stored(cost: Cost) -> dict[str, int]:
    """The cost as it stands in the file."""
    return {"memory": cost.memory, "passes": cost.passes, "lanes": cost.lanes}


def _is_slot(slot: Any) -> bool:
    """Whether a slot has its parts, and a cost that is neither cheap nor meant to exhaust the machine."""
    if any(type(number) is not int for number in slot["cost"].values()):
        return False
    cost = Cost(**slot["cost"])
    sizes = (len(bytes.fromhex(slot[name])) for name in ("salt", "nonce", "wrapped"))
    dear = LOWEST_COST.memory <= cost.memory <= _HIGHEST_MEMORY
    return dear and LOWEST_COST.passes <= cost.passes <= 16 and 1 <= cost.lanes <= 16 and all(sizes)


def _derive(password: str, salt: bytes, cost: Cost) -> bytes:
    """Argon2id over the NFC form, so that the same word typed on another keyboard opens."""
    return hash_secret_raw(
        secret=unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass"),
        salt=salt,
        time_cost=cost.passes,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=_KEY_BYTES,
        type=Type.ID,
    )
