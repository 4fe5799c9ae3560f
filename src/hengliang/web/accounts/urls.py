"""The addresses of accounts."""

from django.urls import path

from hengliang.web.accounts import views, views_openid, views_people

urlpatterns = [
    path("account/", views.account, name="account"),
    path("account/sign-in/", views.enter, name="sign-in"),
    path("account/second-factor/", views.second_factor, name="second-factor"),
    path("account/sign-out/", views.leave, name="sign-out"),
    path("account/openid/", views_openid.begin, name="openid"),
    path("account/openid/back/", views_openid.back, name="openid-back"),
    path("account/openid/ended/", views_openid.ended, name="openid-ended"),
    path("account/password/", views.password, name="password"),
    path("account/authenticator/", views.authenticator, name="authenticator"),
    path("account/sessions/<int:pk>/", views.revoke, name="revoke-session"),
    path("account/notices/", views.notices, name="notices"),
    path("people/", views_people.people, name="people"),
    path("people/<int:pk>/", views_people.person, name="person"),
    path("organisations/", views_people.organisations, name="organisations"),
]
