from django.urls import path

from kalka.proceedings import views

app_name = "proceedings"
CASE, ONE = "cases/<str:ref>/proceedings/", "cases/<str:ref>/proceedings/<uuid:proceeding>/"
urlpatterns = [
    path("proceedings/", views.listing, name="list"),
    path("custody/<uuid:custody>/", views.release, name="release"),
    path(CASE, views.case, name="case"),
    path(f"{CASE}new/", views.new, name="new"),
    path(f"{CASE}held/", views.hold, name="hold"),
    path(f"{CASE}weapons/", views.weapon, name="weapon"),
    path(ONE, views.proceeding, name="proceeding"),
    path(f"{ONE}step/", views.step, name="step"),
    path(f"{ONE}end/", views.end, name="end"),
    path(f"{ONE}paper/<slug:lang>/", views.paper, name="paper"),
]
