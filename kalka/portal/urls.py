from django.urls import path

from kalka.portal import views

app_name = "portal"
urlpatterns = [
    path("refused/", views.refused, name="refused"),
    path("info/", views.start, name="start"),
    path("info/<str:language>/", views.start, name="start_in"),
]
