"""Every write of this module."""

from kalka.programmes.services.holding import begin_group, hold_session
from kalka.programmes.services.requiring import keep_apart, require
from kalka.programmes.services.sending import send
from kalka.programmes.services.stepping import report_threat, take_step

__all__ = ["begin_group", "hold_session", "keep_apart", "report_threat", "require", "send", "take_step"]
