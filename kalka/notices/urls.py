from django.urls import path

from kalka.notices import views

app_name = "notices"
urlpatterns = [
    path("people/<uuid:person>/way/", views.way, name="way"),
    path("people/<uuid:person>/message/", views.tell, name="tell"),
    path("people/<uuid:person>/way/code/", views.invite, name="invite"),
]
