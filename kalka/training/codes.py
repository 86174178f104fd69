"""The code of a certificate: 20 letters drawn at random, 100 bits. What is kept to find it by is a keyed digest."""

from kalka.core.refs import read_ref
from kalka.vault.blind import Kind, mac

LENGTH = 20
_GROUP = 5


def digest(code: str) -> bytes:
    return mac(Kind.REACHED, f"certificate|{code}")


def read(typed: str) -> str:
    """What somebody meant who typed it; empty for what cannot be a code."""
    code = read_ref(typed[:60])
    return code if len(code) == LENGTH else ""


def shown(code: str) -> str:
    return "-".join(code[at : at + _GROUP] for at in range(0, len(code), _GROUP))
