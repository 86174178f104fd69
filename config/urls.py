"""Where everything is. Every name here has its line in config/policy/, or the start is refused."""

from pathlib import Path

from django.urls import ResolverMatch, URLPattern, URLResolver, include, path
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


Key = tuple[str, int]


class Sorted(URLResolver):
    """The addresses of all modules, by their first word and how many parts they have: what is asked for is held against
    the dozen that are like it, in the same order, and not against each of the hundreds there are."""

    def __init__(self, modules: list[URLResolver]) -> None:
        super().__init__(RoutePattern(""), modules)
        self._modules = modules
        self._keys = [[(_key(one), one) for one in module.url_patterns] for module in modules]
        self._known = {key for of_module in self._keys for key, _one in of_module}
        self._alike: dict[Key | None, URLResolver] = {}

    def resolve(self, path: str) -> ResolverMatch:
        asked = (path.partition("/")[0], path.count("/"))
        key = asked if asked in self._known else None
        if key not in self._alike:
            self._alike[key] = self._like(key)
        return self._alike[key].resolve(path)

    def _like(self, key: Key | None) -> URLResolver:
        few = []
        for module, keys in zip(self._modules, self._keys, strict=True):
            if kept := [one for its, one in keys if its in {key, None}]:
                few.append(URLResolver(module.pattern, kept, app_name=module.app_name, namespace=module.namespace))
        return URLResolver(RoutePattern(""), few)


def _key(one: URLPattern | URLResolver) -> Key | None:
    """None for what may be like anything: it begins with a part that changes, takes several, or holds others."""
    route = str(one.pattern)
    first = route.partition("/")[0]
    wide = not isinstance(one, URLPattern) or "<path:" in route or "<" in first
    return None if wide else (first, route.count("/"))


urlpatterns: list[URLPattern | URLResolver] = [
    Later("api/v1/", "kalka.api.urls", "api"),
    Sorted([path("", include(f"kalka.{module}.urls")) for module in MODULES if (KALKA / module / "urls.py").exists()]),
]

handler400 = "kalka.ui.problems.bad_request"
handler403 = "kalka.ui.problems.forbidden"
handler404 = "kalka.ui.problems.not_found"
handler500 = "kalka.access.pausing.server_error"
