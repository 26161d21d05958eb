"""What the council writes to its members in the end."""

from fdp_buergerinnenrat.texts import _
from fdplattform.api import LetterText

MEMBERS_REPLY = LetterText(
    subject=_("What becomes of your statement: ${event}"),
    body=_(
        "Hello ${name},\n\n"
        "you gave your time to the citizens' council, and made a statement with the others. Thank you for that.\n\n"
        "Politics and administration have responded to each point:\n\n"
        "${responses}\n\n"
        "Everybody can read the statement and the responses here: ${page}\n\n"
        "After four weeks and after three months we ask again what became of it. You will find the answers on the same "
        "page.\n\n"
        "Do you have questions? You can reach us here: ${contact}"
    ),
)
