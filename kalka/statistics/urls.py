from django.urls import path

from kalka.statistics import views

app_name = "statistics"
urlpatterns = [
    path("figures/", views.listing, name="list"),
    path("figures/all.csv", views.everything, name="everything"),
    path("figures/release/", views.release, name="release"),
    path("figures/lines/", views.exports, name="exports"),
    path("figures/lines/ask/", views.export_ask, name="export_ask"),
    path("figures/lines/<uuid:export>/", views.export, name="export"),
    path("figures/lines/<uuid:export>/decide/", views.export_approve, name="export_approve"),
    path("figures/lines/<uuid:export>/lines.csv", views.export_csv, name="export_csv"),
    path("figures/lines/<uuid:export>/lines.xlsx", views.export_xlsx, name="export_xlsx"),
    path("figures/of/<slug:indicator>/", views.indicator, name="indicator"),
    path("figures/of/<slug:indicator>/table.csv", views.table_csv, name="csv"),
    path("figures/of/<slug:indicator>/table.xlsx", views.table_xlsx, name="xlsx"),
]
