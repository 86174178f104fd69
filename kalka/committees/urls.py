from django.urls import path

from kalka.committees import views

app_name = "committees"
MEMBER = "committee/members/<int:holding_id>/"
urlpatterns = [
    path("committees/", views.covered, name="list"),
    path("committees/new/", views.found, name="found"),
    path("committees/project/", views.project, name="project"),
    path("committees/<uuid:committee_id>/", views.one, name="one"),
    path("committees/<uuid:committee_id>/approve/", views.approve, name="approve"),
    path("committee/", views.own, name="own"),
    path("committee/describe/", views.describe, name="describe"),
    path("committee/plan/", views.plan, name="plan"),
    path("committee/who/", views.who, name="who"),
    path("committee/members/new/", views.member_new, name="member_new"),
    path(MEMBER, views.member, name="member"),
    path(f"{MEMBER}office/", views.office, name="office"),
    path(f"{MEMBER}undertaking/", views.undertaking, name="undertaking"),
    path(f"{MEMBER}leave/", views.leave, name="leave"),
    path(f"{MEMBER}tasks/", views.tasks, name="tasks"),
]
