from django.urls import path

from kalka.library import views

app_name = "library"
urlpatterns = [
    path("library/", views.listing, name="list"),
    path("library/new/", views.new, name="new"),
    path("library/material/<uuid:material>/", views.material, name="material"),
    path("library/material/<uuid:material>/version/", views.version, name="version"),
    path("library/file/<uuid:version>/", views.file, name="file"),
    path("library/conference/new/", views.conference_new, name="conference_new"),
    path("library/conference/<uuid:conference>/", views.conference, name="conference"),
    path("library/stories/", views.stories, name="stories"),
    path("library/stories/new/", views.story_new, name="story_new"),
    path("library/stories/<uuid:story>/", views.story, name="story"),
]
