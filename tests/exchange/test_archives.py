import os
import struct

import pytest

from caseapp.exchange import archives
from caseapp.exchange.archives import Damaged, Locked, NothingInside, Part, TooLarge, Unreadable, UnsafeName
from tests.exchange.archives import a_link, a_zip


def told_small(content):
    """A zip whose own list tells one byte for an entry of 200 MB."""
    size = struct.pack("<I", 200 * 1024 * 1024)
    return content.replace(size, struct.pack("<I", 1))


@pytest.fixture(scope="module")
def bomb():
    """200 MB of zeros in some kilobytes; ten thousand times as much would be refused no later."""
    return a_zip(("services.csv", bytes(200 * 1024 * 1024)))


class TestRefuses:
    def test_what_unpacks_to_too_much(self, bomb):
        assert len(bomb) < 300_000
        with pytest.raises(TooLarge):
            archives.unpack(bomb, "x.zip")

    def test_a_size_that_lies(self, bomb):
        with pytest.raises((TooLarge, Damaged)):
            archives.unpack(told_small(bomb), "x.zip")

    def test_many_entries_that_are_large_together(self):
        some = a_zip(*((f"{n}.csv", bytes(20 * 1024 * 1024)) for n in range(8)))
        with pytest.raises(TooLarge):
            archives.unpack(some, "x.zip")

    def test_a_hundred_thousand_entries(self):
        many = a_zip(*((f"{n}.csv", "") for n in range(archives.ENTRY_LIMIT + 1)))
        with pytest.raises(TooLarge):
            archives.unpack(many, "x.zip")

    @pytest.mark.parametrize(
        "name", ["../services.csv", "/services.csv", "C:\\services.csv", "a/../../services.csv", "..\\x.csv"]
    )
    def test_names_that_lead_out(self, name):
        with pytest.raises(UnsafeName):
            archives.unpack(a_zip((name, "id,name\r\n1,x\r\n")), "x.zip")

    def test_links(self):
        with pytest.raises(UnsafeName):
            archives.unpack(a_link(), "x.zip")

    def test_encrypted_entries(self):
        content = bytearray(a_zip(("services.csv", "id,name\r\n")))
        place = content.rindex(b"PK\x01\x02")
        content[place + 8] |= 1
        with pytest.raises(Locked):
            archives.unpack(bytes(content), "x.zip")

    @pytest.mark.parametrize("content", [b"PK\x03\x04" + os.urandom(500), b"PK\x05\x06"])
    def test_what_is_no_zip_after_all(self, content):
        with pytest.raises(Damaged):
            archives.unpack(content, "x.zip")

    def test_a_zip_without_tables(self):
        with pytest.raises(NothingInside):
            archives.unpack(a_zip(("readme.md", "hello")), "x.zip")

    def test_a_file_of_200_mb(self, tmp_path):
        large = tmp_path / "services.csv"
        with large.open("wb") as file:
            file.truncate(200 * 1024 * 1024)
        for path in (large, tmp_path):
            with pytest.raises(TooLarge):
                archives.read(path)

    def test_what_is_not_there(self, tmp_path):
        with pytest.raises(Unreadable):
            archives.read(tmp_path / "no.zip")


class TestReads:
    def test_tables_of_a_folder_and_leaves_links_alone(self, tmp_path):
        (tmp_path / "services.csv").write_text("id,name\n")
        (tmp_path / "datapackage.json").write_text("{}")
        (tmp_path / "secret.csv").symlink_to("/etc/hostname")
        assert [part.name for part in archives.read(tmp_path)] == ["services.csv"]

    def test_a_folder_that_holds_the_tables_one_down(self, tmp_path):
        (tmp_path / "data").mkdir()
        (tmp_path / "data" / "services.csv").write_text("id,name\n")
        assert [part.name for part in archives.read(tmp_path)] == ["services.csv"]

    def test_what_it_packs_byte_for_byte(self):
        parts = (Part("a.csv", b"id\r\n1\r\n"), Part("b.csv", "é".encode()))
        packed = archives.pack(parts)
        assert archives.unpack(packed, "x.zip") == parts and packed == archives.pack(parts)
