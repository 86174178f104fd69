"""What happened to whom and when, in codes. Append-only, without a word of text.

The steps of intake, cases, risk, orders, proceedings, followup and closure append; risk reads counts, so that nobody
asks a person again what is already known.
"""
