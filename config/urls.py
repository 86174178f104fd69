"""Where everything is. Every name here has its line in config/policy.py, or the start is refused."""

from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path

MODULES = (
    "accounts",
    "intake",
    "cases",
    "risk",
    "orders",
    "followup",
    "closure",
    "oversight",
    "statistics",
    "backups",
    "duties",
    "files",
    "portal",
    "api",
    "desk",
)

KALKA = Path(__file__).resolve().parents[1] / "kalka"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"kalka.{module}.urls")) for module in MODULES if (KALKA / module / "urls.py").exists()
]

handler400 = "kalka.ui.problems.bad_request"
handler403 = "kalka.ui.problems.forbidden"
handler404 = "kalka.ui.problems.not_found"
handler500 = "kalka.access.pausing.server_error"
