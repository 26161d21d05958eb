"""The forms of the programme office."""

from collections.abc import Mapping, Sequence
from typing import Any

from translationstring import TranslationStringFactory

from fdplattform.forms import Choice, Choices, Date, Email, FormSchema, LongText, Number, Text, Version
from fdplattform.method import BLOCKS
from fdplattform.programmes.models import ContributionKind, ContributionStatus
from fdplattform.programmes.titles import CONTRIBUTION_TITLES, STATUS_TITLES

_ = TranslationStringFactory("fdplattform")

STATUS_OPTIONS = [(status.value, title) for status, title in STATUS_TITLES.items()]


def block_options(bindings: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    """The building blocks with their numbers, in the reader's language."""
    translate = bindings["request"].localizer.translate
    return [(str(block.id), f"{block.id}. {translate(block.title)}") for block in BLOCKS]


class ProgrammeSchema(FormSchema):
    """A commission."""

    title = Text(200, title=_("Title"))
    client = Text(200, title=_("Client"), description=_("Who ordered it, for example a ministry."))
    provider = Text(200, title=_("Provider"), description=_("Who carries it out, for example an academy."))
    planned_municipalities = Number(min=1, max=2000, title=_("Number of municipalities"))
    building_blocks = Choices(block_options, kind=int, title=_("Building blocks covered"))
    starts_on = Date(title=_("First day"))
    ends_on = Date(title=_("Last day"))


class ProgrammeEditSchema(ProgrammeSchema):
    """A commission that exists already."""

    version = Version()


class AgreementTerms(FormSchema):
    """What is agreed with one municipality."""

    blocks = Choices(
        block_options,
        kind=int,
        title=_("Building blocks agreed"),
        description=_("Further building blocks can be agreed later."),
    )
    concluded_on = Date(title=_("Concluded on"))
    contact = Text(
        200, required=False, title=_("Contact for the agreement"), description=_("Only the programme office sees this.")
    )
    notes = LongText(
        2000, rows=3, required=False, title=_("Notes"), description=_("Only the programme office sees this.")
    )


class AgreementEditSchema(AgreementTerms):
    """An agreement that exists already."""

    version = Version()


class AgreementSchema(AgreementTerms):
    """What is agreed with one municipality, and who coordinates there."""

    coordinator_email = Email(
        required=False,
        autocomplete="off",
        title=_("E-mail of the coordinator"),
        description=_("The person gets a link with which to sign in for the first time. You can do this later, too."),
    )


class InvitationSchema(FormSchema):
    """Whom to invite as coordinator."""

    email = Email(
        autocomplete="off",
        title=_("E-mail of the coordinator"),
        description=_("The person gets a link with which to sign in for the first time. It is valid for seven days."),
    )


class ContributionSchema(FormSchema):
    """One contribution."""

    status = Choice(STATUS_OPTIONS, kind=ContributionStatus, title=_("Status"))
    note = Text(300, required=False, title=_("Note"), description=_("For example: town hall, 120 seats"))


class ContributionsSchema(FormSchema):
    """All contributions of a municipality; the fields are named after the kinds."""

    rooms = ContributionSchema(title=CONTRIBUTION_TITLES[ContributionKind.ROOMS])
    material = ContributionSchema(title=CONTRIBUTION_TITLES[ContributionKind.MATERIAL])
    publicity = ContributionSchema(title=CONTRIBUTION_TITLES[ContributionKind.PUBLICITY])
    catering = ContributionSchema(title=CONTRIBUTION_TITLES[ContributionKind.CATERING])
    co_moderators = ContributionSchema(title=CONTRIBUTION_TITLES[ContributionKind.CO_MODERATORS])
    version = Version()
