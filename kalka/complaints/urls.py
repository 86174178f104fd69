from django.urls import path

from kalka.complaints import views

app_name = "complaints"
urlpatterns = [
    path("cases/<str:ref>/call/", views.call_new, name="call_new"),
    path("cases/<str:ref>/call/<uuid:part>/", views.call, name="call"),
]
