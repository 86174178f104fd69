"""The ways this installation was given. Without settings there are none, and messages lie in the outbox."""

import ssl
from functools import cache
from pathlib import Path

from django.conf import settings

from config.env import Mail, Smpp, Telegram
from kalka.notices.adapters import Adapter, FileAdapter, Ways
from kalka.notices.mail import MAIL, MailAdapter, Server
from kalka.notices.smpp import Gateway
from kalka.notices.sms import SMS, SmsAdapter
from kalka.notices.telegram import TELEGRAM, TelegramAdapter

OUTBOX = "outbox"


@cache
def ways() -> Ways:
    """Made once a process: a line to the gateway stays open."""
    found: dict[str, Adapter] = {}
    if settings.SMPP is not None:
        found[SMS] = _sms(settings.SMPP)
    if settings.TELEGRAM is not None:
        found[TELEGRAM] = _telegram(settings.TELEGRAM)
    if settings.MAIL is not None:
        found[MAIL] = _mail(settings.MAIL)
    return Ways(FileAdapter(settings.DATA / OUTBOX), found)


def _sms(told: Smpp) -> SmsAdapter:
    tls = ssl.create_default_context() if told.tls else None
    return SmsAdapter(Gateway(told.host, told.port, told.name, secret(told.password_file), told.sender, tls))


def _telegram(told: Telegram) -> TelegramAdapter:
    return TelegramAdapter(told.address, secret(told.token_file))


def _mail(told: Mail) -> MailAdapter:
    password = secret(told.password_file) if told.password_file else ""
    how = "tls" if told.tls else "starttls"
    return MailAdapter(Server(told.host, told.port, told.sender, how, told.name, password))  # type: ignore[arg-type]  # one of two


def secret(file: Path) -> str:
    """Read when it is needed, from a file of the installation's own: never from the environment, which is told."""
    return file.read_text("utf-8").strip()
