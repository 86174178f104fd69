from django.utils.translation import gettext_lazy as _

from kalka.ui.text import StrOrPromise

WORDS: dict[str, StrOrPromise] = {
    "sheets.empty": _("The file is empty. Nothing was changed. Choose a file with headings and rows."),
    "sheets.kind": _("This is not a spreadsheet. Nothing was changed. Save it as XLSX or CSV and choose it again."),
    "sheets.encoding": _(
        "The letters of this file cannot be read. Nothing was changed. Save it as XLSX, or as CSV in UTF-8."
    ),
    "sheets.file_too_large": _("The file is larger than {megabytes} MB. Nothing was changed. Divide it into parts."),
    "sheets.unpacks_too_large": _(
        "The file unpacks to more than {megabytes} MB or more than {ratio} times its size. Nothing was changed."
        " Save it as CSV, or divide it into parts."
    ),
    "sheets.broken": _("The file is damaged. Nothing was changed. Save it again as XLSX or CSV."),
    "sheets.locked": _("The file is protected by a password. Nothing was changed. Save it without a password."),
    "sheets.quotes": _(
        "A quotation mark in row {row} is not closed. Nothing was changed. Mend that row, or save the file as XLSX."
    ),
    "sheets.too_many_rows": _("The file has more than {most} rows. Nothing was changed. Divide it into parts."),
    "sheets.too_many_cells": _(
        "The sheet is too wide or too long: at most {columns} columns and {cells} cells. Nothing was changed."
        " Delete what stands outside the table, or divide it into parts."
    ),
    "sheets.columns_missing": _(
        "Row {row} has no heading {columns}. Nothing was changed. Add it, or take our template."
    ),
    "sheets.column_twice": _("The heading {columns} stands twice. Nothing was changed. Keep one of the columns."),
    "sheets.required": _("This must not be blank."),
    "sheets.not_a_moment": _("Write the day and the time, for example 23.11.2026 08:15."),
    "sheets.cell_too_long": _("A cell can hold at most {most} letters. Shorten the text."),
    "sheets.cell_control": _("There is a character here that cannot be typed or shown. Type the text again."),
    "sheets.cell_formula_error": _("The formula here has no result. Type the value."),
    "sheets.code_as_number": _(
        "The spreadsheet turned this code into a number. Format the column as text and write the code again."
    ),
    "sheets.not_a_code": _("A code has only Latin letters and digits, 20 at most."),
    "sheets.not_a_day": _("This is not a date. Write it like 07.08.2024."),
    "sheets.not_a_number": _("Write a whole number from {least} to {most}, in digits."),
    "sheets.number_outside": _("The number must be from {least} to {most}."),
    "sheets.day_or_month": _("Nobody can tell the day from the month here. Write it like 07.08.2024."),
    "sheets.day_without_its_day": _("Here is a month without its day. Write the day too, like 07.08.2024."),
    "sheets.merged_number": _("One number is merged over several rows. Write for each row how many of it are its own."),
    "sheets.row_is_total": _("This is a total of the rows above. It was not taken as a row."),
    "sheets.row_is_heading": _("These are the headings again. They were not taken as a row."),
    "sheets.row_is_numbering": _("Here the columns are numbered. It was not taken as a row."),
    "sheets.row_twice": _("The same as row {first}. It was taken once."),
    "sheets.row_differs": _("Row {first} is about the same and says other things. Keep one of the two."),
    "sheets.not_a_choice": _("This is not one of the choices of the column. Take one from the template."),
}
