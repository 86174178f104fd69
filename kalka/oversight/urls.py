from django.urls import path

from kalka.oversight import views

app_name = "oversight"
urlpatterns = [
    path("alarms/", views.alarms, name="alarms"),
    path("alarms/<uuid:alarm>/", views.alarm, name="alarm"),
    path("openings/", views.openings, name="openings"),
    path("openings/<uuid:opening>/", views.opening, name="opening"),
    path("baits/", views.baits, name="baits"),
    path("baits/new/", views.bait_new, name="bait_new"),
]
