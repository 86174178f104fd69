from django.urls import path

from kalka.orders import views

app_name = "orders"
urlpatterns = [
    path("orders/", views.listing, name="list"),
    path("orders/without/", views.without, name="without"),
    path("cases/<str:ref>/no-order/", views.no_order, name="no_order"),
    path("orders/lookup/", views.lookup, name="lookup"),
    path("cases/<str:ref>/orders/new/", views.register, name="register"),
    path("cases/<str:ref>/orders/<uuid:order>/", views.order, name="order"),
    path("cases/<str:ref>/orders/<uuid:order>/number/", views.complete, name="complete"),
    path("cases/<str:ref>/orders/<uuid:order>/serve/", views.serve, name="serve"),
    path("cases/<str:ref>/orders/<uuid:order>/extend/", views.extend, name="extend"),
    path("cases/<str:ref>/orders/<uuid:order>/revoke/", views.revoke, name="revoke"),
    path("cases/<str:ref>/orders/<uuid:order>/breach/", views.breach, name="breach"),
    path("cases/<str:ref>/orders/<uuid:order>/paper/<slug:kind>/<slug:lang>/", views.paper, name="paper"),
]
