"""Messages by a bot of Telegram, to whoever wrote to it first: a bot can begin no talk, so nobody is found by it."""

from typing import Any

import httpx

from kalka.notices.adapters import Incoming, Message, Refused

TELEGRAM = "messenger"
SECONDS = 10.0
GONE = {400, 403}  # no such talk, or she has shut it
AT_ONCE = 100


class TelegramAdapter:
    """`address` is that of the bot interface. What went wrong is told without the address, which holds the token."""

    def __init__(self, address: str, token: str, *, seconds: float = SECONDS) -> None:
        self._address, self._after = f"{address.rstrip('/')}/bot{token}", 0
        self._client = httpx.Client(timeout=seconds)

    def send(self, message: Message) -> None:
        """Without a sound, and not to be passed on."""
        if message.route is None:
            raise Refused
        told = {
            "chat_id": message.route.number,
            "text": message.words,
            "disable_notification": True,
            "protect_content": True,
        }
        self._ask("sendMessage", told)

    def incoming(self) -> list[Incoming]:
        told = {"offset": self._after, "limit": AT_ONCE, "timeout": 0, "allowed_updates": ["message"]}
        heard: list[Incoming] = []
        for update in self._updates(told):
            self._after = max(self._after, int(update["update_id"]) + 1)
            message = update.get("message") or {}
            if message.get("chat", {}).get("type") == "private":  # never into a group
                heard.append(Incoming(TELEGRAM, str(message["chat"]["id"]), str(message.get("text", ""))))
        return heard

    def _updates(self, told: dict[str, Any]) -> list[dict[str, Any]]:
        try:
            return list(self._ask("getUpdates", told))
        except Refused:
            raise ConnectionError("the bot interface did not understand") from None

    def _ask(self, method: str, told: dict[str, Any]) -> Any:
        try:
            answer = self._client.post(f"{self._address}/{method}", json=told)
            body = answer.json()
        except (httpx.HTTPError, ValueError):
            raise ConnectionError("the bot interface does not answer") from None
        if answer.status_code in GONE:
            raise Refused
        if answer.status_code != 200 or not isinstance(body, dict) or not body.get("ok"):
            raise ConnectionError("the bot interface did not take it")
        return body["result"]
