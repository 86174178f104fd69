from django.urls import path

from kalka.followup import views

app_name = "followup"
urlpatterns = [
    path("cases/<str:ref>/visit/", views.visit, name="visit"),
    path("cases/<str:ref>/visit/<uuid:visit_id>/correct/", views.correct, name="correct"),
    path("cases/<str:ref>/visit/<uuid:visit_id>/said/", views.said, name="said"),
    path("cases/<str:ref>/visit/<uuid:visit_id>/print/<str:lang>/", views.printed, name="print"),
    path("visits/", views.entries, name="entries"),
    path("visits/today/", views.route, name="route"),
]
