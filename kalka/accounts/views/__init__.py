"""Sign-in and one's own account. Each parses, asks, answers."""

from kalka.accounts.views.entering import code, enrol, language, recovery_code, sign_in, sign_out
from kalka.accounts.views.own import codes, confirm, end_session, end_sessions, password
from kalka.accounts.views.passkeys import ask, ask_to_add, ask_to_confirm, passkey, passkeys

__all__ = [
    "ask",
    "ask_to_add",
    "ask_to_confirm",
    "code",
    "codes",
    "confirm",
    "end_session",
    "end_sessions",
    "enrol",
    "language",
    "passkey",
    "passkeys",
    "password",
    "recovery_code",
    "sign_in",
    "sign_out",
]
