"""The way of the council: from the mandate to the written reply."""

from datetime import datetime, timedelta

from fdp_buergerinnenrat import rules
from fdp_buergerinnenrat.texts import _
from fdplattform.api import (
    EventFacts,
    Guard,
    Permission,
    Reason,
    Severity,
    State,
    Transition,
    Trigger,
    Workflow,
    grants,
    guards,
)

ADVANCE = Permission.EVENT_ADVANCE
#: States of the café and of the resonance group in which they have taken place.
HELD = frozenset({"held", "closed"})

# How long the team has for each part of what comes after the council. Our own proposals: no law knows them.
UNTIL_THE_CAFE = timedelta(weeks=6)
UNTIL_THE_RESPONSE = timedelta(weeks=8)
UNTIL_THE_LETTERS = timedelta(weeks=2)


def start(facts: EventFacts) -> datetime | None:
    """The start of the first date."""
    return facts.starts_at


none_posted = guards.tool_says(
    "letters",
    "invitation",
    _("Invitations are noted as posted: people have them in their hands."),
    check=lambda posted: not posted,
    where="briefe",
)


def not_begun(facts: EventFacts, now: datetime) -> Reason | None:
    """The council's first day lies ahead: it cannot be in session."""
    if facts.starts_at is not None and facts.starts_at > now:
        return None
    return Reason(_("The first date has begun. Give the event the right date first."), where="termine")


def _back(step: str, title: str, source: str, target: str, *guards: Guard) -> Transition:
    """The way back from a wrong click: from `source` to the state before."""
    return Transition(id=step, title=title, sources=(source,), target=target, permission=ADVANCE, guards=guards)


STATES = (
    State(
        id="preparing",
        title=_("In preparation"),
        description=_("The question, the mandate and the criteria are written. Only your team sees it."),
        grants=grants.preparing(),
    ),
    State(
        id="mandated",
        title=_("Mandated"),
        description=_("The council has its mandate. The intention is published next."),
        grants=grants.preparing(),
    ),
    State(
        id="published",
        title=_("Intention published"),
        description=_("Everybody can read what will be asked, and how. Nobody is invited yet."),
        grants=grants.announced(registration=False),
        public=True,
    ),
    State(
        id="invited",
        title=_("Invited"),
        description=_("The letters are out. Nobody has to decline or give a reason."),
        grants=grants.announced(registration=False),
        public=True,
    ),
    State(
        id="selected",
        title=_("Drawn"),
        description=_("The members are drawn, and the record of the draw is public."),
        grants=grants.announced(registration=False),
        public=True,
    ),
    State(
        id="sitting",
        title=_("In session"),
        description=_(
            "The council talks. What it says is noted in four lists, its turning points in a fifth; never who said it."
        ),
        grants=grants.announced(registration=False),
        public=True,
    ),
    State(
        id="stated",
        title=_("Statement made"),
        description=_("The joint statement is public. The public café presents it."),
        grants=grants.evaluating(),
        public=True,
        leave_within=UNTIL_THE_CAFE,
    ),
    State(
        id="presented",
        title=_("Presented"),
        description=_("Everybody could hear and discuss the statement. Now politics and administration respond."),
        grants=grants.evaluating(),
        public=True,
        leave_within=UNTIL_THE_RESPONSE,
    ),
    State(
        id="responded",
        title=_("Responded"),
        description=_("The official response is public. The members get it in writing."),
        grants=grants.evaluating(),
        public=True,
        leave_within=UNTIL_THE_LETTERS,
    ),
    State(
        id="replied",
        title=_("Members informed"),
        description=_("Each member has the written reply."),
        grants=grants.evaluating(),
        public=True,
    ),
    State(
        id="closed",
        title=_("Closed"),
        description=_("Nothing is left to do."),
        grants=grants.done(),
        public=True,
        final=True,
    ),
)

