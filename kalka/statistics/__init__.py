"""Figures: how many reports, incidents, persons and orders, where and when, and never who.

A release copies the `facts` of every module into one table of codes, counts them, hides what would give somebody
away, and publishes the figures. Pages, files and programs read published figures alone.

Words. A *fact* is one line without identity. A *figure* is one number of a release: shown, hidden (too few, or it would
give another away) or without data, which is never 0. An *indicator* says what is counted, in which unit and stage.
A *release* is one extraction of everything up to the last whole month.
"""
