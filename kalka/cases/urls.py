from django.urls import path

from kalka.cases import views

app_name = "cases"
urlpatterns = [
    path("cases/", views.listing, name="list"),
    path("cases/open/<uuid:report>/", views.open_report, name="open"),
    path("cases/<str:ref>/person/", views.person, name="person"),
    path("cases/<str:ref>/person/<uuid:person>/", views.correct, name="correct"),
    path("cases/<str:ref>/identity/", views.identity, name="identity"),
    path("cases/<str:ref>/incident/", views.incident, name="incident"),
    path("cases/<str:ref>/consent/", views.consent, name="consent"),
    path("cases/<str:ref>/consent/<uuid:consent>/withdraw/", views.withdraw_consent, name="withdraw_consent"),
    path("cases/<str:ref>/team/", views.team, name="team"),
    path("cases/<str:ref>/team/<uuid:member>/leave/", views.leave_team, name="leave_team"),
    path("cases/<str:ref>/note/", views.note, name="note"),
    path("cases/<str:ref>/demand/", views.demand, name="demand"),
    path("cases/<str:ref>/word/", views.word, name="word"),
    path("cases/<str:ref>/attach/", views.attach, name="attach"),
    path("cases/<str:ref>/file/<uuid:file>/", views.file, name="file"),
]
