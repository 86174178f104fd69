"""A believable world of many invented cases, cast from few courses that were played by the real commands.

`running.run` writes it; `kalka simulate` and the demo call it.
"""
