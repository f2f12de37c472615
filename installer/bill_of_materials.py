"""Writes the bill of materials (CycloneDX 1.6) from the lock: `python installer/bill_of_materials.py`.

The same lock gives the same bytes: no time, no serial number, nothing of the machine. Licences come from the
installed libraries, so that it runs in an environment made by `start.py test`.
"""

import json
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

REQUIREMENTS = Path(__file__).resolve().parent / "requirements"
OUT = REQUIREMENTS / "bill-of-materials.cdx.json"

NOT_IN_METADATA = {"sqlcipher3": "Zlib"}
"""Licences that a library keeps in its source and not in what it installs."""


def main() -> int:
    """Write the bill beside the lock."""
    OUT.write_text(bill(), encoding="utf-8", newline="\n")
    print(f"Wrote {OUT.name}.")
    return 0


def bill() -> str:
    """The bill, a library of the lock a line; those for development alone are marked optional."""
    needed, all_of_them = locked("runtime"), locked("development")
    components = [
        component(name, version, hashes, is_needed=name in needed)
        for name, (version, hashes) in sorted(all_of_them.items())
    ]
    head = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": "caseapp", "name": "caseapp"}},
    }
    lines = ",\n".join(json.dumps(one) for one in components)
    return json.dumps(head).removesuffix("}") + f', "components": [\n{lines}\n]}}\n'


def locked(lock: str) -> dict[str, tuple[str, list[str]]]:
    """Name -> version and SHA-256 of every file the lock allows."""
    content = (REQUIREMENTS / f"{lock}.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[A-Za-z0-9])", content)
    found = (re.match(r"([A-Za-z0-9_.-]+)==([^\s;\\]+)", block) for block in blocks)
    return {
        match[1]: (match[2], sorted(re.findall(r"--hash=sha256:([0-9a-f]{64})", match.string)))
        for match in found
        if match
    }


def component(name: str, version: str, hashes: list[str], *, is_needed: bool) -> dict[str, Any]:
    """One library; each file of its release is an external reference with its hash."""
    address = f"pkg:pypi/{name}@{version}"
    return {
        "type": "library",
        "bom-ref": address,
        "name": name,
        "version": version,
        "scope": "required" if is_needed else "optional",
        "purl": address,
        "licenses": [{"license": {"name": licence_of(name)}}],
        "externalReferences": [
            {"type": "distribution", "url": address, "hashes": [{"alg": "SHA-256", "content": one}]}
            for one in hashes
        ],
    }


def licence_of(name: str) -> str:
    """The licence as the installed library states it: expression, else classifiers, else its words."""
    if name in NOT_IN_METADATA:
        return NOT_IN_METADATA[name]
    about = metadata.metadata(name)
    classified = [
        line.rsplit("::", 1)[1].strip()
        for line in about.get_all("Classifier") or []
        if line.startswith("License ::")
    ]
    words = (about.get("License") or "").strip().splitlines()
    return about.get("License-Expression") or " AND ".join(classified) or (words[0] if words else "unknown")


if __name__ == "__main__":
    sys.exit(main())
