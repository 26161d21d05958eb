"""What the room writes into the journal."""

from pyramid.config import Configurator

from fdplattform.accounts.messages import _

TAGS = {
    "account:create": (_("Account opened"), ()),
    "account:edit": (_("Profile changed"), ()),
    "account:log_in": (_("Signed in"), ()),
    "account:change_password": (_("Password changed"), ()),
    "account:enable_second_factor": (_("Second factor turned on"), ()),
    "account:disable_second_factor": (_("Second factor turned off"), ()),
    "account:disable": (_("Account locked"), ()),
    "account:enable": (_("Account unlocked"), ()),
    "account:delete": (_("Account deleted"), ()),
    "invitation:send": (_("${email} invited"), ("email",)),
    "invitation:withdraw": (_("Invitation of ${email} withdrawn"), ("email",)),
    "member:add": (_("${name} added to the team"), ("name",)),
    "member:end": (_("${name} left the team"), ("name",)),
    "municipality:hand_over": (_("Coordination handed over to ${name}"), ("name",)),
}


def includeme(config: Configurator) -> None:
    for tag, (title, personal) in TAGS.items():
        config.add_journal_tag(tag, title, shred=personal)
