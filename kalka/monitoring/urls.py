from django.urls import path

from kalka.monitoring import views

app_name = "monitoring"
urlpatterns = [
    path("monitoring/", views.listing, name="list"),
    path("cases/<str:ref>/monitoring/new/", views.register, name="register"),
    path("cases/<str:ref>/monitoring/<uuid:measure>/", views.measure, name="measure"),
    path("cases/<str:ref>/monitoring/<uuid:measure>/<slug:step>/", views.step, name="step"),
    path("cases/<str:ref>/signals/<uuid:signal>/", views.answer, name="answer"),
]
