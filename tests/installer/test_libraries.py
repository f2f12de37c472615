"""The lock serves every system, the bill of materials lists exactly it, and every licence suits ours."""

import importlib.util
import json
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
INSTALLER = ROOT / "installer"
SYSTEMS = (("win32", "nt", "Windows"), ("darwin", "posix", "Darwin"), ("linux", "posix", "Linux"))
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
SUITS = re.compile(r"MIT|BSD|Apache|PSF|Python Software|MPL|Mozilla|Zlib|ISC|LGPL", re.IGNORECASE)


def loaded(name):
    spec = importlib.util.spec_from_file_location(name, INSTALLER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


materials = loaded("bill_of_materials")


def environments():
    for (platform, os_name, system), python in ((one, two) for one in SYSTEMS for two in PYTHONS):
        for machine in ("x86_64", "AMD64", "arm64", "aarch64"):
            yield {
                "extra": "",
                "sys_platform": platform,
                "os_name": os_name,
                "platform_system": system,
                "platform_machine": machine,
                "python_version": python,
                "python_full_version": f"{python}.1",
                "platform_python_implementation": "CPython",
                "implementation_name": "cpython",
            }


@pytest.mark.parametrize("lock", ["runtime", "development"])
def test_the_lock_holds_all_that_any_system_asks_for(lock):
    names = set(materials.locked(lock))
    absent = set()
    for name in sorted(names - {"colorama"}):
        for asked in map(Requirement, metadata.requires(name) or []):
            wanted = asked.marker is None or any(asked.marker.evaluate(one) for one in environments())
            if wanted and canonicalize_name(asked.name) not in names:
                absent.add(f"{name} asks for {asked}")
    assert not absent


def test_both_locks_agree_on_every_version():
    runtime, development = materials.locked("runtime"), materials.locked("development")
    assert runtime.items() <= development.items()


def test_the_lock_satisfies_what_the_project_asks_for():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    runtime = materials.locked("runtime")
    for asked in map(Requirement, project["dependencies"]):
        assert asked.specifier.contains(runtime[canonicalize_name(asked.name)][0])


@pytest.mark.parametrize("name", sorted(materials.locked("development")))
def test_the_licence_of_a_library_suits_ours(name):
    licence = materials.licence_of(name)
    assert SUITS.search(licence), licence


def test_the_bill_of_materials_lists_exactly_the_lock():
    written = json.loads(materials.OUT.read_text(encoding="utf-8"))
    listed = {one["name"]: one["version"] for one in written["components"]}
    assert listed == {name: version for name, (version, _) in materials.locked("development").items()}
    assert len(written["components"]) == len(listed)


def test_the_bill_of_materials_is_made_from_this_lock():
    assert materials.OUT.read_text(encoding="utf-8") == materials.bill()
