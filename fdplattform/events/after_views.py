"""What comes after an event: the events that follow it, created with one click, and what is asked weeks later."""

from typing import Any

from pyramid.httpexceptions import HTTPBadRequest, HTTPSeeOther
from pyramid.request import Request
from pyramid.view import view_config
from translationstring import TranslationStringFactory

from fdplattform.dialogues.resources import DialogueResource
from fdplattform.events.chains import create_follower, followed_event, is_one_click
from fdplattform.events.edit_views import chosen_format
from fdplattform.events.follow_ups import asked, set_done
from fdplattform.events.resources import EventResource, event_resource
from fdplattform.security.permissions import Permission

_ = TranslationStringFactory("fdplattform")


@view_config(
    context=DialogueResource, name="folgeveranstaltung", permission=Permission.EVENT_CREATE, request_method="POST"
)
def follow(context: DialogueResource, request: Request) -> HTTPSeeOther:
    """Create the event that follows another one: everything is taken over, only its date is left to say.

    Pressed twice, it leads to the one that is there.
    """
    format_ = chosen_format(request, context.dialogue)
    origin = followed_event(request, context.dialogue, format_)
    if origin is None or not is_one_click(format_):
        raise HTTPBadRequest()
    event = create_follower(
        request.db,
        request.registry,
        context.dialogue,
        origin,
        format_,
        actor=request.identity.actor,
        now=request.now,
    )
    place = event_resource(context, event)
    if event.created_at == request.now:
        request.flash(_("The event is created. Nobody but your team sees it yet. Say when and where it takes place."))
        return HTTPSeeOther(request.resource_path(place, "termin"))
    return HTTPSeeOther(request.resource_path(place, "schritte"))


@view_config(context=EventResource, name="nachgefragt", permission=Permission.EVENT_FOLLOW_UP, request_method="POST")
def tick_off(context: EventResource, request: Request) -> HTTPSeeOther:
    """Somebody has asked, and the answer is where everybody reads it."""
    wanted = request.POST.get("id", "")
    set_done(request.db, request.registry, context.event, wanted, actor=request.identity.actor, now=request.now)
    request.flash(_("Ticked off."))
    return HTTPSeeOther(request.resource_path(context, "schritte"))


def follow_ups(context: EventResource, request: Request) -> list[dict[str, Any]]:
    """What the format wants to be asked after a step that was taken, for who may tick it off."""
    if not request.has_permission(Permission.EVENT_FOLLOW_UP, context):
        return []
    return [
        {
            "id": each.follow_up.id,
            "title": each.follow_up.title,
            "description": each.follow_up.description,
            "due": request.fmt.local(each.due_at).date(),
            "done": None
            if each.done_at is None
            else _("Done on ${day}", mapping={"day": request.fmt.date(request.fmt.local(each.done_at).date())}),
            "where": each.follow_up.where,
        }
        for each in asked(request.db, request.registry, event_id=context.event.id)
    ]
