from django.urls import path

from kalka.obligations import views

app_name = "obligations"
urlpatterns = [
    path("law/", views.law, name="law"),
    path("law/duties/", views.matrix, name="matrix"),
]
