"""Copies of everything, sealed to people outside, and the proof that they come back.

A *backup* is two sealed streams of one moment: the data without the keys of the files, and those keys, which are kept
for less long. A restore needs both. The root key is in neither. A *drill* is a restore somewhere else in which a case
was opened. Where none has succeeded for thirty days, whoever runs the installation sees it.
"""
