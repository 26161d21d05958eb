"""From the decision, or from a petition, to the answer to every suggestion."""

from fdp_einwohnerversammlung import rules
from fdp_einwohnerversammlung.texts import _
from fdplattform.api import Permission, State, Transition, Workflow, endings, grants, guards

ADVANCE = Permission.EVENT_ADVANCE


def _back(step: str, title: str, source: str, target: str) -> Transition:
    """The way back from a wrong click: from `source` to the state before."""
    return Transition(id=step, title=title, sources=(source,), target=target, permission=ADVANCE)


HELD = endings.held("announced", description=_("The minutes and the suggestions are written down."))
CLOSED = endings.closed("answered")

STATES = (
    State(
        id="draft",
        title=_("Draft"),
        description=_("Nothing is decided yet. Only your team sees it."),
        grants=grants.preparing(),
    ),
    State(
        id="petitioned",
        title=_("Demanded by residents"),
        description=_("A petition has come in on paper. Its signatures are counted."),
        grants=grants.preparing(),
    ),
    State(
        id="petition_admitted",
        title=_("Petition admitted"),
        description=_("The petition is admissible. The assembly is now decided."),
        grants=grants.preparing(),
    ),
    State(
        id="decided",
        title=_("Decided"),
        description=_("The assembly will take place. The notice is prepared."),
        grants=grants.preparing(),
    ),
    State(
        id="announced",
        title=_("Announced"),
        description=_("Place, time and agenda are public."),
        grants=grants.announced(),
        public=True,
    ),
    *HELD.states,
    State(
        id="minutes_released",
        title=_("Minutes released"),
        description=_("Each suggestion is given to the body that is responsible for it."),
        grants=grants.evaluating(),
        public=True,
    ),
    State(
        id="suggestions_assigned",
        title=_("Suggestions assigned"),
        description=_("The responsible bodies deal with the suggestions."),
        grants=grants.evaluating(),
        public=True,
    ),
    State(
        id="answered",
        title=_("Answered"),
        description=_("Every suggestion has its answer, and everybody can read it."),
        grants=grants.evaluating(),
        public=True,
    ),
    *CLOSED.states,
)

PETITION = (
    Transition(
        id="petition_received",
        title=_("A petition has come in"),
        description=_("Residents demand the assembly. Petitions are made on paper; the platform prints the lists."),
        sources=("draft",),
        target="petitioned",
        permission=ADVANCE,
        asks=("petition_received_on",),
        guards=(rules.petition_is_recorded,),
    ),
    Transition(
        id="count_signatures",
        title=_("Enter the count of signatures"),
        sources=("petitioned",),
        target=None,
        permission=ADVANCE,
        asks=("eligible", "signatures"),
    ),
    Transition(
        id="admit_petition",
        title=_("The petition is admissible"),
        description=_("The body that decides on it has found the petition admissible."),
        sources=("petitioned",),
        target="petition_admitted",
        permission=ADVANCE,
        asks=("admitted_on", "admission_reference"),
        guards=(
            rules.signatures_are_counted,
            rules.quorum_is_reached,
            rules.trusted_persons_are_named,
            rules.subject_is_new,
        ),
    ),
    Transition(
        id="reject_petition",
        title=_("The petition is not admissible"),
        description=_("The assembly is a draft again. It can still be decided without a petition."),
        sources=("petitioned",),
        target="draft",
        permission=ADVANCE,
        asks=("rejected_on", "rejection_reason"),
    ),
    _back("petition_mistaken", _("No petition has come in: back to the draft"), "petitioned", "draft"),
    _back("check_again", _("Check the petition again"), "petition_admitted", "petitioned"),
)

ASSEMBLY = (
    Transition(
        id="decide",
        title=_("The assembly is decided"),
        description=_("Who decides is said by the law of your Land."),
        sources=("draft", "petition_admitted"),
        target="decided",
        permission=ADVANCE,
        asks=("decided_on", "decision_reference"),
        guards=(rules.norm_is_recorded,),
    ),
    Transition(
        id="announce",
        title=_("Announce"),
        description=_("The page becomes public. Print the notice for the official gazette."),
        sources=("decided",),
        target="announced",
        permission=ADVANCE,
        guards=(guards.date_ahead(), guards.has_agenda(), rules.notice_is_in_time, rules.held_soon_enough),
    ),
    _back("undecide", _("The assembly is not decided: back to the draft"), "decided", "draft"),
    endings.withdraw("announced", "decided"),
    *HELD.transitions,
)

FOLLOW_UP = (
    Transition(
        id="release_minutes",
        title=_("Release the minutes"),
        sources=("held",),
        target="minutes_released",
        permission=ADVANCE,
        asks=("minutes_released_on",),
    ),
    Transition(
        id="assign",
        title=_("All suggestions are assigned"),
        sources=("minutes_released",),
        target="suggestions_assigned",
        permission=ADVANCE,
        guards=(
            guards.every_record_has(
                "suggestions", ("body", "due_on"), _("A suggestion has no responsible body or no date for the answer.")
            ),
            rules.answers_are_due_in_time,
        ),
    ),
    Transition(
        id="answer",
        title=_("All suggestions are answered"),
        sources=("suggestions_assigned",),
        target="answered",
        permission=ADVANCE,
        guards=(
            guards.every_record_has(
                "suggestions",
                ("answered_on", "answer"),
                _("A suggestion has no answer yet, or no day on which it was answered."),
            ),
        ),
    ),
    _back("revise_minutes", _("Work on the minutes again"), "minutes_released", "held"),
    _back("assign_again", _("Assign the suggestions again"), "suggestions_assigned", "minutes_released"),
    _back("correct_answers", _("Correct an answer"), "answered", "suggestions_assigned"),
    *CLOSED.transitions,
)

WORKFLOW = Workflow(
    id="einwohnerversammlung",
    version=1,
    initial="draft",
    states=STATES,
    transitions=(ASSEMBLY[0], *PETITION, *ASSEMBLY[1:], *FOLLOW_UP),
)
