"""Sign-in and one's own account. Each parses, asks, answers."""

from kalka.accounts.views.entering import code, enrol, language, recovery_code, sign_in, sign_out
from kalka.accounts.views.own import codes, confirm, end_session, end_sessions, password

__all__ = [
    "code",
    "codes",
    "confirm",
    "end_session",
    "end_sessions",
    "enrol",
    "language",
    "password",
    "recovery_code",
    "sign_in",
    "sign_out",
]
