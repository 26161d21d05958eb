"""The forms: what is asked about a forum, and a row of each of its lists."""

from fdp_grossgruppenforum.texts import _
from fdplattform.api import Choice, Flag, FormSchema, LongText, Number, Text

METHODS = (
    ("world_cafe", _("World Café: small tables, several rounds, the host stays")),
    ("zukunftswerkstatt", _("Future workshop: critique, imagination, realisation")),
    ("rtsc", _("RTSC: mixed tables of eight, the whole system in the room")),
    ("open_space", _("Open space: the participants make the programme")),
    ("zukunftskonferenz", _("Future search: past, trends, vision, groups")),
    ("other", _("A mixture, or something else")),
)
BEFORE, ON_THE_DAY = "before", "on_the_day"
FIELDS_KNOWN = (
    (BEFORE, _("They are known beforehand")),
    (ON_THE_DAY, _("They come out of the day")),
)
CATEGORIES = (
    ("administration", _("Administration")),
    ("council", _("Council and politics")),
    ("volunteers", _("Volunteers and initiatives")),
    ("refugees", _("People who have fled")),
    ("associations", _("Associations and churches")),
    ("schools", _("Day care and schools")),
    ("economy", _("Economy and employers")),
    ("residents", _("Residents")),
    ("other", _("Others")),
)


class Details(FormSchema):
    """What is asked about a forum."""

    method = Choice(METHODS, title=_("Method"), radio=False, at_creation=True, public=True)
    fields_known = Choice(
        FIELDS_KNOWN,
        title=_("Fields of action"),
        description=_("Fields that are known are named in the invitation. Otherwise they are made from the findings."),
        default=BEFORE,
        at_creation=True,
    )
    rounds = Number(title=_("Number of rounds"), min=1, max=12, required=False, public=True)
    minutes = Number(title=_("Minutes per round"), min=5, max=240, required=False, public=True)
    facilitation = Text(200, title=_("Facilitation"), required=False, public=True)
    consulting = LongText(
        2000,
        title=_("Consulting"),
        description=_("Who advises you, and for what: concept, accompaniment, documentation."),
        rows=3,
        required=False,
    )


class InvitedGroupRow(FormSchema):
    """A group that is invited."""

    category = Choice(CATEGORIES, title=_("Category"))
    name = Text(200, title=_("Group"))
    expected = Number(title=_("Expected people"), max=5000, required=False)
    invited = Flag(title=_("The invitation is sent"))


class TableRow(FormSchema):
    """A table in the hall."""

    number = Number(title=_("Table"), min=1, max=500)
    topic = Text(200, title=_("Topic"), public=True)
    seats = Number(title=_("Seats"), min=2, max=100, required=False)
    host = Text(
        200,
        title=_("Host"),
        description=_("The host stays at the table and tells the next round what was said."),
        required=False,
        why=_("So that the hosts of the tables can be found on the day."),
        kept=_("90 days after the event"),
    )
