import json
import os
from dataclasses import replace

import pytest

from caseapp import cli
from caseapp.domain.access import Role, RoleChanged
from caseapp.domain.imports import ImportStopped
from caseapp.services import watched_folder
from caseapp.services.stages import no_progress
from caseapp.services.watched_folder import NoSuchFolder, Orders, WatchedFolderService
from caseapp.store import engine
from caseapp.store.failures import Busy
from caseapp.system.messages import sentence_for
from tests import builders
from tests.services.exports import CERTAIN, Ticks


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "drop"
    made.mkdir()
    return made


@pytest.fixture
def clock():
    return Ticks()


@pytest.fixture
def watch(admin, folder, clock):
    service = WatchedFolderService(admin.context, admin.imports, clock)

    def later(seconds=watched_folder.STILL):
        clock.at += seconds
        return service.sweep(orders=Orders(folder))

    return later


def test_brings_a_file_in_once_it_stopped_growing_and_moves_it_aside(admin, watch, folder):
    export = folder / "night.csv"
    export.write_text(CERTAIN[:200])
    assert watch() == []
    export.write_text(CERTAIN)
    assert watch() == [] and watch(1) == []
    (done,) = watch()
    assert (done.summary.new, done.summary.rows_rejected) == (2, 1)
    assert (folder / "imported" / "night.csv").read_text() == CERTAIN.replace("\r\n", "\n")
    assert "no call number" in (folder / "imported" / "night-rejected.csv").read_text()
    assert watch() == [] and len(builders.calls_of(admin)) == 2


def test_a_file_that_is_written_anew_while_it_comes_in_stays_and_comes_in_anew(admin, folder, clock):
    service = WatchedFolderService(admin.context, admin.imports, clock)
    export, newer = folder / "night.csv", CERTAIN.replace("Welfare check", "Overdose")
    export.write_text(CERTAIN)

    def sweep(progress=no_progress):
        clock.at += watched_folder.STILL
        return service.sweep(orders=Orders(folder), progress=progress)

    def write_anew(words, _done, _total):
        if words == "Writing calls":
            export.write_text(newer)
        return True

    sweep()
    sweep(write_anew)
    assert export.read_text() == newer.replace("\r\n", "\n") and not list((folder / "imported").iterdir())
    sweep()
    sweep()
    assert not export.exists() and (folder / "imported" / "night.csv").exists()
    assert "Overdose" in {one.type_text for one in builders.calls_of(admin)}


def test_takes_the_same_bytes_only_once_whatever_their_name(admin, watch, folder):
    for name in ("a.csv", "b.csv"):
        (folder / name).write_text(CERTAIN)
        watch()
        (one,) = watch()
    assert one.summary is None and one.error is None
    assert len(admin.imports.batches()) == 1
    assert {path.name for path in (folder / "imported").glob("?.csv")} == {"a.csv", "b.csv"}


@pytest.mark.parametrize("content", ["colour,taste\nred,sweet\n", 'a,b\n1,"2\n', ""])
def test_puts_a_file_it_cannot_read_among_the_problems(admin, watch, folder, content):
    (folder / "odd.csv").write_text(content)
    watch()
    (one,) = watch()
    assert one.error is not None and (folder / "problems" / "odd.csv").is_file()
    assert (folder / "problems" / "odd.csv.txt").read_text("utf-8") == f"{sentence_for(one.error)}\n"
    assert admin.imports.batches() == []


def test_keeps_both_of_two_files_with_one_name(watch, folder):
    for number in range(2):
        (folder / "odd.csv").write_text(f"colour,taste\nred,{number}\n")
        watch()
        watch()
    kept = {one.name for one in (folder / "problems").iterdir()}
    assert kept == {"odd.csv", "odd.csv.txt", "odd (2).csv", "odd (2).csv.txt"}


def test_leaves_what_is_hidden_or_no_table_alone(watch, folder):
    for name in (".part.csv", "~lock.csv", "notes.pdf"):
        (folder / name).write_text("x")
    watch()
    assert watch() == [] and len(list(folder.iterdir())) == 3


@pytest.fixture
def chosen(admin, folder, clock):
    """The watched folder of the desk, with a file that cannot be read and then one that can."""
    service = WatchedFolderService(admin.context, admin.imports, clock)
    service.choose(folder=str(folder))
    for at, (name, content) in enumerate((("odd.csv", "colour,taste\nred,sweet\n"), ("night.csv", CERTAIN))):
        (folder / name).write_text(content)
        os.utime(folder / name, (at, at))
    service.is_ready()
    clock.at += watched_folder.STILL
    return service


