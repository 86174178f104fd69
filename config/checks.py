"""Why an installation must not start: each fault named, with what to do. Run by `kalka check`, `serve` and `worker`."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, get_resolver

from config.policy import POLICY
from kalka.core import root, rootfile

CODE = Path(__file__).resolve().parents[1]  # what is copied, updated and shared as a whole
# Of the age format: opens what was sealed to its owner. The words alone, as they stand here, open nothing.
BACKUP_SECRET = re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{50}", re.IGNORECASE)
LONGEST, MOST, DEEPEST = 16_384, 2_000, 3  # of a file that may hold one; files that are looked at; folders down
DEMO_SECRETS = ("demo", "tests", "change", "secret", "insecure")


def faults() -> list[tuple[str, str]]:
    """Every reason not to start in production: (code, the value it is about)."""
    found = [*_secrets(), *_root_key(), *_recipients(), *_backup_secret(), *_addresses()]
    if settings.DEBUG:
        found.append(("debug", "DEBUG"))
    if settings.DEMO:
        found.append(("demo", "KALKA_DEMO"))
    return found


def policy_faults() -> list[tuple[str, str]]:
    return list(_addresses())


def names() -> set[str]:
    return set(_names(get_resolver(), ""))


def _secrets() -> Iterator[tuple[str, str]]:
    try:
        secret = settings.SECRET_KEY
    except ImproperlyConfigured:  # Django's own word for an empty one
        secret = ""
    if not secret:
        yield "secret_unset", "KALKA_SECRET_KEY"
    elif len(secret) < 40 or secret.lower().startswith(DEMO_SECRETS):
        yield "secret_of_a_demo", "KALKA_SECRET_KEY"


def _root_key() -> Iterator[tuple[str, str]]:
    path = Path(settings.ROOT_KEY_FILE)
    if not path.exists():
        yield "root_key_missing", "KALKA_ROOT_KEY_FILE"
        return
    if root.others_may_read(path):
        yield "root_key_readable", "KALKA_ROOT_KEY_FILE"
    data = path.read_bytes()
    if settings.ROOT_KEY_OF_DEMO.exists():
        yield "root_key_of_a_demo", "KALKA_ROOT_KEY_FILE"
    bare = not rootfile.is_wrapped(data)
    if bare and not root.usable(data):
        yield "root_key_unusable", "KALKA_ROOT_KEY_FILE"
    if bare and path.resolve().is_relative_to(CODE):
        yield "root_key_in_code", "KALKA_ROOT_KEY_FILE"
    on_sqlite = str(settings.DATABASES["default"]["ENGINE"]).endswith("sqlite3")
    if on_sqlite and bare and _same_disk(path, Path(settings.DATA)):
        yield "root_key_beside_data", "KALKA_ROOT_KEY_FILE"


def _recipients() -> Iterator[tuple[str, str]]:
    """Whoever proves the record: a key that is none would stop the writing of it on the day it is first used."""
    if not settings.AUDIT_RECIPIENTS:
        return
    import pyrage

    try:
        [pyrage.x25519.Recipient.from_str(one) for one in settings.AUDIT_RECIPIENTS]
    except pyrage.RecipientError:
        yield "recipient_unusable", "KALKA_AUDIT_RECIPIENTS"


def _backup_secret() -> Iterator[tuple[str, str]]:
    """Whoever takes the server must not be able to read its backups: a secret key to them is kept elsewhere."""
    for name in sorted(os.environ):
        if name.startswith("KALKA_") and BACKUP_SECRET.search(os.environ[name].encode("utf-8", "replace")):
            yield "backup_secret_here", name
    places = [Path(settings.DATA), Path(settings.ROOT_KEY_FILE).parent, *filter(None, [settings.BACKUP_TO])]
    for place in dict.fromkeys(Path(one).resolve() for one in places):
        yield from (("backup_secret_here", str(path.relative_to(place))) for path in _small(place) if _is_secret(path))


def _small(place: Path) -> Iterator[Path]:
    """The files of a folder that are short enough, a few folders deep: its data are long, or many."""
    looked = 0
    for folder, inside, files in os.walk(place):
        deep = len(Path(folder).relative_to(place).parts)
        inside[:] = [one for one in inside if deep + 1 < DEEPEST]
        for name in sorted(files):
            looked += 1
            if looked > MOST:
                return
            path = Path(folder, name)
            if path.is_file() and path.stat().st_size <= LONGEST:
                yield path


def _is_secret(path: Path) -> bool:
    try:
        return BACKUP_SECRET.search(path.read_bytes()) is not None
    except OSError:  # not ours to read, so not ours to leak
        return False


def _same_disk(key: Path, data: Path) -> bool:
    return data.exists() and os.stat(key).st_dev == os.stat(data).st_dev


def _addresses() -> Iterator[tuple[str, str]]:
    known = names()
    for name in sorted(known - POLICY.keys()):
        yield "address_undeclared", name
    for name in sorted(POLICY.keys() - known):
        yield "address_gone", name
    yield from (("address_without_scope", name) for name in sorted(POLICY) if not _scoped(name))


def _scoped(name: str) -> bool:
    """An address of the API that asks for a permission asks for a scope, method by method; no page does."""
    rule = POLICY[name]
    asking = {method for method, needed in rule.methods.items() if needed is not None}
    return rule.scopes.keys() == (asking if name.startswith("api:") else set())


def _names(resolver: URLResolver, prefix: str) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}" if pattern.name else f"{prefix}{pattern.pattern}"
        else:
            yield from _names(pattern, f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix)
