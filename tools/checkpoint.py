"""For whoever keeps checkpoints of a record of Kalka: are both signed, and does the later one go on from the earlier?

    python tools/checkpoint.py KEY EARLIER LATER

KEY is the file with the public key (`kalka checkpoint --key`), handed over once, on paper. LATER was made with
`kalka checkpoint --after EARLIER --to LATER`. Needs neither the system nor its database.
"""

import sys
from base64 import b64decode
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kalka.core import notes, tree
from kalka.core.errors import DomainError


def read(note: str, key: str) -> tuple[int, bytes]:
    _origin, size, root, *_ = notes.opened(note, key).splitlines()
    return int(size), b64decode(root)


def note_of(text: str) -> str:
    """An earlier file may itself begin with a proof."""
    return text.partition("\n\n")[2] if text.startswith("old ") else text


def judged(key: str, earlier: str, later: str) -> str:
    """What is wrong, or nothing."""
    proof, _, note = later.partition("\n\n")
    said, *path = proof.splitlines()
    try:
        (old, old_root), (size, root) = read(note_of(earlier), key), read(note, key)
        hashes = [b64decode(one, validate=True) for one in path]
    except DomainError as refusal:
        return "signed by somebody else" if refusal.code == "core.note_not_ours" else "it cannot be read"
    except ValueError:
        return "it cannot be read"
    if said != f"old {old}" or not tree.continues(old, size, old_root, root, hashes):
        return "the longer record does not begin with the shorter one"
    print(f"good: {size} entries, which go on from {old}")
    return ""


def main() -> int:
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    wrong = judged(*(Path(one).read_text("utf-8") for one in sys.argv[1:]))
    if wrong:
        print(f"not good: {wrong}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
