"""Roles and permissions in words, for the page "who may do what here"."""

from collections.abc import Mapping

from translationstring import TranslationString

from fdplattform.security.messages import _
from fdplattform.security.permissions import Permission, Role

ROLES: Mapping[Role, TranslationString] = {
    Role.ADMIN: _("Administration"),
    Role.PROGRAMME_OFFICE: _("Programme office"),
    Role.COORDINATOR: _("Coordination"),
    Role.DEPUTY: _("Deputy"),
    Role.FACILITATOR: _("Facilitation"),
    Role.DAY_LINK: _("Link for the day"),
    Role.PARTICIPANT: _("Participant with a code"),
    Role.ANONYMOUS: _("Everybody"),
}

#: Title and description of each permission.
PERMISSIONS: Mapping[Permission, tuple[TranslationString, TranslationString]] = {
    Permission.SITE_VIEW: (_("Read the site"), _("Open the public pages.")),
    Permission.ACCOUNT_OWN: (_("Own account"), _("Change the own profile, password and devices.")),
    Permission.WORK_VIEW: (_("My week"), _("See what there is to do.")),
    Permission.SITE_ADMINISTER: (_("Administer the site"), _("Change settings and texts of the whole site.")),
    Permission.ACCOUNT_MANAGE: (_("Manage accounts"), _("Invite people, lock and delete accounts.")),
    Permission.PLUGIN_MANAGE: (_("Manage formats"), _("See which formats are installed and whether they work.")),
    Permission.PROGRAMME_VIEW: (_("See programmes"), _("See programmes and how far their municipalities are.")),
    Permission.PROGRAMME_EDIT: (_("Manage programmes"), _("Set up programmes and conclude agreements.")),
    Permission.MUNICIPALITY_VIEW: (_("See the municipality"), _("Open the municipality's page.")),
    Permission.MUNICIPALITY_WORK: (_("Work here"), _("See the working pages of this municipality.")),
    Permission.MUNICIPALITY_EDIT: (_("Edit the municipality"), _("Change contact, introduction, colours and logo.")),
    Permission.MUNICIPALITY_MEMBERS: (_("Manage the team"), _("Invite people, name deputies, hand over.")),
    Permission.MUNICIPALITY_FORMATS: (_("Choose formats"), _("Decide which formats are offered here.")),
    Permission.DIALOGUE_CREATE: (_("Open a dialogue"), _("Begin a new dialogue.")),
    Permission.DIALOGUE_VIEW: (_("See the dialogue"), _("Open the dialogue's page.")),
    Permission.DIALOGUE_EDIT: (_("Edit the dialogue"), _("Change its texts, dates and phases.")),
    Permission.DIALOGUE_PUBLISH: (_("Publish the dialogue"), _("Make the dialogue public, or take it back.")),
    Permission.JOURNAL_VIEW: (_("Read the journal"), _("See who changed what and when.")),
    Permission.FINDING_EDIT: (_("Record results"), _("Write down results and make proposals from them.")),
    Permission.GROUP_EDIT: (_("Manage groups"), _("Set up groups and name who is responsible.")),
    Permission.EVENT_CREATE: (_("Create events"), _("Choose a format and create an event.")),
    Permission.EVENT_VIEW: (_("See the event"), _("Open the event's page.")),
    Permission.EVENT_EDIT: (_("Edit the event"), _("Change its details, dates and places.")),
    Permission.EVENT_ADVANCE: (_("Take the next step"), _("Lead the event from one state to the next.")),
    Permission.EVENT_CANCEL: (_("Cancel or postpone"), _("Cancel or postpone the event, with a reason.")),
    Permission.EVENT_PUBLISH: (_("Publish the event"), _("Make the event public, or take it back.")),
    Permission.EVENT_FOLLOW_UP: (_("Follow up"), _("Ask afterwards what became of it, and tick it off.")),
    Permission.AGENDA_EDIT: (_("Edit the agenda"), _("Plan what happens when.")),
    Permission.RECORD_EDIT: (_("Write the record"), _("Enter what the event's format asks for.")),
    Permission.REGISTRATION_REGISTER: (_("Register"), _("Register for the event.")),
    Permission.REGISTRATION_OWN: (_("Own registration"), _("See, change and cancel the own registration by its code.")),
    Permission.REGISTRATION_READ: (
        _("See registrations"),
        _("See who has registered, and delete a person's data on request."),
    ),
    Permission.REGISTRATION_MANAGE: (_("Manage registrations"), _("Enter, change and cancel registrations.")),
    Permission.ATTENDANCE_RECORD: (_("Record attendance"), _("Tick off who has come.")),
    Permission.DRAW_PLAN: (_("Prepare and run the draw"), _("Set criteria and seats, draw the panel.")),
    Permission.REGISTER_READ: (_("Work with the register"), _("Import an extract, see who is invited.")),
    Permission.REPLY_READ: (
        _("See replies"),
        _("See who was invited and who would take part, and delete a person's data on request."),
    ),
    Permission.REPLY_ENTER: (_("Enter replies"), _("Enter and correct who would take part.")),
    Permission.REPLY_OWN: (_("Own reply"), _("Give the own reply by its code.")),
    Permission.PANEL_READ: (
        _("See the members"),
        _("See who sits on the panel, and delete a person's data on request."),
    ),
    Permission.PANEL_EDIT: (_("Change the panel"), _("Enter, change and replace members.")),
    Permission.LETTER_READ: (_("See letters"), _("See which letters were made, and download them.")),
    Permission.LETTER_WRITE: (_("Write letters"), _("Write serial letters and print them.")),
    Permission.BOARD_WRITE: (_("Write on the board"), _("Write cards on the board, and show it to everybody.")),
    Permission.BOARD_ERASE: (
        _("Take personal data off the board"),
        _("Remove the text of a card that says something about a person. Its number stays."),
    ),
    Permission.STATEMENT_WRITE: (_("Write the statement"), _("Write the joint statement with the group.")),
    Permission.STATEMENT_ANSWER: (
        _("Write the responses"),
        _("List the points of the statement, and say what becomes of them."),
    ),
}
