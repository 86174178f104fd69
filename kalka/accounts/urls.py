from django.urls import path

from kalka.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-in/second-factor/", views.enrol, name="enrol"),
    path("sign-in/recovery-code/", views.recovery_code, name="recovery_code"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("language/", views.language, name="language"),
    path("me/password/", views.password, name="password"),
    path("me/sessions/end/", views.end_session, name="end_session"),
    path("me/sessions/end-all/", views.end_sessions, name="end_sessions"),
    path("me/confirm/", views.confirm, name="confirm"),
    path("me/recovery-codes/", views.codes, name="codes"),
]
