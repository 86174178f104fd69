from django.urls import path

from kalka.intake import views

app_name = "intake"
urlpatterns = [
    path("reports/", views.listing, name="list"),
    path("reports/new/", views.new, name="new"),
    path("reports/draft/", views.draft, name="draft"),
    path("reports/<uuid:report>/", views.report, name="report"),
    path("reports/<uuid:report>/correct/", views.correct, name="correct"),
    path("reports/<uuid:report>/triage/", views.triage, name="triage"),
    path("reports/<uuid:report>/reporter/", views.reporter, name="reporter"),
    path("reports/<uuid:report>/receipt/", views.receipt, name="receipt"),
]
