"""A record with some entries, and whoever alters it: with the database alone, or with all the keys as well."""

from collections.abc import Callable

from django.db import connection

from kalka.core import audit, chain, head, ratchet, record
from kalka.core.actors import Actor
from kalka.core.models import AuditEntry, AuditHead, AuditSeal
from kalka.core.refs import new_id
from kalka.core.tree import Frontier

AIGUL = Actor(7, frozenset(), ("post:3",), post_id=3)


def write(count: int) -> list[int]:
    """Reads of one file or of several, sealed. Returns the ids of all that is sealed, in order."""
    for number in range(count):
        audit.read(AIGUL, "cases.page", [new_id() for _ in range(1 + number % 3)])
    seal()
    return list(AuditSeal.objects.order_by("position").values_list("entry", flat=True))


def seal() -> None:
    """The transaction of a test stays open, so that the sealer of PostgreSQL sees nothing of it."""
    if connection.vendor == "postgresql":
        chain.extend(AuditEntry.objects.exclude(id__in=AuditSeal.objects.values("entry")).order_by("id"))


def copied(id: int, new: int) -> AuditEntry:
    entry = AuditEntry.objects.get(pk=id)
    entry.pk, entry._state.adding = new, True
    entry.save(force_insert=True)
    return entry


def hashed_anew(*, with_keys: bool, mac: Callable[[AuditEntry], bytes] | None = None) -> None:
    """All leaves and the frontier over the entries as they are now, in the order of their seals.

    Without the keys neither tags nor the MAC of the head can be made; with them everything fits.
    """
    frontier = Frontier()
    for seal_ in AuditSeal.objects.order_by("position"):
        entry = AuditEntry.objects.get(pk=seal_.entry)
        if mac is not None:
            entry.mac = mac(entry)
            AuditEntry.objects.filter(pk=entry.pk).update(mac=entry.mac)
        leaf = record.leaf(record.written(entry), bytes(entry.mac))
        frontier.append(leaf)
        told = {"leaf": leaf}
        if with_keys:
            told["tag"] = record.tag(record.tag_key(), frontier.size, leaf)
        AuditSeal.objects.filter(position=seal_.position).update(**told)
    if with_keys:
        top = head.locked()
        top.position, top.frontier = frontier.size, frontier.packed
        head.keep(top)
    else:
        AuditHead.objects.update(position=frontier.size, frontier=frontier.packed)


def mac_of_today(entry: AuditEntry) -> bytes:
    held = ratchet.secrets_held()
    return record.mac(record.written(entry), held.get(entry.key) or next(iter(held.values())))
