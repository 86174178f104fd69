"""A believable world of many invented cases, cast from few courses that were played by the real commands.

`run` writes it; `kalka simulate` and the demo call it.
"""

from kalka.demo.simulate.running import Simulated, run

__all__ = ["Simulated", "run"]
