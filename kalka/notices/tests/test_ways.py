"""Each way against a real server on this machine."""

import ssl
from email import message_from_bytes
from email.policy import default

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.refs import new_id
from kalka.notices import texts
from kalka.notices.adapters import Message, Refused, Ways
from kalka.notices.mail import MailAdapter, Server
from kalka.notices.smpp import Gateway, _heard, _parts
from kalka.notices.sms import SmsAdapter
from kalka.notices.telegram import TelegramAdapter
from kalka.notices.tests.factories import Kept
from kalka.notices.tests.servers import HOST, Bot, Post, Smsc, heard, running, submitted, trusting
from kalka.people.selectors import SafeRoute

WORDS = "Здравствуйте! Позвоните нам, когда будет удобно."
NUMBER = "+996700123456"


def message(channel="sms", address=NUMBER, words=WORDS):
    return Message(words, "ru", route=SafeRoute(new_id(), channel, address, "ru"))


def gateway(smsc, **more):
    given = {"host": HOST, "port": smsc.port, "name": "node", "password": "word", "sender": "7007", "seconds": 5.0}
    return SmsAdapter(Gateway(**given | more))


# SMS


def test_an_sms_goes_out_in_ucs2_and_asks_for_no_receipt():
    with running(Smsc()) as smsc:
        way = gateway(smsc)
        way.send(message())
        way.send(message())
        way.close()
    assert smsc.commands[:3] == [0x09, 0x04, 0x04], "one line for both"
    assert smsc.bound == [b"node\0word\0\0\x34\0\0\0"]
    sent = submitted(smsc.submitted[0])
    assert (sent["number"], sent["sender"], sent["words"].decode("utf-16-be")) == (b"996700123456", b"7007", WORDS)
    assert (sent["coding"], sent["receipt"], sent["esm_class"], sent["after"]) == (8, 0, 0, b"")


def test_the_line_is_under_tls_and_a_stranger_is_not_believed():
    with running(Smsc(tls=True)) as smsc:
        way = gateway(smsc, tls=trusting())
        way.send(message())
        way.close()
        with pytest.raises(OSError):
            gateway(smsc, tls=ssl.create_default_context()).send(message())
    assert len(smsc.submitted) == 1


def test_a_long_text_goes_in_parts_that_fit():
    words = "ө" * 140
    with running(Smsc()) as smsc:
        way = gateway(smsc)
        way.send(message(words=words))
        way.close()
    parts = [submitted(one) for one in smsc.submitted]
    assert [one["esm_class"] for one in parts] == [0x40] * 3
    assert all(len(one["words"]) <= 140 for one in parts)
    assert "".join(one["words"][6:].decode("utf-16-be") for one in parts) == words


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=400))
def test_no_part_ends_inside_a_character(words):
    parts, many = _parts(words)
    read = [part[6:] if many else part for part in parts]
    assert all(len(part) <= 140 for part in parts)
    assert "".join(part.decode("utf-16-be") for part in read) == words


@given(st.binary(max_size=80))
def test_whatever_a_gateway_says_is_read_or_left(body):
    found = _heard(body)
    assert found is None or isinstance(found.words, str)


@pytest.mark.parametrize(("status", "raised"), [(0x0B, Refused), (0x58, OSError), (0x14, OSError)])
def test_what_the_gateway_will_never_take_is_told_from_what_it_may(status, raised):
    with running(Smsc(answers={0x04: status})) as smsc, pytest.raises(raised) as fault:
        gateway(smsc).send(message())
    assert NUMBER not in str(fault.value) and NUMBER[1:] not in str(fault.value)


def test_a_gateway_that_is_away_or_refuses_to_bind_is_tried_again_later():
    with running(Smsc(answers={0x09: 0x0E})) as smsc:
        way = gateway(smsc)
        with pytest.raises(OSError):
            way.send(message())
    with pytest.raises(OSError):
        way.send(message())


def test_a_word_that_comes_back_is_heard_once_and_acknowledged():
    said = (heard("996700123456", "СТОП"), heard("996700123456", "id:7 stat:DELIVRD", esm_class=4))
    with running(Smsc(says=said)) as smsc:
        way = gateway(smsc)
        first, second, third = way.incoming(), way.incoming(), way.incoming()
        way.close()
    assert [(one.channel, one.address, one.words) for one in first] == [("sms", "996700123456", "СТОП")]
    assert (second, third) == ([], []), "a receipt is nobody's word"
    assert smsc.delivered == [0, 0]
    assert "СТОП" not in repr(first) and "996700123456" not in repr(first)


