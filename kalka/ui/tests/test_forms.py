"""Fields accept what people write, and say what to do about the rest."""

from datetime import date, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.clock import BISHKEK
from kalka.core.errors import AccessDenied, DomainError
from kalka.ui import forms as ui

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=BISHKEK)
KEY = "6f1c2c58-8d47-4a86-b1a9-6c8f5dfd8a11"


class VisitForm(ui.Form):
    on = ui.DayField(label="Day", past=True)
    met = ui.Answer(label="Met", shows={"yes": ["children"], "no": ["why"]}, required=False)
    children = ui.Count(label="Children", most=20)
    why = ui.Words(label="Why", limit=40)
    born = ui.DayField(label="Born", partial=True, past=True, required=False)
    at = ui.MomentField(label="At", past=True, required=False)
    phone = ui.PhoneField(label="Phone", required=False)


def filled(**typed: str) -> VisitForm:
    return VisitForm({"key": KEY, "on_day": "22", "on_month": "11", "on_year": "2026", **typed}, now=NOW)


@pytest.fixture(autouse=True)
def _english() -> object:
    with override("en"):
        yield


def words(form: ui.Form, field: str) -> list[str]:
    form.is_valid()
    return [line.replace("\u00a0", " ") for line in form.errors.get(field, [])]


# the key


def test_the_key_is_drawn_when_the_form_is_shown_and_kept_when_it_is_shown_again() -> None:
    fresh = VisitForm()
    assert fresh["key"].value() == fresh["key"].value() != VisitForm()["key"].value()
    assert str(filled()["key"].value()) == KEY


@pytest.mark.parametrize("sent", ["", "x", "\ud800"])
def test_a_form_that_lost_its_key_gets_a_new_one_and_asks_to_save_again(sent: str) -> None:
    form = filled(key=sent)
    assert words(form, "key") == ["This page had lost its number. It has a new one: save once more."]
    assert len(str(form["key"].value())) == 36


# refusals of the domain


def test_a_refusal_stands_at_the_field_it_names() -> None:
    form = filled()
    assert form.is_valid()

    def refuse() -> str:
        raise DomainError("core.not_permitted", field="on")

    assert form.attempt(refuse) is None
    assert form.errors["on"] == ["Your post does not allow this. Nothing was changed."]


def test_a_refusal_without_a_field_stands_on_top() -> None:
    form = filled()
    assert form.is_valid()

    def refuse() -> str:
        raise DomainError("nobody.knows", field="no_such_field", secret="Айнура")

    assert form.attempt(refuse) is None
    assert len(form.non_field_errors()) == 1
    assert "Айнура" not in str(form.errors)


def test_what_may_not_be_seen_passes_through() -> None:
    form = filled()

    def refuse() -> str:
        raise AccessDenied("core.not_permitted")

    with pytest.raises(AccessDenied):
        form.attempt(refuse)


def test_what_was_done_is_given_back() -> None:
    assert filled().attempt(lambda: "done") == "done"


# days


def test_a_day_is_a_date() -> None:
    form = filled()
    assert form.is_valid(), form.errors
    assert form.cleaned_data["on"] == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"on_day": "24"}, "The day cannot be in the future. Today is 23 November"),
        ({"on_day": "31"}, "There is no such day in that month. Check the day and the month"),
        ({"on_day": "", "on_month": "", "on_year": ""}, "Write the day, the month and the year"),
        ({"on_month": ""}, "Choose the month"),
        ({"on_day": "five"}, "Write the day in digits, for example 5"),
        ({"on_day": "²"}, "Write the day in digits, for example 5"),
        ({"on_year": "26"}, "Write the year in four digits, for example 2026"),
        ({"on_year": ""}, "Write the year in four digits, for example 2026"),
    ],
)
def test_a_day_that_cannot_be_says_what_to_do(typed: dict[str, str], said: str) -> None:
    assert words(filled(**typed), "on") == [said]


