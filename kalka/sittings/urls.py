from django.urls import path

from kalka.sittings import views

app_name = "sittings"
urlpatterns = [
    path("sittings/", views.listing, name="list"),
    path("sittings/new/", views.new, name="new"),
    path("sittings/<uuid:sitting>/", views.sitting, name="sitting"),
    path("sittings/<uuid:sitting>/put/", views.put, name="put"),
    path("sittings/<uuid:sitting>/came/", views.roll, name="roll"),
    path("sittings/<uuid:sitting>/minutes/<str:kind>/<str:lang>/", views.minutes, name="minutes"),
    path("sittings/items/<uuid:item>/", views.decide, name="decide"),
    path("sittings/items/<uuid:item>/conflict/", views.conflict, name="conflict"),
    path("sittings/decisions/<uuid:resolution>/", views.decision, name="decision"),
    path("sittings/decisions/<uuid:resolution>/correct/", views.addendum, name="addendum"),
]
