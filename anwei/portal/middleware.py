"""Every request gets its `by`: the signed-in person at the chosen post, or nobody."""

import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from anwei.journal.by import By
from anwei.portal import clock
from anwei.units.models import Person, Post
from anwei.units.rights import by_nobody, by_post

POST_KEY = "post"
_NUL = "\x00"


class ReadableTextMiddleware:
    """Text with a zero byte is no text: PostgreSQL refuses it, and no keyboard makes it. 400 before any page sees it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = _with_nul(request)
        if name is None:
            return self.get_response(request)
        words = f"“{name}”里有看不见的空字符（NUL），不能保存。请删去后重新输入；从别处复制来的，先粘贴到记事本再复制。"
        if request.path.endswith(".json"):
            return JsonResponse({"error": words}, status=400, json_dumps_params={"ensure_ascii": False})
        return render(request, "400.html", {"words": words}, status=400)


def _with_nul(request: HttpRequest) -> str | None:
    """Where the zero byte stands: the address, or the name of a field."""
    if _NUL in request.path:
        return "网址"
    for given in (request.GET, request.POST):
        for name, values in given.lists():
            if _NUL in name or any(_NUL in value for value in values):
                return name.replace(_NUL, "")
    return None


class ByMiddleware:
    """Sets request.by, request.post_held and request.request_id. A person without a post in force is nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.request_id = getattr(request, "request_id", "") or secrets.token_hex(8)
        request.post_held = None
        request.by = self._by(request)
        response = self.get_response(request)
        response["X-Request-ID"] = request.request_id
        return response

    def _by(self, request: HttpRequest) -> By:
        now = clock.now()
        person = request.user
        if not isinstance(person, Person):
            return by_nobody(now, "public", request.request_id)
        post = chosen_post(request, person)
        if post is None:
            return by_nobody(now, "web", request.request_id, person)
        request.post_held = post
        return by_post(post, now, "web", request.request_id)


def chosen_post(request: HttpRequest, person: Person) -> Post | None:
    """The post picked in this session, the first one otherwise."""
    posts = list(person.posts_on(clock.today()))
    wanted = request.session.get(POST_KEY)
    for post in posts:
        post.person = person
        if post.pk == wanted:
            return post
    return posts[0] if posts else None
