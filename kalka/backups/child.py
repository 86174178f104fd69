"""The drill's other process: `restore IDENTITY STREAM STREAM` or `open SUBJECT`. It answers in one line of JSON."""

import json
import sys

import django


def main(verb: str, *words: str) -> dict[str, object]:
    django.setup()
    from kalka.backups import proof
    from kalka.core.errors import DomainError
    from kalka.vault.crypto import Refused

    try:
        return proof.restore(*words) if verb == "restore" else proof.open_case(*words)
    except DomainError as refusal:
        return {"error": refusal.code, "opened": 0}
    except Refused:
        return {"error": "backups.drill_sealed", "opened": 0}


if __name__ == "__main__":
    print(json.dumps(main(*sys.argv[1:])))
