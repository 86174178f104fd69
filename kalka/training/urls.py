from django.urls import path

from kalka.training import views

app_name = "training"
COURSE = "training/<uuid:course>/"
urlpatterns = [
    path("training/", views.listing, name="list"),
    path("training/programme/", views.programme, name="programme"),
    path("training/new/", views.new, name="new"),
    path("training/focal/", views.focal, name="focal"),
    path("training/focal/period/", views.period, name="period"),
    path("training/focal/<uuid:focal>/", views.learnt, name="learnt"),
    path("training/back/<uuid:thing>/", views.take_back, name="take_back"),
    path(COURSE, views.course, name="course"),
    path(f"{COURSE}participants/", views.enrol, name="enrol"),
    path(f"{COURSE}results/", views.results, name="results"),
    path(f"{COURSE}measure/", views.measure, name="measure"),
    path(f"{COURSE}certificates/", views.certificates, name="certificates"),
    path(f"{COURSE}certificates/<uuid:certificate>/<str:lang>/", views.paper, name="paper"),
    path("certificate/", views.check, name="check"),
    path("certificate/<str:language>/", views.check, name="check_in"),
]
