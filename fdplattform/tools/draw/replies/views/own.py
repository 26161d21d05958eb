"""What people see who got a letter: one question, and after a yes what they may tell. A code works once."""

import hmac
import secrets
from typing import Any
from zoneinfo import ZoneInfo

from pyramid.httpexceptions import HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config

from fdplattform.forms import Button, handle, make_form
from fdplattform.journal.services import RESIDENT
from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.criteria.services import criteria_of, plan_of
from fdplattform.tools.draw.replies.answering import AlreadyAnswered, Desk, Said, answer
from fdplattform.tools.draw.replies.door import Door, door_of
from fdplattform.tools.draw.replies.messages import _
from fdplattform.tools.draw.replies.models import Answer, Channel
from fdplattform.tools.draw.replies.resources import ReplyDesk, ReplyResource, SpentCode
from fdplattform.tools.draw.replies.schemas import OnlineSchema, said, with_questions
from fdplattform.web.private import keep_private
from fdplattform.workflow import CANCELLED

TEMPLATES = "fdplattform.templates:draw/replies/"
THANKS = "/antwort/danke"
REFUSED = "/antwort/abgesagt"


@view_config(context=ReplyDesk, name="", permission=Permission.SITE_VIEW, renderer=f"{TEMPLATES}desk.pt")
def desk(context: ReplyDesk, request: Request) -> Any:
    """Enter a code. One that was used and one that never was get the same answer, which the rate limit counts."""
    keep_private(request)
    typed = request.POST.get("code", "").strip()
    refused = False
    if request.method == "POST":
        found = context.find(typed)
        if isinstance(found, ReplyResource):
            return HTTPSeeOther(request.resource_path(found))
        refused = True
        request.response.status_code = 422
    return {"title": _("Answer an invitation"), "typed": typed, "refused": refused}


@view_config(context=SpentCode, name="", permission=Permission.SITE_VIEW, renderer=f"{TEMPLATES}spent.pt")
def spent(context: SpentCode, request: Request) -> Any:
    """Whether the code was used or never was, the page does not say. A double click still ends where the first did."""
    keep_private(request)
    sent = request.POST.get("token", "")
    if context.token is not None and hmac.compare_digest(context.token.encode(), sent.encode()):
        return HTTPSeeOther(THANKS if request.path.rstrip("/").endswith("/ja") else REFUSED)
    request.response.status_code = 404
    return {"title": _("This code cannot be used")}


@view_config(
    context=ReplyResource,
    name="",
    permission=Permission.REPLY_OWN,
    renderer=f"{TEMPLATES}question.pt",
    request_method="GET",
)
def question(context: ReplyResource, request: Request) -> dict[str, Any]:
    """Would you take part?"""
    return _page(context, request, _("Would you take part?"))


@view_config(context=ReplyResource, name="ja", permission=Permission.REPLY_OWN, renderer=f"{TEMPLATES}yes.pt")
def say_yes(context: ReplyResource, request: Request) -> Any:
    """A yes, with what the person wants to tell."""
    page = _page(context, request, _("Yes, I would take part"))
    if page["door"] is not Door.OPEN:
        return {**page, "form": None}

    def on_valid(values: dict[str, Any]) -> str:
        _give(context, request, said(values, Answer.YES, request.locale_name), values["token"])
        return THANKS

    criteria = criteria_of(request.db, context.event.id)
    schema = with_questions(OnlineSchema(), request, criteria, context.dates)
    form = make_form(schema, request, buttons=(Button(title=_("Send: I would take part")),), cancel=page["here"])
    return handle(request, form, on_valid=on_valid, values={"token": secrets.token_urlsafe(16)}, **page)


@view_config(context=ReplyResource, name="nein", permission=Permission.REPLY_OWN, renderer=f"{TEMPLATES}no.pt")
def say_no(context: ReplyResource, request: Request) -> Any:
    """A no, after asking once more: it cannot be taken back here. Nobody is asked why."""
    page = {**_page(context, request, _("No, I do not take part")), "token": secrets.token_urlsafe(16)}
    if page["door"] is not Door.OPEN or request.method != "POST":
        return page
    _give(context, request, Said(answer=Answer.NO), request.POST.get("token", "")[:64])
    return HTTPSeeOther(REFUSED)


@view_config(context=ReplyDesk, name="danke", permission=Permission.SITE_VIEW, renderer=f"{TEMPLATES}thanks.pt")
def thanks(_context: ReplyDesk, request: Request) -> dict[str, Any]:
    """After a yes. The page knows nobody, so that it can stay open."""
    keep_private(request)
    return {"title": _("Thank you!"), "yes": True}


@view_config(context=ReplyDesk, name="abgesagt", permission=Permission.SITE_VIEW, renderer=f"{TEMPLATES}thanks.pt")
def refused(_context: ReplyDesk, request: Request) -> dict[str, Any]:
    """After a no."""
    keep_private(request)
    return {"title": _("Thank you for your answer"), "yes": False}


def _page(context: ReplyResource, request: Request, title: Any) -> dict[str, Any]:
    """What every page about an invitation shows. A closed door is a friendly page, but a refusal."""
    keep_private(request)
    event = context.event
    plan = plan_of(request.db, event.id)
    use = context.event_resource.use("draw")
    today = request.now.astimezone(ZoneInfo(request.fdp.time_zone)).date()
    takes_place = event.state != CANCELLED and use is not None and use.live_in(event.state)
    door = door_of(plan, today, takes_place=takes_place)
    if door is not Door.OPEN:
        request.response.status_code = 410
        title = _("Answers are no longer possible")
    texts = request.texts(event)
    return {
        "title": title,
        "door": door,
        "here": request.resource_path(context),
        "event_title": texts.get(event, "title"),
        "goal": texts.get(event, "goal"),
        "results": texts.get(event, "results_promise"),
        "dates": context.dates,
        "municipality": event.dialogue.municipality.name,
        "event_href": request.resource_path(context.event_resource) if context.event_resource.is_public else None,
        "reply_until": plan.reply_until,
    }


def _give(context: ReplyResource, request: Request, what: Said, token: str) -> None:
    """Keep the answer. Who was faster, with the same code, has answered already: that is said elsewhere."""
    event = context.event
    place = Desk(event=event, dialogue=event.dialogue, actor=RESIDENT, now=request.now)
    try:
        answer(request.db, place, context.invitee, what, channel=Channel.ONLINE, token=token or None)
    except AlreadyAnswered:
        raise HTTPSeeOther(request.resource_path(context)) from None
