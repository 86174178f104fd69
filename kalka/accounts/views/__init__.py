"""Sign-in and one's own account. Each parses, asks, answers."""

from kalka.accounts.views.entering import code, enrol, language, recovery_code, sign_in, sign_out
from kalka.accounts.views.outside import back as outside_back
from kalka.accounts.views.outside import begin as outside_begin
from kalka.accounts.views.outside import name as outside_name
from kalka.accounts.views.own import app, codes, confirm, end_session, end_sessions, password
from kalka.accounts.views.passkeys import ask, ask_to_add, ask_to_confirm, passkey, passkeys
from kalka.accounts.views.recovering import recover, recovery

__all__ = [
    "app",
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
    "outside_back",
    "outside_begin",
    "outside_name",
    "passkey",
    "passkeys",
    "password",
    "recover",
    "recovery",
    "recovery_code",
    "sign_in",
    "sign_out",
]
