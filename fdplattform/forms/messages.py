"""Messages of forms. Colander's own are in the style of programs and have no Arabic: ours take their place."""

from pyramid.threadlocal import get_current_request
from translationstring import TranslationString, TranslationStringFactory

_ = TranslationStringFactory("fdplattform")

REQUIRED = _("Please fill this in.")
CHOOSE = _("Please choose one of the options.")
CHOOSE_SOME = _("Please choose at least one option.")
NOT_A_NUMBER = _("Please write a whole number.")
NOT_A_DECIMAL = _("Please write a number.")
NOT_A_DATE = _("Please give a date, for example 2026-12-05.")
NOT_A_TIME = _("Please give a time, for example 14:30.")
NOT_A_MOMENT = _("Please give a date and a time, for example 2026-12-05 14:30.")
NOT_AN_EMAIL = _("Please check the e-mail address, for example name@example.org.")
NOT_A_PHONE = _("Please check the telephone number: digits, spaces and + are allowed.")
NOT_AN_ADDRESS = _("Please give a full web address that begins with https://.")
NOT_UNDERSTOOD = _("Please check this entry.")
TOO_LONG = _("Please write at most ${max} characters.")
TOO_SHORT = _("Please write at least ${min} characters.")
TOO_SMALL = _("Please choose a number from ${min}.")
TOO_BIG = _("Please choose a number up to ${max}.")
TOO_MANY_ITEMS = _("There may be at most ${max} entries.")
TOO_FEW_ITEMS = _("There must be at least ${min} entries.")

#: What Colander and Deform say → what we say. The variables keep their names.
FOREIGN = {
    "Required": REQUIRED,
    "Invalid value": NOT_UNDERSTOOD,
    "String does not match expected pattern": NOT_UNDERSTOOD,
    "Invalid email address": NOT_AN_EMAIL,
    "Not a data URL": NOT_UNDERSTOOD,
    "Must be a URL": NOT_AN_ADDRESS,
    "Must be a file:// URI scheme": NOT_UNDERSTOOD,
    "Invalid UUID string": NOT_UNDERSTOOD,
    "${val} is less than minimum value ${min}": TOO_SMALL,
    "${val} is greater than maximum value ${max}": TOO_BIG,
    "Shorter than minimum length ${min}": TOO_SHORT,
    "Longer than maximum length ${max}": TOO_LONG,
    '"${val}" is not one of ${choices}': CHOOSE,
    '"${val}" must not be one of ${choices}': NOT_UNDERSTOOD,
    "One or more of the choices you made was not acceptable": CHOOSE_SOME,
    '"${val}" is not a mapping type: ${err}': NOT_UNDERSTOOD,
    'Unrecognized keys in mapping: "${val}"': NOT_UNDERSTOOD,
    '"${val}" is not iterable': NOT_UNDERSTOOD,
    "${cstruct} is not iterable": NOT_UNDERSTOOD,
    '"${val}" has an incorrect number of elements (expected ${exp}, was ${was})': NOT_UNDERSTOOD,
    "${val} cannot be serialized: ${err}": NOT_UNDERSTOOD,
    "${val} is not a string: ${err}": NOT_UNDERSTOOD,
    '"${val}" is not a number': NOT_A_DECIMAL,
    "${val} is not a string": NOT_UNDERSTOOD,
    '"${val}" is neither in (${false_choices}) nor in (${true_choices})': NOT_UNDERSTOOD,
    'relative name "${val}" irresolveable without package': NOT_UNDERSTOOD,
    '"${val}" is not a valid credit card number': NOT_UNDERSTOOD,
    "Invalid MIME type": NOT_UNDERSTOOD,
    "Invalid Base64 encoded data": NOT_UNDERSTOOD,
    '"${val}" has no __name__': NOT_UNDERSTOOD,
    '"${val}" is not a string': NOT_UNDERSTOOD,
    'The dotted name "${name}" cannot be imported': NOT_UNDERSTOOD,
    '"${val}" is not a datetime object': NOT_UNDERSTOOD,
    "Invalid date": NOT_A_DATE,
    '"${val}" is not a date object': NOT_UNDERSTOOD,
    "Invalid time": NOT_A_TIME,
    '"${val}" is not a time object': NOT_UNDERSTOOD,
    '"${val}" is not a valid "${cls}"': CHOOSE,
    "Unable to convert to string: ${val}": NOT_UNDERSTOOD,
}


def translate(text: str) -> str:
    """`text` in the language of the request; a message of Colander's is replaced by ours."""
    if isinstance(text, TranslationString) and text.domain != "fdplattform":
        ours = FOREIGN.get(str(text.default or text))
        text = _(ours, mapping=text.mapping) if ours is not None else text
    request = get_current_request()
    return text if request is None else request.localizer.translate(text)
