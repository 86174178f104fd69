from django.urls import path

from kalka.portal import views

app_name = "portal"
urlpatterns = [
    path("refused/", views.refused, name="refused"),
    path("info/", views.start, name="start"),
    path("info/find/", views.find, name="find"),
    path("info/find/<str:language>/", views.find, name="find_in"),
    path("info/ask/", views.receipt, name="receipt"),
    path("info/ask/<str:language>/", views.receipt, name="receipt_in"),
    path("info/services.json", views.feed, name="feed"),
    path("info/services.zip", views.feed_tables, name="feed_tables"),
    path("info/<str:language>/", views.start, name="start_in"),
]