@pytest.mark.parametrize(
    ("typed", "known", "shown"),
    [
        ({"born_year": "1992"}, ui.PartialDay(1992), "1992"),
        ({"born_year": "1992", "born_month": "3"}, ui.PartialDay(1992, 3), "March 1992"),
        (
            {"born_year": "1992", "born_month": "3", "born_day": "8"},
            ui.PartialDay(1992, 3, 8),
            "8\u00a0March 1992",
        ),
    ],
)
def test_a_birthday_may_be_the_year_alone(typed: dict[str, str], known: ui.PartialDay, shown: str) -> None:
    form = filled(**typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["born"] == known
    assert str(known) == shown


def test_a_day_without_its_month_asks_for_the_month() -> None:
    assert words(filled(born_year="1992", born_day="8"), "born") == ["Choose the month"]


def test_a_deadline_may_be_today_but_not_yesterday() -> None:
    class TermForm(ui.Form):
        until = ui.DayField(label="Until", ahead=True)

    def typed(day: date) -> dict[str, str]:
        return {"key": KEY, "until_day": str(day.day), "until_month": str(day.month), "until_year": str(day.year)}

    assert TermForm(typed(NOW.date()), now=NOW).is_valid()
    late = TermForm(typed(NOW.date() - timedelta(days=1)), now=NOW)
    assert words(late, "until") == ["The day has passed already. Today is 23 November"]


@pytest.mark.parametrize("time", ["08:30", "8.30", "0830", "830", "8 30"])
def test_a_moment_is_read_as_people_write_it(time: str) -> None:
    form = filled(at_day="23", at_month="11", at_year="2026", at_time=time)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["at"] == datetime(2026, 11, 23, 8, 30, tzinfo=BISHKEK)


@pytest.mark.parametrize(
    ("time", "said"),
    [
        ("", "Write the time as hours and minutes, for example 08:40"),
        ("25:00", "Write the time as hours and minutes, for example 08:40"),
        ("08:41", "This cannot be in the future. Now it is 23 November, 08:40"),
    ],
)
def test_a_moment_that_cannot_be_says_what_to_do(time: str, said: str) -> None:
    assert words(filled(at_day="23", at_month="11", at_year="2026", at_time=time), "at") == [said]


@given(day=st.dates(date(1900, 1, 1), date(2026, 11, 23)))
def test_every_day_that_has_been_can_be_written(day: date) -> None:
    form = filled(on_day=str(day.day), on_month=f"{day.month:02}", on_year=str(day.year))
    assert form.is_valid() and form.cleaned_data["on"] == day


@given(
    parts=st.fixed_dictionaries({part: st.text(max_size=5) for part in ("on_day", "on_month", "on_year", "at_time")})
)
def test_nothing_typed_into_a_date_breaks_the_page(parts: dict[str, str]) -> None:
    form = filled(**parts)
    form.is_valid()
    assert str(form["on"]).encode() and str(form["at"]).encode()


# text


class WordsForm(ui.Form):
    line = ui.Words(label="Line", required=False)
    block = ui.Words(label="Block", rows=3, limit=10, required=False)


def written(**typed: str) -> WordsForm:
    return WordsForm({"key": KEY, **typed})


def test_text_is_trimmed_and_composed() -> None:
    form = written(line="  й\u0306 а\tб ", block="\r\nа\r\n\r\nб \n")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["block"] == "а\n\nб"
    assert form.cleaned_data["line"].endswith("а б")


@pytest.mark.parametrize("sign", ["\0", "\x07", "\x1b", "\x85", "\u202e", "\u2066"])
def test_signs_that_nobody_sees_are_refused(sign: str) -> None:
    assert words(written(line=f"а{sign}б"), "line") == [
        "This text holds an invisible character that cannot be kept. Write the text again, do not paste it."
    ]


def test_half_a_character_is_refused_and_can_still_be_shown_again() -> None:
    form = written(block="а\ud800б")
    assert words(form, "block") == ["A character in this text is damaged. Write the text again, do not paste it."]
    assert "а\ufffdб" in str(form["block"])


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    assert words(written(block="ы" * 12), "block") == ["Shorten this by 2 characters: it holds 10"]
    assert words(written(block="ы" * 11), "block") == ["Shorten this by 1 character: it holds 10"]
    assert written(block=" " + "ы" * 10 + "\r\n").is_valid()


@given(text=st.text(st.characters(exclude_categories=()), max_size=30))
def test_any_text_is_either_kept_or_refused_and_can_be_shown(text: str) -> None:
    form = written(line=text, block=text)
    if form.is_valid():
        assert form.cleaned_data["line"] == form.cleaned_data["line"].strip()
        assert form.cleaned_data["line"].encode().decode() == form.cleaned_data["line"]
    assert str(form["line"]).encode() and str(form["block"]).encode()


# choices


def test_a_question_that_was_not_brought_up_is_neither_asked_nor_kept() -> None:
    form = filled(met="no", children="many", why="Nobody opened")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["children"] is None
    assert form.cleaned_data["why"] == "Nobody opened"


def test_a_question_that_was_brought_up_must_be_answered() -> None:
    form = filled(met="yes", why="old words")
    assert not form.is_valid()
    assert set(form.errors) == {"children"}
    assert form.cleaned_data["why"] == ""


def test_a_question_below_an_unasked_question_is_not_asked_either() -> None:
    class NestedForm(ui.Form):
        harm = ui.Answer(label="Harm", shows={"yes": ["seen"]})
        seen = ui.Answer(label="Seen", shows={"yes": ["where"]})
        where = ui.Words(label="Where")

    assert NestedForm({"key": KEY, "harm": "no", "seen": "yes"}).is_valid()
    assert set(NestedForm({"key": KEY, "harm": "yes", "seen": "yes"}).errors) == {"where"}
    assert [bound.name for bound in NestedForm().questions] == ["harm"]


def test_more_than_five_choices_are_a_list() -> None:
    many = ui.Choice([(str(number), str(number)) for number in range(6)])
    assert many.widget.input_type == "select"
    assert many.choices[0] == ("", "")
    assert ui.Choice([("a", "A"), ("b", "B")]).widget.input_type == "radio"


@pytest.mark.parametrize("typed", ["0555 12 34 56", "+996 555 123 456", "0555-12-34-56"])
def test_a_number_of_the_country_is_kept_in_one_form(typed: str) -> None:
    form = filled(phone=typed)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["phone"] == "+996555123456"
    assert VisitForm(initial={"phone": "+996555123456"})["phone"].value() == "0555 12 34 56"


@pytest.mark.parametrize("typed", ["0555 12 3", "позвоните", "102", "1" * 300, "0555123456 доб. 12"])
def test_a_number_that_cannot_be_called_says_how_to_write_it(typed: str) -> None:
    assert words(filled(phone=typed), "phone") == ["Check the number: ten digits, for example 0555 12 34 56"]


@pytest.mark.parametrize(("typed", "counted"), [("3", 3), (" 12 ", 12), ("0", 0)])
def test_a_count_is_a_whole_number(typed: str, counted: int) -> None:
    form = filled(met="yes", children=typed)
    assert form.is_valid() and form.cleaned_data["children"] == counted


@pytest.mark.parametrize("typed", ["-1", "21", "99999999999999999999", "1,5", "three"])
def test_a_count_outside_of_its_range_is_refused(typed: str) -> None:
    assert words(filled(met="yes", children=typed), "children") != []


def test_a_file_is_refused_by_its_size_and_kind() -> None:
    class FileForm(ui.Form):
        paper = ui.FileField(label="Paper", limit_mb=1)
        more = ui.Files(label="More", required=False)

    def sent(name: str, size: int) -> FileForm:
        return FileForm({"key": KEY}, {"paper": SimpleUploadedFile(name, b"x" * size)})

    assert sent("order.PDF", 10).is_valid()
    assert sent("order.pdf", 10).fields["paper"].widget.attrs["accept"] == ".pdf,.jpg,.jpeg,.png"
    assert words(sent("order.pdf", 1_000_001), "paper") == [
        "The file is too large: at most 1 MB. Send a smaller photo or fewer pages"
    ]
    assert words(sent("order.exe", 10), "paper") == [
        "This kind of file is not kept here. Choose one of these: pdf, jpg, jpeg, png"
    ]
    both = FileForm(
        {"key": KEY},
        {"paper": SimpleUploadedFile("a.pdf", b"a"), "more": SimpleUploadedFile("b.png", b"b")},
    )
    assert both.is_valid() and [one.name for one in both.cleaned_data["more"]] == ["b.png"]
