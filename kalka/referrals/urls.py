from django.urls import path

from kalka.referrals import views

app_name = "referrals"
urlpatterns = [
    path("help/", views.board, name="board"),
    path("help/received/", views.received, name="received"),
    path("help/received/<uuid:referral>/", views.answer, name="answer"),
    path("help/received/<uuid:referral>/<slug:step>/", views.reply, name="reply"),
    path("help/seats/<uuid:seat>/", views.invited, name="invited"),
    path("help/decisions/<uuid:decision>/", views.decision, name="decision"),
    path("cases/<str:ref>/needs/", views.needs, name="needs"),
    path("cases/<str:ref>/needs/<uuid:need>/", views.need, name="need"),
    path("cases/<str:ref>/needs/<uuid:need>/choice/", views.choose, name="choose"),
    path("cases/<str:ref>/needs/<uuid:need>/ask/<uuid:service>/", views.refer, name="refer"),
    path("cases/<str:ref>/shelter/", views.place, name="place"),
    path("cases/<str:ref>/shelter/stay/", views.stay, name="stay"),
    path("cases/<str:ref>/referrals/<uuid:referral>/", views.referral, name="referral"),
    path("cases/<str:ref>/referrals/<uuid:referral>/<slug:step>/", views.step, name="step"),
    path("cases/<str:ref>/tracks/new/", views.track_new, name="track_new"),
    path("cases/<str:ref>/tracks/<uuid:track>/", views.track, name="track"),
    path("cases/<str:ref>/tracks/<uuid:track>/<int:number>/", views.track_step, name="track_step"),
    path("cases/<str:ref>/conferences/new/", views.conference_new, name="conference_new"),
    path("cases/<str:ref>/conferences/<uuid:conference>/", views.conference, name="conference"),
    path("cases/<str:ref>/conferences/<uuid:conference>/minutes/", views.minutes, name="minutes"),
]
