"""Fields accept what people write, and say what to do about the rest."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kalka.core.errors import AccessDenied, DomainError
from kalka.ui import forms as ui
from kalka.ui.tests.factories import KEY, VisitForm, filled, words


@pytest.fixture(autouse=True)
def _english() -> object:
    with override("en"):
        yield


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


def test_a_text_that_cannot_be_kept_comes_back_even_if_nobody_asked_for_it() -> None:
    assert words(filled(met="yes", children="2", why="ы" * 41), "why") == [
        "Shorten this by 1 character: it holds 40",
    ]
    assert filled(met="yes", children="2", why=" ").is_valid()


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
