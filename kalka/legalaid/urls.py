from django.urls import path

from kalka.legalaid import views

app_name = "legalaid"
LEGAL, COUNSEL = "cases/<str:ref>/legal/", "cases/<str:ref>/counselling/"
urlpatterns = [
    path(LEGAL, views.case, name="case"),
    path(f"{LEGAL}new/", views.new, name="new"),
    path(f"{LEGAL}<uuid:request_id>/", views.one, name="request"),
    path(f"{LEGAL}<uuid:request_id>/appoint/", views.appoint, name="appoint"),
    path(f"{LEGAL}<uuid:request_id>/withdraw/", views.withdraw, name="withdraw"),
    path(f"{LEGAL}<uuid:request_id>/result/", views.result, name="result"),
    path(f"{LEGAL}appointment/<uuid:appointment>/", views.answer, name="answer"),
    path("legal/days/", views.days, name="days"),
    path("legal/days/new/", views.day_new, name="day_new"),
    path("legal/days/<uuid:day>/", views.day, name="day"),
    path(f"{COUNSEL}wait/", views.wait, name="wait"),
    path(f"{COUNSEL}wait/<uuid:waiting>/", views.leave, name="leave"),
    path(f"{COUNSEL}session/", views.session, name="session"),
    path(f"{COUNSEL}group/", views.join, name="join"),
    path("counselling/", views.counselling, name="counselling"),
    path("counselling/groups/new/", views.group_new, name="group_new"),
    path("counselling/groups/<uuid:group>/", views.group, name="group"),
]
