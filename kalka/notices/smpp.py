"""The little of SMPP 3.4 that is needed: bind, submit, keep the line, take in what comes back. No delivery receipt is
ever asked for, so that none is shown on a phone or kept by a gateway. Nothing of it is logged.
"""

import secrets
import select
import socket
import ssl
import struct
from dataclasses import dataclass, field

TRANSCEIVER, SUBMIT, DELIVER, UNBIND, ENQUIRE = 0x09, 0x04, 0x05, 0x06, 0x15
ANSWER = 0x8000_0000
OK, UNKNOWN_ADDRESSEE = 0x00, 0x0B
UCS2, LATIN1 = 0x08, 0x03
PARTS_FOLLOW = 0x40  # of esm_class: a header says which part it is
INTERNATIONAL, ALPHANUMERIC, ISDN = 0x01, 0x05, 0x01
HEAD = struct.Struct(">IIII")
WHOLE, PART = 140, 134  # bytes of one message, and of one part of several
LARGEST = 64 * 1024
SECONDS = 10.0


class NoSuchNumber(Exception):
    """The gateway will never deliver there."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What somebody sent back. Looked at once, kept nowhere."""

    number: str = field(repr=False)
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Gateway:
    host: str
    port: int
    name: str
    password: str = field(repr=False)
    sender: str
    tls: ssl.SSLContext | None = field(default=None, repr=False)
    seconds: float = SECONDS


class Line:
    """A bound connection. Every fault is an OSError, whose words never hold what was sent."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway, self._number, self.heard = gateway, 0, list[Heard]()
        raw = socket.create_connection((gateway.host, gateway.port), gateway.seconds)
        self._socket = gateway.tls.wrap_socket(raw, server_hostname=gateway.host) if gateway.tls else raw
        try:
            self._ask(TRANSCEIVER, _bind(gateway))
        except OSError:
            self.close()
            raise

    def submit(self, number: str, words: str) -> None:
        """Raises NoSuchNumber where the gateway says so, OSError for whatever may pass."""
        parts, many = _parts(words)
        for part in parts:
            self._ask(SUBMIT, _message(self._gateway.sender, number, part, many))

    def listen(self) -> list[Heard]:
        """What has come meanwhile; asks first whether the line still stands."""
        self._ask(ENQUIRE, b"")
        while self._something_came():
            self._take_in(*self._read())
        heard, self.heard = self.heard, []
        return heard

    def _something_came(self) -> bool:
        """Also what TLS has opened already, which the system no longer counts as waiting."""
        if isinstance(self._socket, ssl.SSLSocket) and self._socket.pending():
            return True
        return bool(select.select([self._socket], [], [], 0)[0])

    def close(self) -> None:
        try:
            self._send(UNBIND, b"")
        except OSError:
            pass
        self._socket.close()

    def _ask(self, command: int, body: bytes) -> bytes:
        number = self._send(command, body)
        while True:
            found, status, sequence, answer = self._read()
            if sequence != number or not found & ANSWER:
                self._take_in(found, status, sequence, answer)
            elif status == UNKNOWN_ADDRESSEE:
                raise NoSuchNumber
            elif status != OK or found != command | ANSWER:
                raise ConnectionError("the gateway did not take it")
            else:
                return answer

    def _take_in(self, command: int, _status: int, sequence: int, body: bytes) -> None:
        if command == DELIVER:
            self._send(DELIVER | ANSWER, b"\0", sequence)
            heard = _heard(body)
            if heard is not None:
                self.heard.append(heard)
        elif command == ENQUIRE:
            self._send(ENQUIRE | ANSWER, b"", sequence)
        elif command == UNBIND:
            raise ConnectionError("the gateway hung up")

    def _send(self, command: int, body: bytes, sequence: int | None = None) -> int:
        if sequence is None:
            self._number = sequence = self._number % 0x7FFF_FFFF + 1
        self._socket.sendall(HEAD.pack(HEAD.size + len(body), command, OK, sequence) + body)
        return sequence

    def _read(self) -> tuple[int, int, int, bytes]:
        length, command, status, sequence = HEAD.unpack(self._exactly(HEAD.size))
        if not HEAD.size <= length <= LARGEST:
            raise ConnectionError("the gateway speaks something else")
        return command, status, sequence, self._exactly(length - HEAD.size)

    def _exactly(self, size: int) -> bytes:
        found = b""
        while len(found) < size:
            some = self._socket.recv(size - len(found))
            if not some:
                raise ConnectionError("the gateway hung up")
            found += some
        return found


def _bind(gateway: Gateway) -> bytes:
    words = (gateway.name, gateway.password, "")
    return b"".join(_text(word) for word in words) + bytes([0x34, 0, 0]) + _text("")


def _message(sender: str, number: str, part: bytes, many: bool) -> bytes:
    """Everything that would ask for a receipt is nought."""
    from_type = ALPHANUMERIC if any(c.isalpha() for c in sender) else INTERNATIONAL
    from_plan = 0 if from_type == ALPHANUMERIC else ISDN
    return b"".join(
        (
            _text(""),
            bytes([from_type, from_plan]) + _text(sender.lstrip("+")),
            bytes([INTERNATIONAL, ISDN]) + _text(number.lstrip("+")),
            bytes([PARTS_FOLLOW if many else 0, 0, 0]),
            _text("") * 2,  # at once, for as long as the gateway keeps it
            bytes([0, 0, UCS2, 0, len(part)]),  # no receipt, replace nothing
            part,
        )
    )


def _parts(words: str) -> tuple[list[bytes], bool]:
    """As many as it takes, none of them ending inside a character."""
    whole = words.encode("utf-16-be")
    if len(whole) <= WHOLE:
        return [whole], False
    cut: list[bytes] = [b""]
    for character in words:
        piece = character.encode("utf-16-be")
        if len(cut[-1]) + len(piece) > PART:
            cut.append(b"")
        cut[-1] += piece
    mark = secrets.randbelow(256)
    return [bytes([5, 0, 3, mark, len(cut), place]) + one for place, one in enumerate(cut, 1)], True


def _heard(body: bytes) -> Heard | None:
    """None for a receipt nobody asked for, and for what cannot be read."""
    try:
        _service, rest = body.split(b"\0", 1)
        number, rest = rest[2:].split(b"\0", 1)
        _to, rest = rest[2:].split(b"\0", 1)
        esm_class, rest = rest[0], rest[3:]
        _when, rest = rest.split(b"\0", 1)
        _until, rest = rest.split(b"\0", 1)
        coding, length, words = rest[2], rest[4], rest[5:]
        if esm_class & 0x3C or len(words) < length:
            return None
        return Heard(number.decode("ascii"), words[:length].decode({UCS2: "utf-16-be"}.get(coding, "latin-1")))
    except (ValueError, IndexError):
        return None


def _text(word: str) -> bytes:
    return word.encode("ascii", "ignore") + b"\0"
