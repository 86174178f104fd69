from django.urls import path

from kalka.prevention import views

app_name = "prevention"
urlpatterns = [
    path("prevention/", views.listing, name="list"),
    path("prevention/new/", views.new, name="new"),
    path("prevention/<uuid:event>/", views.event, name="event"),
    path("prevention/<uuid:event>/withdraw/", views.withdraw, name="withdraw"),
    path("prevention/<uuid:event>/roll/", views.roll, name="roll"),
    path("prevention/<uuid:event>/photo/", views.photo_new, name="photo_new"),
    path("prevention/photo/<uuid:photo>/", views.photo, name="photo"),
    path("prevention/photo/<uuid:photo>/picture/", views.picture, name="picture"),
]
