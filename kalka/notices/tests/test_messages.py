"""Whatever is in a file, nothing of it is in a message."""

from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kalka.core.refs import new_ref, show_ref
from kalka.notices import delivery, rules, texts
from kalka.notices.adapters import FileAdapter
from kalka.notices.models import Notice
from kalka.notices.tests.factories import a_post, alert, tell
from kalka.people.rules import Contact, Name, NewPerson, Safe, fold
from kalka.people.tests.factories import ALWAYS, NOW, WORKER, added, new_file

pytestmark = [pytest.mark.django_db, pytest.mark.both]

GIVEN = st.sampled_from(["Айсулуу", "Бакыт", "Жаңыл", "Наталья", "Gulnara", "Өмүрбек", "Азим", "Yelena"])
FAMILY = st.sampled_from(["Төлөгөнова", "Осмонов", "Иванова", "Kim", "Юсупов", "Tashmatova"])
STREET = st.sampled_from(["Ак-Талаа көчөсү 5", "ул. Ленина, 12-3", "Достук 44", "Жийде айылы"])
PHONE = st.integers(500_000_000, 799_999_999).map(lambda n: f"+996{n}")


@st.composite
def people(draw):
    name = Name(draw(FAMILY), draw(GIVEN))
    contact = Contact(
        phone=draw(PHONE),
        address=draw(STREET),
        school=draw(st.sampled_from(["№ 3 мектеп", "гимназия 12"])),
        workplace=draw(st.sampled_from(["дарыкана", "базар"])),
        language=draw(st.sampled_from(["ky", "ru", "en", "uz", ""])),
        safe=Safe(ALWAYS, say=draw(st.sampled_from(["дарыканадан", "по поводу школы"]))),
    )
    return NewPerson(names=(name,), age=draw(st.integers(18, 80)), contact=contact)


def telling(told: NewPerson, ref: str, *ids: UUID) -> list[str]:
    (name,), contact = told.names, told.contact
    said = [name.family, name.given, fold(name.family), fold(name.given), contact.phone, contact.phone[4:]]
    said += [contact.address, *contact.address.split(), contact.school, contact.workplace, contact.safe.say]
    said += [ref, show_ref(ref), *(part for id in ids for part in (str(id), id.hex))]
    return [words.casefold() for words in said if len(words) > 2]


@pytest.fixture
def post(db) -> int:
    return a_post()


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    told=people(),
    to_person=st.sampled_from([k.code for k in texts.kinds().values() if k.to == texts.PERSON]),
    to_post=st.sampled_from([k.code for k in texts.kinds().values() if k.to == texts.POST]),
    ref=st.builds(new_ref),
)
def test_no_message_holds_a_name_a_reference_an_address_or_a_telling_word(post, told, to_person, to_post, ref):
    Notice.objects.all().delete()
    file = new_file(WORKER)
    person = added(told, file)
    tell(WORKER, person.pk, file, to_person)
    alert(WORKER, post, to_post, file)
    with TemporaryDirectory() as folder:
        delivery.deliver(FileAdapter(Path(folder)), NOW)
        written = {path.name: path.read_text().casefold() for path in Path(folder).iterdir()}
    assert len(written) == 2
    for name, words in written.items():
        assert not rules.telling_words(words, texts.sensitive())
        assert rules.is_plain(words)
        for secret in telling(told, ref, file, person.pk):
            assert secret not in words and secret not in name
