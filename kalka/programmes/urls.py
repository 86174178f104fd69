from django.urls import path

from kalka.programmes import views

app_name = "programmes"
urlpatterns = [
    path("programmes/", views.overview, name="list"),
    path("programmes/never/", views.never, name="never"),
    path("programmes/groups/new/", views.group_new, name="group_new"),
    path("programmes/groups/<uuid:group>/", views.group, name="group"),
    path("programmes/groups/<uuid:group>/session/", views.session, name="session"),
    path("programmes/<uuid:enrolment>/", views.enrolment, name="enrolment"),
    path("programmes/<uuid:enrolment>/step/", views.step, name="step"),
    path("programmes/<uuid:enrolment>/threat/", views.threat, name="threat"),
    path("programmes/<uuid:enrolment>/paper/<slug:kind>/<slug:lang>/", views.paper, name="paper"),
    path("cases/<str:ref>/programme/", views.case, name="case"),
    path("cases/<str:ref>/programme/<uuid:person>/evasion/", views.evasion, name="evasion"),
]
