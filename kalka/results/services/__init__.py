"""The report of a quarter, upward: sent by a committee, acknowledged by whoever stands above it."""

from kalka.results.services.reporting import acknowledge_report, send_report

__all__ = ["acknowledge_report", "send_report"]