def test_keeps_what_is_wrong_with_a_file_where_the_next_is_stopped(chosen):
    with pytest.raises(ImportStopped):
        chosen.sweep_chosen(progress=lambda *_how_far: False)
    assert [one.file for one in chosen.watching().problems] == ["odd.csv"]


def test_tells_once_that_nothing_can_be_moved_aside_and_goes_on_once_it_can(chosen, folder, clock):
    (folder / "imported").write_text("somebody's notes")
    for _look in range(2):
        chosen.sweep_chosen()
        chosen.is_ready()
        clock.at += watched_folder.STILL
    told = chosen.watching().problems
    assert [one.file for one in told] == [""] and "imported/odd.csv" in told[0].words
    (folder / "imported").unlink()
    chosen.sweep_chosen()
    assert {one.file for one in chosen.watching().problems} == {"", "odd.csv", "night.csv"}
    assert (folder / "imported" / "night-rejected.csv").is_file()


def test_tells_of_rows_that_were_rejected_where_their_file_cannot_be_written(chosen, folder):
    """They were told nowhere, and the file was in the database."""
    (folder / "imported" / "night-rejected.csv").mkdir(parents=True)
    chosen.sweep_chosen()
    (told,) = [one.words for one in chosen.watching().problems if one.file == "night.csv"]
    assert "night-rejected.csv" in told and "1 row was rejected; look at it under Import." in told


def test_a_file_that_another_desk_holds_up_stays_and_comes_in_at_the_next_look(
    database_file, folder, clock, monkeypatch
):
    """It was put aside among the files that cannot be read, and nobody brought it in."""
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 200)
    signed_in = builders.open_as_administrator(database_file)
    services = builders.services_of(signed_in)
    service = WatchedFolderService(services.context, services.imports, clock)
    (folder / "night.csv").write_text(CERTAIN)
    service.sweep(orders=Orders(folder))
    clock.at += watched_folder.STILL
    with services.context.write("test") as work:
        work.take_lock()
        (late,) = service.sweep(orders=Orders(folder))
    assert isinstance(late.error, Busy) and [one.name for one in folder.iterdir() if one.is_file()]
    service.sweep(orders=Orders(folder))
    clock.at += watched_folder.STILL
    (done,) = service.sweep(orders=Orders(folder))
    assert done.summary.new == 2 and not (folder / "problems").exists()
    signed_in.close()


def test_no_file_is_put_aside_for_what_is_wrong_with_who_is_signed_in(admin, signed_in, folder, clock):
    lead = builders.services_as(signed_in, Role.SUPERVISOR)
    service = WatchedFolderService(lead.context, lead.imports, clock)
    (folder / "night.csv").write_text(CERTAIN)
    orders = Orders(folder)
    assert service.sweep(orders=orders) == []
    clock.at += watched_folder.STILL
    swept = iter(service._each(orders, no_progress))
    one = next(one for one in admin.staff.list_staff() if one.id == lead.context.actor.staff_id)
    details = replace(one.details, role=Role.PEER_SPECIALIST)
    admin.staff.change(staff_id=one.id, details=details, version=one.version)
    with pytest.raises(RoleChanged):
        next(swept)
    assert (folder / "night.csv").exists() and not (folder / "problems").exists()


def test_says_that_the_folder_is_not_there(admin, tmp_path):
    with pytest.raises(NoSuchFolder):
        admin.watched_folder.sweep(orders=Orders(tmp_path / "none"))


@pytest.fixture
def command(database_file, tmp_path, capsys):
    secret = tmp_path / "password"
    secret.write_text(builders.PASSWORD)
    secret.chmod(0o600)

    def run(*words):
        signed = ["--database", database_file, "--login", "alma", "--password-file", secret]
        status = cli.main(["import", "calls", *map(str, [*words, *signed])])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


def test_is_swept_from_the_command_line(command, folder):
    (folder / "night.csv").write_text(CERTAIN)
    status, said, _err = command("--watch", folder, "--once", "--json")
    (one,) = json.loads(said)["files"]
    assert (status, one["calls_new"], one["rows_rejected"]) == (1, 2, 1)


@pytest.mark.parametrize(
    "words", [("."), ("nosuch.csv"), (), ("--watch", "nosuch"), ("x.csv", "--watch", "nosuch")]
)
def test_refuses_what_is_no_file_in_one_sentence(command, words):
    status, out, err = command(*([words] if isinstance(words, str) else words))
    assert status == 2 and out == "" and err.count("\n") == 1 and "Traceback" not in err


def test_refuses_a_map_that_is_not_there_in_one_sentence(command, folder):
    (folder / "night.csv").write_text(CERTAIN)
    status, _out, err = command(folder / "night.csv", "--map", "nosuch.toml")
    assert status == 2 and "nosuch.toml" in err and err.count("\n") == 1
