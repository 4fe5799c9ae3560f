"""The addresses of the library."""

from django.urls import path

from hengliang.web.library import views, views_files

urlpatterns = [
    path("", views.index, name="library"),
    path("new/", views.write, name="library-write"),
    path("collect/", views.collect, name="library-collect"),
    path("common/", views.plant, name="library-plant"),
    path("duplicates/", views.duplicates, name="library-duplicates"),
    path("take-in/", views_files.take_in, name="library-take-in"),
    path("files/<slug:wanted>/", views_files.export, name="library-export"),
    path("<int:entry>/", views.entry, name="library-entry"),
    path("<int:entry>/change/", views.revise, name="library-revise"),
    path("pick/<int:pk>/", views.pick, name="library-pick"),
    path("pick/<int:pk>/<int:entry>/", views.put_in, name="library-put-in"),
]
