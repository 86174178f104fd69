from django.urls import path

from kalka.families import views

app_name = "families"
urlpatterns = [
    path("families/", views.register, name="register"),
    path("families/new/", views.note, name="note"),
    path("families/<str:ref>/", views.family, name="family"),
    path("families/<str:ref>/seat/", views.seat, name="seat"),
    path("families/<str:ref>/<str:step>/", views.step, name="step"),
]
