"""The forms of this room."""

from collections.abc import Mapping, Sequence
from typing import Any

from fdplattform.accounts.messages import _
from fdplattform.accounts.passwords import MAX_LENGTH, MIN_LENGTH
from fdplattform.forms import Choice, Email, FormSchema, Hidden, Password, Text, Version
from fdplattform.security.permissions import SITE_ROLES, Role
from fdplattform.security.titles import ROLES
from fdplattform.web.locale import native_name

NEW_PASSWORD_HINT = _(
    "At least ${n} characters. Several words in a row are easy to remember and hard to guess.",
    mapping={"n": MIN_LENGTH},
)


def new_password() -> Password:
    """The field for a password that is to be set. One field, no repetition: browsers can show what was typed."""
    return Password(MAX_LENGTH, title=_("New password"), description=NEW_PASSWORD_HINT, autocomplete="new-password")


class SignInSchema(FormSchema):
    """E-mail address and password."""

    email = Email(title=_("E-mail address"), autocomplete="username")
    password = Password(title=_("Password"))


class CodeSchema(FormSchema):
    """The second factor."""

    code = Text(
        40,
        title=_("Code"),
        description=_("Six digits from your app, or one of your recovery codes."),
        autocomplete="one-time-code",
    )


class ForgottenSchema(FormSchema):
    """Whose password is forgotten."""

    email = Email(title=_("E-mail address"), autocomplete="username")


class NewPasswordSchema(FormSchema):
    """A password by link."""

    password = new_password()


class NewAccountSchema(FormSchema):
    """What an invited person without an account says."""

    name = Text(120, title=_("Your name"), description=_("As your colleagues know you."), autocomplete="name")
    password = new_password()


class FirstAdminSchema(FormSchema):
    """What the first admin of a deployment says."""

    email = Email(title=_("E-mail address"), autocomplete="username")
    name = Text(120, title=_("Your name"), autocomplete="name")
    password = new_password()


def language_options(bindings: Mapping[str, Any]) -> Sequence[tuple[str, Any]]:
    """The site's languages by their own names, and none in particular."""
    codes = bindings["request"].fdp.locales
    return [("", _("As my browser says")), *((code, native_name(code)) for code in codes)]


class ProfileSchema(FormSchema):
    """What a person says about themselves."""

    name = Text(120, title=_("Name"), autocomplete="name")
    email = Email(title=_("E-mail address"))
    locale = Choice(language_options, title=_("Language"), required=False)
    version = Version()


class ChangePasswordSchema(FormSchema):
    """The old password and a new one."""

    current = Password(title=_("Present password"))
    password = new_password()


class ConfirmSchema(FormSchema):
    """Something that cannot be undone asks for the password."""

    current = Password(title=_("Your password"))


class TurnOnSchema(FormSchema):
    """The first code proves that the app has the secret."""

    offer = Hidden()
    code = Text(10, title=_("Code from the app"), description=_("Six digits."), autocomplete="one-time-code")


class InviteSchema(FormSchema):
    """Who is invited to the whole deployment, and as what."""

    email = Email(title=_("E-mail address"), autocomplete="off")
    role = Choice([(role, ROLES[role]) for role in sorted(SITE_ROLES)], kind=Role, title=_("Role"))
