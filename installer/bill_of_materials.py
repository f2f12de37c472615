"""Writes the bill of materials (CycloneDX 1.5) from the lock: the same lock, the same bill."""

import json
import re
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent / "requirements"
BILL = REQUIREMENTS / "bill-of-materials.cdx.json"
_BLOCK = re.compile(r"^([A-Za-z0-9_.-]+)==([^\s;\\]+)(.*?)(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def bill(lock: str) -> dict[str, object]:
    """The bill of a lock's text; every file's hash of a library stands with it."""
    components = [
        {
            "type": "library",
            "name": name.lower(),
            "version": version,
            "purl": f"pkg:pypi/{name.lower()}@{version}",
            "hashes": [{"alg": "SHA-256", "content": found} for found in _HASH.findall(rest)],
        }
        for name, version, rest in _BLOCK.findall(lock)
    ]
    return {"bomFormat": "CycloneDX", "specVersion": "1.5", "version": 1, "components": components}


def main() -> int:
    """Write the bill beside the lock."""
    lock = (REQUIREMENTS / "runtime.txt").read_text(encoding="utf-8")
    BILL.write_text(json.dumps(bill(lock), indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
