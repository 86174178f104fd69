from django.urls import path

from kalka.closure import views

app_name = "closure"
urlpatterns = [
    path("cases/<str:ref>/close/", views.close, name="close"),
    path("cases/<str:ref>/reopen/", views.reopen, name="reopen"),
]
