from django.urls import path

from kalka.shelters import views

app_name = "shelters"
urlpatterns = [
    path("shelters/free/", views.network, name="network"),
    path("shelters/hold/", views.hold, name="hold"),
    path("shelters/held/<uuid:hold>/", views.held, name="held"),
    path("shelters/held/<uuid:hold>/arrive/", views.arrive_held, name="arrive_held"),
    path("shelters/turned-away/", views.turn_away, name="turn_away"),
    path("shelters/", views.board, name="board"),
    path("shelters/new/", views.new, name="new"),
    path("shelters/arrive/", views.arrive, name="arrive"),
    path("shelters/stays/", views.stays, name="stays"),
    path("shelters/stays/<uuid:stay>/", views.stay, name="stay"),
    path("shelters/stays/<uuid:stay>/child/", views.child, name="child"),
    path("shelters/stays/<uuid:stay>/move/", views.move, name="move"),
    path("shelters/stays/<uuid:stay>/longer/", views.extend, name="extend"),
    path("shelters/stays/<uuid:stay>/rules/", views.rules_told, name="rules_told"),
    path("shelters/stays/<uuid:stay>/belongings/", views.keep, name="keep"),
    path("shelters/stays/<uuid:stay>/leave/", views.depart, name="depart"),
    path("shelters/belongings/<uuid:belonging>/back/", views.give_back, name="give_back"),
    path("shelters/places/<uuid:place>/", views.place, name="place"),
    path("shelters/<uuid:shelter>/places/", views.place_new, name="place_new"),
    path("shelters/<uuid:shelter>/rules/", views.rules, name="rules"),
    path("shelters/<uuid:shelter>/address/", views.address, name="address"),
    path("shelters/<uuid:shelter>/where/", views.where, name="where"),
    path("shelters/<uuid:shelter>/turned-away/", views.turned, name="turned"),
]
