"""The addresses of publication; those below `public/` need no signing in."""

from django.urls import path, re_path

from hengliang.web.publication import views

urlpatterns = [
    path("publications/", views.desk, name="publications"),
    path("publications/<int:pk>/", views.copy, name="copy"),
    path("publications/<int:pk>/package.zip", views.package, name="copy-package"),
    path("publications/prepare/<int:pk>/", views.prepare, name="prepare-copy"),
    path("public/", views.site, name="public"),
    path("public/check/", views.check, name="public-check"),
    path("public/<int:pk>/", views.page, name="public-page"),
    re_path(
        r"^public/(?P<pk>\d{1,9})/data\.(?P<ending>json|csv|xlsx|xml|zip)$", views.data, name="public-data"
    ),
    path("public/<int:pk>/datapackage.json", views.described, name="public-described"),
]
