from django.urls import path

from kalka.findings import views

app_name = "findings"
urlpatterns = [
    path("findings/", views.listing, name="list"),
    path("findings/clinic/new/", views.clinic_new, name="clinic_new"),
    path("findings/school/new/", views.school_new, name="school_new"),
    path("findings/clinic/<uuid:finding>/", views.clinic, name="clinic"),
    path("findings/clinic/<uuid:finding>/photos/<uuid:photo>/", views.photo, name="photo"),
    path("findings/school/<uuid:finding>/", views.school, name="school"),
    path("findings/school/<uuid:finding>/111/", views.hand_over, name="hand_over"),
    path("findings/<uuid:finding>/read/", views.acknowledge, name="acknowledge"),
    path("cases/<str:ref>/findings/", views.of_case, name="of_case"),
    path("cases/<str:ref>/findings/<uuid:finding>/read/", views.acknowledge_of_case, name="acknowledge_of_case"),
    path("cases/<str:ref>/findings/<uuid:finding>/withdraw/", views.withdraw, name="withdraw"),
    path("cases/<str:ref>/findings/<uuid:finding>/show/", views.show, name="show"),
]
