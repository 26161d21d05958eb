"""The form with which a municipality says something about itself."""

from translationstring import TranslationStringFactory

from fdplattform.files.kinds import JPEG, PNG, WEBP
from fdplattform.forms import Email, File, Flag, FormSchema, LongText, Phone, Text, Url, Version

_ = TranslationStringFactory("fdplattform")

MAX_LOGO = 1024 * 1024
LOGO_KINDS = (PNG, JPEG, WEBP)


class ProfileSchema(FormSchema):
    """Introduction, contact and look."""

    introduction = LongText(
        3000,
        required=False,
        title=_("Introduction"),
        description=_("A few sentences at the top of your page: who you are and why you talk with people."),
    )
    contact_name = Text(200, required=False, title=_("Contact person"), description=_("Everybody can read this."))
    contact_email = Email(required=False, title=_("E-mail"), description=_("Everybody can read this."))
    contact_phone = Phone(required=False, title=_("Phone"), description=_("Everybody can read this."))
    website = Url(required=False, title=_("Website"))
    colour = Text(
        7,
        required=False,
        title=_("Colour"),
        description=_(
            "As on your website, with six digits, for example #005b8c. It must be dark enough to be read on white."
        ),
    )
    logo = File(
        kinds=LOGO_KINDS,
        max_size=MAX_LOGO,
        required=False,
        title=_("Logo"),
        description=_("PNG, JPEG or WebP, at most 1 MB. Choosing none keeps the present one."),
    )
    remove_logo = Flag(title=_("Remove the present logo"))
    version = Version()
