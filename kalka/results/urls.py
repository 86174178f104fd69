from django.urls import path

from kalka.results import views

app_name = "results"
urlpatterns = [
    path("results/", views.page, name="page"),
    path("results/file/<str:ending>/", views.file, name="file"),
    path("results/reports/", views.reports, name="reports"),
    path("results/reports/acknowledge/", views.acknowledge, name="acknowledge"),
    path("results/open/", views.open_page, name="open"),
    path("results/open/<str:language>/", views.open_page, name="open_in"),
]
