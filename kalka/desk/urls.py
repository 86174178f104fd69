from django.urls import path

from kalka.desk.views import (
    account,
    case,
    figures,
    log,
    openings,
    pairs,
    posts,
    recoveries,
    registers,
    search,
    strongroom,
    today,
)

app_name = "desk"
urlpatterns = [
    path("", today.today, name="today"),
    path("cases/<str:ref>/", case.case, name="case"),
    path("cases/<str:ref>/openings/", openings.openings, name="openings"),
    path("cases.csv", registers.cases_csv, name="cases_csv"),
    path("orders.csv", registers.orders_csv, name="orders_csv"),
    path("figures/own/", figures.own, name="figures_own"),
    path("search/", search.search, name="search"),
    path("search/more/", search.more, name="search_more"),
    path("search/more/<uuid:ask_id>/", search.answer, name="search_answer"),
    path("search/made/", search.made, name="searches"),
    path("search/made/<uuid:search_id>/", search.reason, name="search_reason"),
    path("me/strongroom/", strongroom.page, name="strongroom"),
    path("same/", pairs.listed, name="pairs"),
    path("same/<uuid:pair_id>/", pairs.pair, name="pair"),
    path("me/", account.me, name="me"),
    path("me/post/", account.take_post, name="post"),
    path("record/", log.log, name="log"),
    path("record/checkpoint/", log.checkpoint, name="checkpoint"),
    path("posts/", posts.posts, name="posts"),
    path("recoveries/", recoveries.recoveries, name="recoveries"),
    path("posts/outside/", recoveries.outside, name="outside_name"),
    path("recoveries/ask/", recoveries.ask, name="recovery_ask"),
    path("posts/new/", posts.new, name="post_new"),
    path("posts/<int:post_id>/", posts.appoint, name="appoint"),
]
