"""The organisations a list is narrowed to, as an address says them: «12» or «12,15»; else it is of all of them."""

MOST = 1_000


def asked(said: str) -> frozenset[int]:
    """Empty: of all of them."""
    ids = said.split(",", MOST)
    read = all(one.isascii() and one.isdigit() and len(one) < 12 for one in ids)
    return frozenset(map(int, ids)) if read and len(ids) <= MOST else frozenset()