BEFORE = (
    Transition(
        id="give_mandate",
        title=_("The mandate is given"),
        sources=("preparing",),
        target="mandated",
        permission=ADVANCE,
        asks=("mandated_on", "mandate_reference"),
        guards=(guards.details_filled("question", "mandate", what=_("The question or the mandate is missing.")),),
    ),
    _back("return_mandate", _("The mandate is not given yet"), "mandated", "preparing"),
    Transition(
        id="publish",
        title=_("Publish the intention"),
        description=_("The page becomes public: the topic, the dialogue, the format and the criteria."),
        sources=("mandated",),
        target="published",
        permission=ADVANCE,
        guards=(
            rules.places_are_usual,
            guards.tool_says(
                "draw", "criteria", _("The criteria for the draw are missing."), at_least=1, where="kriterien"
            ),
            rules.has_two_dates,
        ),
    ),
    Transition(
        id="withdraw",
        title=_("Withdraw the publication"),
        description=_("The page is no longer public. The weeks until the invitation begin anew."),
        sources=("published",),
        target="mandated",
        permission=ADVANCE,
    ),
    Transition(
        id="invite",
        title=_("The invitations are sent"),
        description=_("By letter, to people drawn from the register. Who does not answer is not reminded."),
        sources=("published",),
        target="invited",
        permission=ADVANCE,
        guards=(
            rules.PUBLISHED_LONG_ENOUGH,
            guards.tool_says(
                "letters",
                "invitation",
                _("No invitation is noted as posted."),
                at_least=1,
                where="briefe",
                weight=Severity.WARN,
            ),
        ),
    ),
    Transition(
        id="select",
        title=_("The members are drawn"),
        description=_("The number was drawn by hand before witnesses. The record is public, the members are not."),
        sources=("invited",),
        target="selected",
        permission=ADVANCE,
        guards=(
            guards.tool_says("draw", "drawn", _("The number has not been drawn and entered yet."), where="auslosung"),
            rules.members_are_enough,
        ),
    ),
    Transition(
        id="select_elsewhere",
        title=_("The members were drawn without this program"),
        description=_("Enter the members, and how they were drawn: everybody reads it."),
        sources=("invited",),
        target="selected",
        permission=ADVANCE,
        asks=("letters", "willing", "drawn_on", "drawn_by", "draw_method", "witnesses"),
        guards=(
            guards.tool_says(
                "draw",
                "committed",
                _("The panel is being drawn with this program."),
                check=lambda committed: not committed,
                where="auslosung",
            ),
            rules.members_are_enough,
            rules.quotas_are_kept,
        ),
    ),
    Transition(
        id="begin",
        title=_("The council begins"),
        sources=("selected",),
        target="sitting",
        permission=ADVANCE,
        guards=(guards.has_begun(),),
    ),
    Transition(
        id="begin_by_calendar",
        title=_("The council begins (by the calendar)"),
        sources=("selected",),
        target="sitting",
        trigger=Trigger.TIME,
        due=start,
    ),
    _back("not_invited", _("The invitations are not sent yet"), "invited", "published", none_posted),
    _back("not_begun", _("The council has not begun yet"), "sitting", "selected", not_begun),
)

AFTER = (
    Transition(
        id="make_statement",
        title=_("The council has made its statement"),
        description=_("The joint statement becomes public with this step. Its words are not changed after it."),
        sources=("sitting",),
        target="stated",
        permission=ADVANCE,
        guards=(
            guards.tool_says(
                "statement", "written", _("The joint statement is not written yet."), where="erklaerung/bearbeiten"
            ),
            guards.tool_says(
                "statement",
                "unanimity",
                _("Ask the council whether all carry the statement, and note the answer."),
                where="erklaerung/bearbeiten",
            ),
            guards.has_findings(),
        ),
    ),
    Transition(
        id="present",
        title=_("The statement is presented"),
        sources=("stated",),
        target="presented",
        permission=ADVANCE,
        guards=(
            guards.follower_reached(
                "buergercafe", HELD, _("The public café has not taken place yet."), rules.chain_severity
            ),
        ),
    ),
    Transition(
        id="respond",
        title=_("The official response is given"),
        description=_("Politics and administration say what they take up, and why they do not take up the rest."),
        sources=("presented",),
        target="responded",
        permission=ADVANCE,
        asks=("response_on", "response"),
        guards=(
            guards.follower_reached(
                "resonanzgruppe", HELD, _("The resonance group has not met yet."), rules.chain_severity
            ),
            guards.tool_says(
                "statement",
                "all_responded",
                _("Not every point of the statement has its response yet."),
                where="erklaerung/punkte",
                weight=Severity.WARN,
            ),
        ),
    ),
    Transition(
        id="reply",
        title=_("The members have their reply"),
        sources=("responded",),
        target="replied",
        permission=ADVANCE,
        asks=("replied_on",),
        guards=(
            guards.tool_says(
                "letters",
                "members_reply",
                _("The letters to the members are not made and posted yet."),
                where="briefe/members_reply",
                weight=Severity.WARN,
            ),
        ),
    ),
    _back("not_presented", _("The statement is not presented yet"), "presented", "stated"),
    _back("correct_response", _("Correct the response"), "responded", "presented"),
    _back("not_replied", _("The members do not have their reply yet"), "replied", "responded"),
    Transition(
        id="close",
        title=_("Close"),
        sources=("replied",),
        target="closed",
        permission=ADVANCE,
        guards=(guards.has_findings(),),
    ),
)

COUNCIL_WORKFLOW = Workflow(
    id="buergerinnenrat", version=2, initial="preparing", states=STATES, transitions=(*BEFORE, *AFTER)
)
