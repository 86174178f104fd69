"""Messages as SMS, through the gateway of an operator."""

from kalka.notices.adapters import Incoming, Message, Refused
from kalka.notices.smpp import Gateway, Line, NoSuchNumber

SMS = "sms"


class SmsAdapter:
    """Keeps one line open, and opens a new one after a fault."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._line: Line | None = None

    def send(self, message: Message) -> None:
        if message.route is None:
            raise Refused
        try:
            self._open().submit(message.route.number, message.words)
        except NoSuchNumber:
            raise Refused from None
        except OSError:
            self.close()
            raise

    def incoming(self) -> list[Incoming]:
        try:
            return [Incoming(SMS, one.number, one.words) for one in self._open().listen()]
        except OSError:
            self.close()
            raise

    def close(self) -> None:
        if self._line is not None:
            self._line.close()
            self._line = None

    def _open(self) -> Line:
        if self._line is None:
            self._line = Line(self._gateway)
        return self._line
