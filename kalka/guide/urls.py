from django.urls import path

from kalka.guide import views

app_name = "guide"
urlpatterns = [
    path("guide/", views.entries, name="list"),
    path("guide/new/", views.new, name="new"),
    path("guide/organisation/", views.provider, name="provider"),
    path("guide/place/", views.location, name="location"),
    path("guide/take/", views.take, name="take"),
    path("guide/<uuid:service_id>/", views.change, name="change"),
]
