"""Where a database may lie: never where another program copies it, never on another machine's disk."""

from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from caseapp.system import paths

MOUNTS = [
    ("/", "ext4"),
    ("/home", "btrfs"),
    ("/mnt/share", "cifs"),
    ("/mnt/share/really local", "xfs"),
    ("/net", "nfs4"),
    ("/media/phone", "fuse.jmtpfs"),
    ("/media/disk", "fuseblk"),
    ("/Volumes/office", "smbfs"),
]


@pytest.mark.parametrize(
    ("folder", "is_network"),
    [
        ("/home/ana", False),
        ("/mnt", False),
        ("/mnt/share", True),
        ("/mnt/share/agency", True),
        ("/mnt/share/really local/agency", False),
        ("/mnt/shared-disk", False),
        ("/net/server/agency", True),
        ("/media/phone", True),
        ("/media/disk/agency", False),
        ("/Volumes/office/agency", True),
    ],
)
def test_the_innermost_mount_says_whether_a_folder_is_on_another_machine(folder, is_network):
    assert paths.is_network(PurePosixPath(folder), MOUNTS) is is_network


def test_a_share_of_windows_is_on_another_machine():
    assert paths.is_network(PureWindowsPath(r"\\server\share\agency"), [])
    assert not paths.is_network(PureWindowsPath(r"C:\agency"), [])


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox/work", "Dropbox"),
        ("Dropbox (Riverside)", "Dropbox"),
        ("OneDrive", "OneDrive"),
        ("OneDrive - Riverside County/Documents", "OneDrive"),
        ("Google Drive/My Drive", "Google Drive"),
        ("Library/Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
        ("iCloudDrive", "iCloud Drive"),
        ("Library/CloudStorage/Files", "a cloud service"),
        ("Nextcloud", "Nextcloud"),
        ("Documents", ""),
        ("boxes of drops", ""),
        ("not onedrive", ""),
    ],
)
def test_a_folder_is_known_by_the_name_that_its_service_gives_it(tmp_path, folder, service):
    assert paths.synced_by(tmp_path / folder, {}) == service


@pytest.mark.parametrize(
    ("mark", "service"), [(".dropbox", "Dropbox"), (".sync_0f3a.db", "Nextcloud"), (".stfolder", "Syncthing")]
)
def test_a_folder_is_known_by_what_its_service_leaves_in_it(tmp_path, mark, service):
    (tmp_path / mark).touch()
    assert paths.synced_by(tmp_path / "work" / "agency", {}) == service


def test_a_folder_is_known_by_the_variable_that_windows_sets(tmp_path):
    moved = {"OneDriveCommercial": str(tmp_path / "firm"), "OneDrive": ""}
    assert paths.synced_by(tmp_path / "firm" / "x", moved) == "OneDrive"
    assert paths.synced_by(tmp_path / "other", moved) == ""


def test_a_link_into_such_a_folder_is_followed(tmp_path):
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "here").symlink_to(tmp_path / "Dropbox")
    with pytest.raises(paths.SyncedFolder):
        paths.check_place(tmp_path / "here" / "agency.caseapp")


def test_the_mounts_of_this_machine_can_be_read(tmp_path):
    assert paths._mount("36 35 98:0 / /mnt/my\\040disk rw - ext4 /dev/sda rw") == ("/mnt/my disk", "ext4")
    paths.check_place(tmp_path / "agency.caseapp")
    paths.check_place(Path("agency.caseapp"))
