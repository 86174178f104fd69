"""Where everything is. Every name here has its line in config/policy/, or the start is refused."""

from pathlib import Path

from django.urls import URLPattern, URLResolver, include, path
from django.urls.resolvers import RoutePattern
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language

MODULES = (
    "accounts",
    "intake",
    "shelters",
    "cases",
    "findings",
    "risk",
    "orders",
    "referrals",
    "notices",
    "support",
    "legalaid",
    "programmes",
    "monitoring",
    "proceedings",
    "perpetrators",
    "prevention",
    "library",
    "training",
    "committees",
    "families",
    "sittings",
    "results",
    "followup",
    "complaints",
    "closure",
    "oversight",
    "obligations",
    "statistics",
    "backups",
    "guide",
    "duties",
    "files",
    "portal",
    "desk",
)

KALKA = Path(__file__).resolve().parents[1] / "kalka"


class Later(URLResolver):
    """The addresses of a module that is loaded when the first of them is asked for: pages do without it."""

    def __init__(self, route: str, module: str, name: str) -> None:
        super().__init__(RoutePattern(route), module, app_name=name, namespace=name)

    def _populate(self) -> None:
        """What stands above need not look inside: the names here all begin with the module's own."""
        kept: dict[str, dict[str, object]] = vars(self)  # what Django keeps by language, and the stubs do not know
        for name in ("_reverse_dict", "_namespace_dict", "_app_dict"):
            kept[name][get_language() or ""] = MultiValueDict()


urlpatterns: list[URLPattern | URLResolver] = [
    Later("api/v1/", "kalka.api.urls", "api"),
    *(path("", include(f"kalka.{module}.urls")) for module in MODULES if (KALKA / module / "urls.py").exists()),
]

handler400 = "kalka.ui.problems.bad_request"
handler403 = "kalka.ui.problems.forbidden"
handler404 = "kalka.ui.problems.not_found"
handler500 = "kalka.access.pausing.server_error"
