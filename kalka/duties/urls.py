from django.urls import path

from kalka.duties import views

app_name = "duties"
urlpatterns = [
    path("duties/late/", views.oversee, name="oversee"),
    path("duties/<uuid:duty_id>/done/", views.finish, name="finish"),
    path("duties/<uuid:duty_id>/let-go/", views.waive, name="waive"),
    path("duties/<uuid:duty_id>/hand-over/", views.hand_over, name="hand_over"),
]
