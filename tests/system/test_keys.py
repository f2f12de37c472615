import json
import stat

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from caseapp.system import keys, recovery

PASSWORD = "four words in a row"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    database = tmp_path_factory.mktemp("keys") / "x.caseapp"
    key = keys.new_data_key()
    printed = keys.create(database, key, login="dana", password=PASSWORD, cost=keys.LOWEST_COST)
    return database, key, printed


@pytest.fixture
def database(made, tmp_path):
    copy = tmp_path / "x.caseapp"
    keys.key_file(copy).write_bytes(keys.key_file(made[0]).read_bytes())
    return copy


def change(database, edit):
    file = keys.key_file(database)
    content = json.loads(file.read_bytes())
    edit(content)
    file.write_text(json.dumps(content))


class TestUnlock:
    def test_gives_the_same_key_to_the_password_and_to_the_printed_sheet(self, made):
        database, key, printed = made
        assert keys.unlock(database, login=" DANA ", password=PASSWORD).bytes == key.bytes
        assert keys.unlock_by_recovery(database, printed.lower().replace("-", " ")).bytes == key.bytes

    @pytest.mark.parametrize("password", ["", PASSWORD + " ", PASSWORD.upper(), "x" * 2000])
    def test_refuses_another_password(self, made, password):
        with pytest.raises(keys.WrongPassword):
            keys.unlock(made[0], login="dana", password=password)

    def test_takes_one_word_in_either_unicode_form(self, made, database):
        keys.put(database, made[1], login="zoe", password="caf\u00e9 in the rain", cost=keys.LOWEST_COST)
        assert keys.unlock(database, login="zoe", password="cafe\u0301 in the rain").bytes == made[1].bytes

    def test_shows_neither_login_nor_key_in_the_file(self, made):
        content = keys.key_file(made[0]).read_text()
        assert "dana" not in content and made[1].bytes.hex() not in content
        assert repr(made[1]) == "DataKey(...)"
        assert stat.S_IMODE(keys.key_file(made[0]).stat().st_mode) == 0o600


class TestTampering:
    def test_with_a_slot_moved_to_another_login_opens_nothing(self, made, database):
        keys.put(database, made[1], login="rowan", password="another password", cost=keys.LOWEST_COST)

        def swap(content):
            names = list(content["slots"])
            content["slots"][names[0]], content["slots"][names[2]] = (
                content["slots"][names[2]],
                content["slots"][names[0]],
            )

        change(database, swap)
        for login, password in (
            ("dana", PASSWORD),
            ("rowan", "another password"),
            ("dana", "another password"),
        ):
            with pytest.raises(keys.WrongPassword):
                keys.unlock(database, login=login, password=password)

    @pytest.mark.parametrize(
        "cost", [{"memory": 8}, {"memory": 99_000_000}, {"passes": 1}, {"lanes": 0}, {"other": 1}]
    )
    def test_with_the_cost_is_refused(self, database, cost):
        def edit(content):
            for slot in content["slots"].values():
                slot["cost"].update(cost)

        change(database, edit)
        with pytest.raises(keys.KeyFileDamaged):
            keys.unlock(database, login="dana", password=PASSWORD)

    @given(st.binary(max_size=200))
    @settings(max_examples=100)
    def test_with_any_bytes_gives_a_sentence(self, made, tmp_path_factory, data):
        database = tmp_path_factory.mktemp("any") / "x.caseapp"
        keys.key_file(database).write_bytes(data)
        with pytest.raises(keys.KeyFileDamaged):
            keys.unlock(database, login="dana", password=PASSWORD)

    def test_by_taking_the_file_away_is_named(self, tmp_path):
        with pytest.raises(keys.KeyFileMissing):
            keys.unlock(tmp_path / "x.caseapp", login="dana", password=PASSWORD)


class TestSlots:
    def test_go_without_locking_everybody_out(self, made, database):
        keys.put(database, made[1], login="rowan", password="another password", cost=keys.LOWEST_COST)
        keys.remove(database, login="dana")
        with pytest.raises(keys.WrongPassword):
            keys.unlock(database, login="dana", password=PASSWORD)
        with pytest.raises(keys.LastSlot):
            keys.remove(database, login="rowan")

    @pytest.mark.parametrize(
        ("password", "error"), [("short", keys.PasswordTooShort), ("x" * 1001, keys.PasswordTooLong)]
    )
    def test_need_a_password_of_some_length(self, made, database, password, error):
        with pytest.raises(error):
            keys.put(database, made[1], login="zoe", password=password)


class TestRecoveryKey:
    @given(st.integers(0, 35), st.sampled_from(recovery.ALPHABET))
    def test_finds_a_wrong_letter(self, place, letter):
        printed = recovery.new().replace("-", "")
        wrong = printed[:place] + letter + printed[place + 1 :]
        if wrong != printed:
            with pytest.raises(recovery.BadRecoveryKey):
                recovery.read(wrong)

    @given(st.text(max_size=60))
    def test_refuses_anything_else_in_one_way(self, text):
        with pytest.raises(recovery.BadRecoveryKey):
            recovery.read(text)

    def test_forgives_letters_that_look_alike(self):
        printed = recovery.new()
        assert recovery.read(printed.replace("0", "O").replace("1", "l")) == recovery.read(printed)
