from django.urls import path

from kalka.risk import views

app_name = "risk"
urlpatterns = [
    path("cases/<str:ref>/risk/", views.assess, name="assess"),
    path("cases/<str:ref>/risk/draft/", views.draft, name="draft"),
    path("cases/<str:ref>/risk/happened/", views.happened, name="happened"),
    path("cases/<str:ref>/risk/leaflet/<str:lang>/", views.leaflet, name="leaflet"),
    path("cases/<str:ref>/risk/judge/", views.judge, name="judge"),
    path("cases/<str:ref>/risk/<uuid:judgement>/result/", views.result, name="result"),
    path("cases/<str:ref>/risk/<uuid:assessment>/", views.show, name="show"),
    path("cases/<str:ref>/risk/<uuid:assessment>/court/", views.court, name="court"),
    path("cases/<str:ref>/risk/<uuid:assessment>/paper/<str:lang>/", views.paper, name="paper"),
    path("cases/<str:ref>/risk/<uuid:assessment>/countersign/", views.countersign, name="countersign"),
    path("risk/", views.monitoring, name="monitoring"),
    path("risk/practice/", views.practice, name="practice"),
]
