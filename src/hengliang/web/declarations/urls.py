"""The addresses of declarations."""

from django.urls import path

from hengliang.web.declarations import views

urlpatterns = [
    path("", views.index, name="declarations"),
    path("<int:pk>/", views.editor, name="declaration"),
    path("<int:pk>/save/", views.save, name="declaration-save"),
    path("<int:pk>/moves/<slug:name>/", views.move, name="declaration-move"),
]
