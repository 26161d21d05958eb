"""The six building blocks of a local dialogue."""

from dataclasses import dataclass

from translationstring import TranslationString, TranslationStringFactory

_ = TranslationStringFactory("fdplattform")


@dataclass(frozen=True, kw_only=True)
class BuildingBlock:
    """A step of the method."""

    #: 1 to 6; stored wherever a block is referred to.
    id: int
    title: TranslationString
    #: What happens in it, in one or two sentences.
    description: TranslationString
    #: What must exist at its end.
    deliverables: tuple[TranslationString, ...]


BLOCKS: tuple[BuildingBlock, ...] = (
    BuildingBlock(
        id=1,
        title=_("Clarifying the task and planning"),
        description=_(
            "The people responsible talk about what moves the place and what has been done so far. "
            "In a workshop they plan the dialogue together with people who know the place well."
        ),
        deliverables=(_("A rough concept"), _("A preparation group")),
    ),
    BuildingBlock(
        id=2,
        title=_("Event"),
        description=_(
            "Residents come together, usually for one day. They picture the future of their place and name "
            "what is difficult and what needs to be worked on."
        ),
        deliverables=(
            _("A vision of the future"),
            _("Challenges and fields of action"),
            _("Further people who take part"),
            _("A steering group that grew out of the preparation group"),
        ),
    ),
    BuildingBlock(
        id=3,
        title=_("Analysis and project plan"),
        description=_(
            "The steering group looks closely at the results of the event and plans the next steps from them."
        ),
        deliverables=(_("A project plan"), _("A project team"), _("A deeper analysis of the results")),
    ),
    BuildingBlock(
        id=4,
        title=_("Strategy and master plan"),
        description=_(
            "Working groups turn proposals into plans, bring them back to everybody involved "
            "and agree on what will be carried out."
        ),
        deliverables=(
            _("A master plan for each field of action"),
            _("A workshop in which everybody involved responds"),
            _("Consent to carry out the plans"),
        ),
    ),
    BuildingBlock(
        id=5,
        title=_("Implementation"),
        description=_("The measures are carried out. The steering group compares what was done with the goals."),
        deliverables=(_("A comparison of implementation and goals"),),
    ),
    BuildingBlock(
        id=6,
        title=_("Network meeting"),
        description=_("All municipalities with a dialogue meet and learn from each other."),
        deliverables=(_("Shared experiences, results and factors of success"),),
    ),
)

_BY_ID = {item.id: item for item in BLOCKS}


def block(number: int) -> BuildingBlock:
    """The building block with this number. Raises KeyError for anything but 1 to 6."""
    return _BY_ID[number]
