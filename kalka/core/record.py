"""What exactly an audit entry's MAC covers, shared by writing and verifying."""

import hmac

from kalka.core import root
from kalka.core.models import AuditEntry


def canonical(entry: AuditEntry) -> bytes:
    """Every stored column but the transaction id, which the server assigns after the MAC is made."""
    return "\x1f".join(
        (
            entry.at.isoformat(),
            entry.kind,
            str(entry.actor_id),
            str(entry.post_id),
            entry.command,
            entry.steps,
            str(entry.subject_id),
            entry.object,
            entry.object_id,
            bytes(entry.ids).hex(),
            str(entry.count),
            entry.refusal,
        )
    ).encode()


def mac(entry: AuditEntry) -> bytes:
    """One key a day. The web process holds it, so an unsealed tail can be forged by whoever owns that process."""
    return hmac.digest(root.derive(f"audit|{entry.at.date().isoformat()}"), canonical(entry), "sha256")
