"""Spreadsheets in and out: bytes to checked rows with the row each error stands in, and rows to bytes.

A *column* says how it may be headed in three languages and what its cells mean; a *row error* says where and why, as
a code. Nothing is ever put on the disk, and codes are text: a code that a spreadsheet turned into a number is refused.
"""
