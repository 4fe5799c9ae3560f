"""The addresses of declarations."""

from django.urls import path

from hengliang.web.declarations.views import (
    bundles,
    desk,
    editor,
    fields,
    files,
    findings,
    history,
    lists,
    review,
)

urlpatterns = [
    path("", lists.index, name="declarations"),
    path("documents/", bundles.bundles, name="bundles"),
    path("new/<int:round_pk>/<int:organisation_pk>/", files.begin, name="declaration-begin"),
    path("files/<int:pk>/", files.upload, name="upload"),
    path("<int:pk>/", editor.editor, name="declaration"),
    path("<int:pk>/save/", editor.save, name="declaration-save"),
    path("<int:pk>/rows/<str:row>/", editor.row, name="declaration-row"),
    path("<int:pk>/moves/<slug:name>/", editor.move, name="declaration-move"),
    path("<int:pk>/fields/", fields.show, name="declaration-fields"),
    path("<int:pk>/findings/", findings.show, name="declaration-findings"),
    path("<int:pk>/findings/fix/", findings.fix, name="finding-fix"),
    path("<int:pk>/findings/aside/", findings.aside, name="finding-aside"),
    path("<int:pk>/findings/aside/<int:overruling>/", findings.take_up, name="finding-take-up"),
    path("<int:pk>/comments/", review.comments, name="declaration-comments"),
    path("<int:pk>/comments/ask/", review.ask, name="comment-ask"),
    path("<int:pk>/comments/<int:comment>/answer/", review.answer, name="comment-answer"),
    path("<int:pk>/comments/<int:comment>/settle/", review.settle, name="comment-settle"),
    path("<int:pk>/opinion/", review.opinion, name="declaration-opinion"),
    path("<int:pk>/opinion/overall/", review.overall_of, name="opinion-overall"),
    path("<int:pk>/opinion/<int:opinion>/document/", review.document, name="opinion-document"),
    path("<int:pk>/history/", history.history, name="declaration-history"),
    path("<int:pk>/history/compare/", history.difference, name="declaration-compare"),
    path("<int:pk>/history/rows/<str:row>/", history.cell, name="declaration-cell"),
    path("<int:pk>/history/rows/<str:row>/back/", history.put_back, name="declaration-cell-back"),
    path("<int:pk>/history/<int:number>/back/", history.bring_back, name="declaration-bring-back"),
    path("<int:pk>/files/", files.files, name="declaration-files"),
    path("<int:pk>/files/<slug:wanted>/", files.export, name="declaration-export"),
]
"""Under `declarations/`."""

review_patterns = [path("", desk.desk, name="reviews")]
"""Under `reviews/`."""

round_patterns = [
    path("", lists.rounds, name="rounds"),
    path("open/", lists.open_round, name="round-open"),
    path("<int:pk>/", lists.close_round, name="round-close"),
    path("<int:pk>/deadlines/", lists.deadlines, name="round-deadlines"),
]
"""Under `rounds/`."""
