"""What the tool tells the domain: its pages in the order of the work, its part of the public page, and its rights."""

from pyramid.request import Request

from fdplattform.events.lifecycle import TEAM
from fdplattform.events.models import Event
from fdplattform.events.toolbar import INVITATION
from fdplattform.events.tools import Tool, ToolLink, ToolPanel
from fdplattform.plugins.format import ToolUse
from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.criteria.shown import shown_criteria
from fdplattform.tools.draw.replies.needs import date_changed
from fdplattform.tools.draw.tool.facts import contacts, facts, numbers, people
from fdplattform.tools.draw.tool.messages import _
from fdplattform.tools.draw.tool.sample import fill

#: Residents' data: only for those who lead the event.
RIGHTS = frozenset({Permission.DRAW_PLAN, Permission.REGISTER_READ, Permission.REPLY_ENTER, Permission.PANEL_EDIT})
LASTING = frozenset({Permission.REPLY_READ, Permission.PANEL_READ})


def panel(request: Request, event: Event, _use: ToolUse) -> ToolPanel | None:
    """Whom the panel consists of, how many were asked and answered, and the way to the record of the draw."""
    criteria = shown_criteria(request, event.id)
    counted = numbers(request.db, event.id)
    if not criteria.criteria and not counted.invited and not counted.members:
        return None
    return ToolPanel(
        template="fdplattform.templates:draw/tool/panel.pt",
        values={
            "criteria": criteria,
            "numbers": counted,
            "record_href": request.resource_path(request.context, "auslosung-nachweis", ""),
        },
    )


TOOL = Tool(
    id="draw",
    title=_("Draw"),
    links=(
        ToolLink(title=_("Criteria"), view="kriterien", permission=Permission.DRAW_PLAN, group=INVITATION, order=10),
        ToolLink(
            title=_("Residents' register"),
            view="register",
            permission=Permission.REGISTER_READ,
            group=INVITATION,
            order=20,
        ),
        ToolLink(title=_("Sample"), view="stichprobe", permission=Permission.REGISTER_READ, group=INVITATION, order=30),
        ToolLink(title=_("Answers"), view="antworten", permission=Permission.REPLY_READ, group=INVITATION, order=50),
        ToolLink(title=_("Draw"), view="auslosung", permission=Permission.DRAW_PLAN, group=INVITATION, order=60),
        ToolLink(title=_("Panel"), view="gremium", permission=Permission.PANEL_READ, group=INVITATION, order=70),
    ),
    rights=dict.fromkeys(TEAM, RIGHTS),
    lasting=dict.fromkeys(TEAM, LASTING),
    panel=panel,
    facts=facts,
    contacts=contacts,
    people=people,
    sample=fill,
    date_changed=date_changed,
)
