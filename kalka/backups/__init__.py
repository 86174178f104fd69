"""Copies of everything, sealed to people outside, and the proof that they come back.

A *backup* is two sealed streams: the data without the keys of the files, and those keys, which are kept for less
long. A *drill* is a restore somewhere else after which somebody signed in and opened a case. Where none has succeeded
for thirty days, whoever runs the installation sees it.
"""
