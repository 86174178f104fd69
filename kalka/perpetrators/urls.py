from django.urls import path

from kalka.perpetrators import views

app_name = "perpetrators"
urlpatterns = [path("people/<uuid:person>/across/", views.person, name="person")]
