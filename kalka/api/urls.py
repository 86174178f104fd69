from django.urls import include, path

from kalka.api.api import api, contract

app_name = "api"
# Without the root that ninja adds for itself: it would be an address that answers nothing.
operations = [pattern for pattern in api.urls[0] if getattr(pattern, "name", None) != "api-root"]
urlpatterns = [
    path("openapi.json", contract, name="contract"),
    path("", include(operations)),
]
