"""Messages by mail, always over TLS. No receipt is asked for, and no header says where the message comes from."""

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Literal

from kalka.core import clock
from kalka.notices import texts
from kalka.notices.adapters import Message, Refused

MAIL = "mail"
SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Server:
    """`how`: TLS from the first byte, or after STARTTLS. Without either nothing is sent."""

    host: str
    port: int
    sender: str
    how: Literal["tls", "starttls"]
    name: str = ""
    password: str = field(default="", repr=False)
    trusted: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)
    seconds: float = SECONDS


class MailAdapter:
    def __init__(self, server: Server) -> None:
        self._server = server

    def send(self, message: Message) -> None:
        if message.route is None:
            raise Refused
        mail = written(message, self._server.sender, message.route.number)
        try:
            with self._open() as line:
                line.send_message(mail)
        except smtplib.SMTPRecipientsRefused:
            raise Refused from None
        except (smtplib.SMTPException, ssl.SSLError):
            raise ConnectionError("the mail server did not take it") from None

    def _open(self) -> smtplib.SMTP:
        server = self._server
        domain = server.sender.rpartition("@")[2]  # else the machine's own name would be told
        if server.how == "tls":
            line: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, domain, timeout=server.seconds, context=server.trusted
            )
        else:
            line = smtplib.SMTP(server.host, server.port, domain, timeout=server.seconds)
            line.starttls(context=server.trusted)
        if server.name:
            line.login(server.name, server.password)
        return line


def written(message: Message, sender: str, address: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"] = sender, address
    mail["Subject"] = texts.subject(message.language)
    mail["Date"] = format_datetime(clock.now())
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"  # so that no machine answers
    mail.set_content(f"{message.words}\n")
    return mail
