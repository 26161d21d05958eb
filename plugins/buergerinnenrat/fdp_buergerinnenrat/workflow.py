"""The way of the council: from the mandate to the written reply."""

from datetime import datetime

from fdp_buergerinnenrat import rules
from fdp_buergerinnenrat.texts import _
from fdplattform.api import EventFacts, Permission, State, Transition, Trigger, Workflow, grants, guards

ADVANCE = Permission.EVENT_ADVANCE
#: States of the café and of the resonance group in which they have taken place.
HELD = frozenset({"held", "closed"})


def start(facts: EventFacts) -> datetime | None:
    """The start of the first date."""
    return facts.starts_at


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
        description=_("The council talks. Results are noted in four lists, never who said what."),
        grants=grants.announced(registration=False),
        public=True,
    ),
    State(
        id="stated",
        title=_("Statement made"),
        description=_("The joint statement is there. The public café presents it."),
        grants=grants.evaluating(),
        public=True,
    ),
    State(
        id="presented",
        title=_("Presented"),
        description=_("Everybody could hear and discuss the statement. Now politics and administration respond."),
        grants=grants.evaluating(),
        public=True,
    ),
    State(
        id="responded",
        title=_("Responded"),
        description=_("The official response is public. The members get it in writing."),
        grants=grants.evaluating(),
        public=True,
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
    Transition(
        id="publish",
        title=_("Publish the intention"),
        description=_("The page becomes public: the topic, the dialogue, the format and the criteria."),
        sources=("mandated",),
        target="published",
        permission=ADVANCE,
        guards=(
            rules.places_are_usual,
            guards.has_records("criteria", _("The criteria for the draw are missing.")),
            rules.limits_make_sense,
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
        asks=("letters",),
        guards=(
            guards.days_after_step(
                "publish",
                rules.publication_days,
                _("The intention was published ${since} days ago. ${days} days shall lie before the invitation."),
                rules.publication_severity,
            ),
        ),
    ),
    Transition(
        id="select",
        title=_("The members are drawn"),
        description=_("Enter the members and how they were drawn. The record is public, the members are not."),
        sources=("invited",),
        target="selected",
        permission=ADVANCE,
        asks=("willing", "drawn_on", "drawn_by", "draw_method", "witnesses"),
        guards=(rules.members_are_enough, rules.quotas_are_kept),
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
)

AFTER = (
    Transition(
        id="make_statement",
        title=_("The council has made its statement"),
        sources=("sitting",),
        target="stated",
        permission=ADVANCE,
        asks=("statement", "unanimity"),
        guards=(guards.has_findings(),),
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
        ),
    ),
    Transition(
        id="reply",
        title=_("The members have their reply"),
        sources=("responded",),
        target="replied",
        permission=ADVANCE,
        asks=("replied_on",),
    ),
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
    id="buergerinnenrat", version=1, initial="preparing", states=STATES, transitions=(*BEFORE, *AFTER)
)
