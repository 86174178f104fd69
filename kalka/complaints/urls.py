from django.urls import path

from kalka.complaints import views

app_name = "complaints"
urlpatterns = [
    path("cases/<str:ref>/call/", views.call_new, name="call_new"),
    path("cases/<str:ref>/call/<uuid:part>/", views.call, name="call"),
    path("cases/<str:ref>/paper/", views.paper_new, name="paper_new"),
    path("cases/<str:ref>/paper/<uuid:part>/", views.paper, name="paper"),
    path("cases/<str:ref>/paper/<uuid:part>/print/<str:lang>/", views.printed, name="print"),
]
