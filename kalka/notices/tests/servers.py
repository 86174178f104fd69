"""Real servers on the loopback, that keep what they were sent."""

import json
import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import IPv4Address
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

HEAD = struct.Struct(">IIII")
HOST = "127.0.0.1"


@cache
def certificate() -> tuple[bytes, bytes]:
    """For the loopback alone, of an hour; with its key."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address(HOST))]), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return built.public_bytes(serialization.Encoding.PEM), private


def serving() -> ssl.SSLContext:
    shown, private = certificate()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "both.pem"
        path.write_bytes(shown + private)
        context.load_cert_chain(path)
    return context


def trusting() -> ssl.SSLContext:
    return ssl.create_default_context(cadata=certificate()[0].decode())


def free_port() -> int:
    with socket.create_server((HOST, 0)) as found:
        return int(found.getsockname()[1])


class Smsc:
    """The gateway of an operator: binds whoever knows the password, takes what is submitted, and can say something."""

    def __init__(
        self, *, tls: bool = False, answers: dict[int, int] | None = None, says: tuple[bytes, ...] = ()
    ) -> None:
        self.bound: list[bytes] = []
        self.submitted: list[bytes] = []
        self.commands: list[int] = []
        self.delivered: list[int] = []  # what was answered to what it said
        self._answers, self._says, self._tls = answers or {}, list(says), tls
        self._listener = socket.create_server((HOST, 0))
        self._line = self._listener
        self.port = self._listener.getsockname()[1]
        self._thread = Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        for one in (self._listener, self._line):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)  # wakes who listens; to close it does not
        self._listener.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                self._line = line = self._listener.accept()[0]
            except OSError:
                return
            try:
                self._talk(serving().wrap_socket(line, server_side=True) if self._tls else line)
            except OSError:
                pass
            finally:
                line.close()

    def _talk(self, line: socket.socket) -> None:
        while (head := _exactly(line, HEAD.size)) is not None:
            length, command, status, sequence = HEAD.unpack(head)
            body = _exactly(line, length - HEAD.size) or b""
            self.commands.append(command)
            if command & 0x8000_0000:
                self.delivered.append(status)
                continue
            if command == 0x06:
                return
            if command == 0x09:
                self.bound.append(body)
            if command == 0x04:
                self.submitted.append(body)
            answer = self._answers.get(command, 0)
            if command == 0x15 and self._says:
                said = self._says.pop(0)
                line.sendall(HEAD.pack(HEAD.size + len(said), 0x05, 0, 77) + said)
            line.sendall(HEAD.pack(HEAD.size + 2, command | 0x8000_0000, answer, sequence) + b"7\0")


def heard(number: str, words: str, *, esm_class: int = 0) -> bytes:
    text = words.encode("utf-16-be")
    return b"".join(
        (b"\0", b"\x01\x01", number.encode(), b"\0", b"\x01\x01", b"7007", b"\0", bytes([esm_class, 0, 0]))
        + (b"\0\0", bytes([0, 0, 8, 0, len(text)]), text)
    )


def submitted(body: bytes) -> dict[str, Any]:
    """A submit_sm taken apart."""
    _service, rest = body.split(b"\0", 1)
    sender, rest = rest[2:].split(b"\0", 1)
    number, rest = rest[2:].split(b"\0", 1)
    esm_class, rest = rest[0], rest[3:]
    _when, rest = rest.split(b"\0", 1)
    _until, rest = rest.split(b"\0", 1)
    receipt, _replace, coding, _canned, length = rest[:5]
    found = {"sender": sender, "number": number, "esm_class": esm_class, "receipt": receipt, "coding": coding}
    return {**found, "words": rest[5 : 5 + length], "after": rest[5 + length :]}


def _exactly(line: socket.socket, size: int) -> bytes | None:
    found = b""
    while len(found) < size:
        some = line.recv(size - len(found))
        if not some:
            return None
        found += some
    return found


class Bot:
    """The bot interface: answers as it was told to, and keeps every question."""

    def __init__(self, updates: list[dict[str, Any]] | None = None, status: int = 200) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.updates, self.status = updates or [], status
        bot = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                bot.asked.append((self.path, told))
                result = [one for one in bot.updates if one["update_id"] >= told.get("offset", 0)]
                body = json.dumps({"ok": bot.status == 200, "result": result}).encode()
                self.send_response(bot.status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = HTTPServer((HOST, 0), Handler)
        self.address = f"http://{HOST}:{self._server.server_port}"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Post:
    """A mail server that takes nothing without TLS and a password."""

    def __init__(self, *, refuses: str = "") -> None:
        self.mails: list[Any] = []
        self._refuses = refuses
        self._controller = Controller(
            self,
            hostname=HOST,
            port=free_port(),
            tls_context=serving(),
            require_starttls=True,
            authenticator=self._known,
            auth_required=True,
        )
        self._controller.start()
        self.port = self._controller.port

    def _known(self, *given: Any) -> AuthResult:
        said = given[-1]
        return AuthResult(success=isinstance(said, LoginPassword) and said.password == b"word")

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address == self._refuses:
            return "550 nobody here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(envelope)
        return "250 OK"

    def stop(self) -> None:
        self._controller.stop()


@contextmanager
def running(server: Any) -> Iterator[Any]:
    try:
        yield server
    finally:
        server.stop()
