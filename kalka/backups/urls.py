from django.urls import path

from kalka.backups import views

app_name = "backups"
urlpatterns = [path("backups/", views.state, name="state")]