# Telegram


def test_the_bot_writes_without_a_sound_and_nothing_to_pass_on():
    with running(Bot()) as bot:
        TelegramAdapter(bot.address, "7:token").send(message("messenger", "5551"))
    assert bot.asked == [
        (
            "/bot7:token/sendMessage",
            {"chat_id": "5551", "text": WORDS, "disable_notification": True, "protect_content": True},
        )
    ]


@pytest.mark.parametrize(("status", "raised"), [(403, Refused), (400, Refused), (429, OSError), (500, OSError)])
def test_whoever_shut_the_bot_out_is_left_alone_and_a_busy_one_is_asked_again(status, raised):
    with running(Bot(status=status)) as bot, pytest.raises(raised) as fault:
        TelegramAdapter(bot.address, "7:token").send(message("messenger", "5551"))
    assert "token" not in str(fault.value) and "5551" not in str(fault.value)


def test_a_bot_interface_that_is_away_is_tried_again():
    with pytest.raises(OSError) as fault:
        TelegramAdapter(f"http://{HOST}:9", "7:token", seconds=2).send(message("messenger", "5551"))
    assert "token" not in str(fault.value) and fault.value.__cause__ is None


def test_the_bot_hears_each_word_once_and_nothing_said_in_a_group():
    def update(number, text, kind="private"):
        return {"update_id": number, "message": {"chat": {"id": 5551, "type": kind}, "text": text}}

    with running(Bot([update(8, "/start X"), update(9, "stop", "group"), {"update_id": 10}])) as bot:
        way = TelegramAdapter(bot.address, "7:token")
        first, second = way.incoming(), way.incoming()
    assert [(one.channel, one.address, one.words) for one in first] == [("messenger", "5551", "/start X")]
    assert second == []
    assert [told["offset"] for _path, told in bot.asked] == [0, 11]


# Mail


def by_mail(post, **more):
    given = {"host": HOST, "port": post.port, "sender": "info@example.org", "how": "starttls", "name": "node"}
    return MailAdapter(Server(**given | {"password": "word", "trusted": trusting(), "seconds": 5.0} | more))


def test_a_mail_is_plain_under_tls_and_asks_for_no_receipt():
    with running(Post()) as post:
        by_mail(post).send(message("mail", "her@example.org"))
    (envelope,) = post.mails
    mail = message_from_bytes(envelope.content, policy=default)
    assert (envelope.rcpt_tos, mail["Subject"], mail.get_content().strip()) == (
        ["her@example.org"],
        texts.subject("ru"),
        WORDS,
    )
    assert {name.casefold() for name in mail.keys()} == {
        "from", "to", "subject", "date", "message-id", "auto-submitted",
        "content-type", "content-transfer-encoding", "mime-version",
    }  # fmt: skip
    assert mail["Message-ID"].endswith("@example.org>"), "the machine's own name is not told"


def test_a_mail_server_without_a_certificate_we_trust_gets_nothing():
    with running(Post()) as post, pytest.raises(OSError):
        by_mail(post, trusted=ssl.create_default_context()).send(message("mail", "her@example.org"))
    assert post.mails == []


def test_an_address_that_does_not_exist_is_not_tried_again():
    with running(Post(refuses="her@example.org")) as post, pytest.raises(Refused):
        by_mail(post).send(message("mail", "her@example.org"))


def test_a_wrong_password_is_a_fault_without_words():
    with running(Post()) as post, pytest.raises(OSError) as fault:
        by_mail(post, password="other").send(message("mail", "her@example.org"))
    assert "her@example.org" not in str(fault.value) and "other" not in str(fault.value).split()


# All of them


def test_each_message_goes_by_its_own_way_and_the_rest_to_the_outbox():
    out, sms = Kept(), Kept()
    ways = Ways(out, {"sms": sms})
    ways.send(message())
    ways.send(message("mail", "her@example.org"))
    ways.send(Message(WORDS, "ru", post_id=3))
    assert (len(sms.messages), len(out.messages)) == (1, 2)
    assert ways.listening() == []
