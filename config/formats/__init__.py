"""Formats as people there write them; Django's own differ. Sentences with dates are in kalka.ui.writing."""
