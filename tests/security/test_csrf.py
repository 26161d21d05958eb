"""The token against forged requests reaches the browser, also when the request had to be tried again."""

from pyramid.request import Request
from pyramid.response import Response

from fdplattform.security.csrf import OriginCheckedTokens, has_new_token


def test_a_request_that_is_tried_again_gives_the_browser_the_token_of_its_page() -> None:
    tokens = OriginCheckedTokens(cookie_name="csrf")
    first = Request.blank("/")
    lost = tokens.get_csrf_token(first)
    again = Request(first.environ)
    shown = tokens.get_csrf_token(again)
    assert shown != lost
    assert tokens.get_csrf_token(again) == shown
    response = Response()
    again._process_response_callbacks(response)
    assert f"csrf={shown};" in response.headers["Set-Cookie"]


def test_a_token_that_the_browser_has_stays() -> None:
    tokens = OriginCheckedTokens(cookie_name="csrf")
    request = Request.blank("/", headers={"Cookie": "csrf=abc"})
    assert tokens.get_csrf_token(request) == "abc"
    assert not request.response_callbacks
    assert not has_new_token(request)
