"""`kalka demo` with a tenth of its cases: every part of the world is there, and none of it is long."""

from kalka.cli.demo import demo
from kalka.demo import world

__all__ = ["demo"]
world.SIMULATED //= 10
