from django.urls import path

from kalka.support import views

app_name = "support"
HELP = "cases/<str:ref>/help/"
urlpatterns = [
    path(HELP, views.plan, name="plan"),
    path(f"{HELP}goal/", views.goal, name="goal"),
    path(f"{HELP}goal/<uuid:goal>/end/", views.end_goal, name="end_goal"),
    path(f"{HELP}goal/<uuid:goal>/action/", views.add_action, name="add_action"),
    path(f"{HELP}action/<uuid:action>/", views.action, name="action"),
    path(f"{HELP}service/", views.service, name="service"),
    path(f"{HELP}service/<uuid:service>/void/", views.void, name="void"),
    path(f"{HELP}safety/", views.safety, name="safety"),
    path(f"{HELP}safety/print/", views.safety_print, name="safety_print"),
    path(f"{HELP}aid/", views.aid, name="aid"),
    path(f"{HELP}aid/<uuid:aid>/receipt/", views.receipt, name="receipt"),
    path(f"{HELP}aid/<uuid:aid>/receipt/<uuid:file>/", views.receipt_file, name="receipt_file"),
    path(f"{HELP}document/", views.document, name="document"),
    path(f"{HELP}contact/", views.contact, name="contact"),
    path(f"{HELP}outcome/", views.outcome, name="outcome"),
    path(f"{HELP}word/", views.word, name="word"),
    path(f"{HELP}without/", views.without, name="without"),
    path(f"{HELP}without/<uuid:without>/", views.second, name="second"),
    path("opinions/", views.opinions, name="opinions"),
    path("opinions/sheet/", views.sheet, name="sheet"),
    path("say/", views.say, name="say"),
    path("say/<str:language>/", views.say, name="say_in"),
]
