from django.urls import path

from kalka.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-in/code/", views.code, name="code"),
    path("sign-in/second-factor/", views.enrol, name="enrol"),
    path("sign-in/recovery-code/", views.recovery_code, name="recovery_code"),
    path("sign-in/passkey/", views.passkey, name="passkey"),
    path("sign-in/passkey/begin/", views.ask, name="passkey_ask"),
    path("sign-in/recover/", views.recover, name="recover"),
    path("sign-in/outside/", views.outside_begin, name="outside"),
    path("sign-in/outside/back/", views.outside_back, name="outside_back"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("language/", views.language, name="language"),
    path("me/password/", views.password, name="password"),
    path("me/sessions/end/", views.end_session, name="end_session"),
    path("me/sessions/end-all/", views.end_sessions, name="end_sessions"),
    path("me/confirm/", views.confirm, name="confirm"),
    path("me/confirm/begin/", views.ask_to_confirm, name="passkey_confirm"),
    path("me/passkeys/", views.passkeys, name="passkeys"),
    path("me/passkeys/begin/", views.ask_to_add, name="passkey_add"),
    path("me/outside/", views.outside_name, name="outside_name"),
    path("me/app/", views.app, name="app"),
    path("me/recovery/", views.recovery, name="recovery"),
    path("me/recovery-codes/", views.codes, name="codes"),
]
