"""Timings of the hot pages, beside a bare Django view and raw SQL on the same rows, in the same run."""
