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
    path("cases/<str:ref>/conflict/", views.conflict, name="conflict"),
    path("cases/<str:ref>/walls/", views.walls, name="walls"),
    path("cases/<str:ref>/walls/<int:user>/", views.wall_lift, name="wall_lift"),
    path("conflict/", views.conflict_by_code, name="conflict_by_code"),
    path("me/who-i-am/", views.who_i_am, name="who_i_am"),
    path("emergency/", views.glass, name="glass"),
    path("emergency/<uuid:opening>/", views.glass_decide, name="glass_decide"),
]
