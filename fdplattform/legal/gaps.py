"""The gaps in the legal texts: what only the people who run a deployment or a municipality can know."""

from dataclasses import dataclass

from translationstring import TranslationString, TranslationStringFactory

from fdplattform.legal.models import LegalPage

_ = TranslationStringFactory("fdplattform")

MAX_LENGTH = 4000


@dataclass(frozen=True, kw_only=True)
class Gap:
    """Something that is missing in a legal text until somebody fills it in."""

    name: str
    title: TranslationString
    help: TranslationString | None = None
    #: The page is incomplete without it.
    required: bool = True
    multiline: bool = False


TITLES: dict[LegalPage, TranslationString] = {
    LegalPage.IMPRINT: _("Legal notice"),
    LegalPage.PRIVACY: _("Data protection"),
    LegalPage.ACCESSIBILITY: _("Accessibility"),
    LegalPage.EASY_LANGUAGE: _("Easy language"),
}

GAPS: dict[LegalPage, tuple[Gap, ...]] = {
    # § 5 DDG; § 18 MStV for the last one.
    LegalPage.IMPRINT: (
        Gap(name="provider", title=_("Who runs this site"), help=_("Name and postal address."), multiline=True),
        Gap(
            name="represented_by",
            title=_("Represented by"),
            help=_("For example: the mayor, with first and last name."),
        ),
        Gap(name="phone", title=_("Phone")),
        Gap(name="email", title=_("E-mail")),
        Gap(name="supervision", title=_("Supervisory authority"), required=False, multiline=True),
        Gap(name="vat_id", title=_("VAT identification number"), required=False),
        Gap(
            name="editor",
            title=_("Responsible for the content"),
            help=_("A person with name and address, where the site publishes news or opinions."),
            required=False,
            multiline=True,
        ),
    ),
    # Art. 13 (1) GDPR
    LegalPage.PRIVACY: (
        Gap(
            name="controller",
            title=_("Who is responsible"),
            help=_("Name, postal address, e-mail and phone of the body responsible for the data."),
            multiline=True,
        ),
        Gap(
            name="officer",
            title=_("Data protection officer"),
            help=_("How to reach the data protection officer."),
            multiline=True,
        ),
        Gap(
            name="processor",
            title=_("Who operates the servers"),
            help=_("The company that hosts the platform on behalf of the body responsible, and in which country."),
            multiline=True,
        ),
        Gap(
            name="authority",
            title=_("Where to complain"),
            help=_("The supervisory authority for data protection, with its address."),
            multiline=True,
        ),
    ),
    # § 10 L-BGG with L-BGG-DVO; § 12b BGG elsewhere
    LegalPage.ACCESSIBILITY: (
        Gap(
            name="conformity",
            title=_("How accessible the site is"),
            help=_("Fully, mostly or partly in line with BITV 2.0, and how that was found out."),
            multiline=True,
        ),
        Gap(
            name="barriers",
            title=_("Known barriers"),
            help=_("What is not accessible yet, why, and what people can use instead."),
            multiline=True,
        ),
        Gap(name="checked_on", title=_("Date of this declaration")),
        Gap(name="contact", title=_("Contact for barriers"), help=_("The e-mail address that gets the reports.")),
        Gap(
            name="arbitration",
            title=_("Arbitration body"),
            help=_("Where people can turn to when they get no satisfying answer."),
            multiline=True,
        ),
    ),
    LegalPage.EASY_LANGUAGE: (
        Gap(
            name="contact",
            title=_("Contact for questions"),
            help=_("A person with phone number, who explains things in plain words."),
            multiline=True,
        ),
    ),
}
