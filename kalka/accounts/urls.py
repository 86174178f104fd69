from django.urls import path

from kalka.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-in/second-factor/", views.enrol, name="enrol"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("language/", views.language, name="language"),
    path("me/password/", views.password, name="password"),
    path("me/sessions/end/", views.end_session, name="end_session"),
]
