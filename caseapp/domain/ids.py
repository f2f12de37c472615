"""Ids made by the application, so that records created apart can meet later (RFC 9562, version 7)."""

from uuid import UUID


def uuid7(*, milliseconds: int, entropy: bytes) -> UUID:
    """Compose a UUIDv7 from Unix milliseconds and ten random bytes (RFC 9562, section 5.7)."""
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(entropy[:10], "big")
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return UUID(int=value)
