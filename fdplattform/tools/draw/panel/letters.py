"""Letters to the members of a panel: that they were drawn, and what became of what they said."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.security.permissions import Permission
from fdplattform.tools.draw.panel.members import members_of
from fdplattform.tools.draw.panel.messages import _
from fdplattform.tools.draw.panel.models import letter_key
from fdplattform.tools.letters.kinds import DefaultText, LetterKind, Recipient


def recipients(session: Session, event: Event) -> Iterator[Recipient]:
    """Everybody who sits on the panel and whose name is known."""
    for member in members_of(session, event.id):
        if member.name is not None:
            yield Recipient(
                key=letter_key(member.id),
                name=member.name,
                street=member.street,
                postal_code=member.postal_code,
                city=member.city,
                language=member.language,
                page=f"gremium/{member.id}/",
            )


_DRAWN = {
    "de": DefaultText(
        subject="Sie sind ausgelost: ${event}",
        body=(
            "Guten Tag ${name},\n\n"
            "Sie haben auf unsere Einladung mit Ja geantwortet, und das Los ist auf Sie gefallen. Wir freuen uns auf "
            "Sie.\n\n"
            "Wir treffen uns: ${dates}\n\n"
            "Wie ausgelost wurde, können alle hier nachlesen und nachprüfen: ${page}\n\n"
            "Wenn Sie doch nicht kommen können, sagen Sie uns bitte gleich Bescheid. Sie müssen keinen Grund nennen. "
            "Dann rückt jemand anderes nach. Sie erreichen uns so: ${contact}\n\n"
            "Ihr Name und Ihre Anschrift werden drei Monate nach der Veranstaltung gelöscht."
        ),
    ),
    "en": DefaultText(
        subject="You were drawn by lot: ${event}",
        body=(
            "Hello ${name},\n\n"
            "You answered our invitation with yes, and the lot fell on you. We look forward to seeing you.\n\n"
            "We meet: ${dates}\n\n"
            "Here everybody can read how the lots were drawn, and check it: ${page}\n\n"
            "If you cannot come after all, please tell us at once. You need not give a reason. Then somebody else "
            "takes your place. This is how you reach us: ${contact}\n\n"
            "Your name and your address are deleted three months after the event."
        ),
    ),
    "ar": DefaultText(
        subject="لقد وقع عليك الاختيار بالقرعة: ${event}",
        body=(
            "مرحبًا ${name}،\n\n"
            "لقد أجبت بنعم على دعوتنا، ووقعت القرعة عليك. يسعدنا قدومك.\n\n"
            "موعد اللقاء: ${dates}\n\n"
            "يمكن للجميع أن يقرؤوا كيف جرت القرعة وأن يتحققوا منها هنا: ${page}\n\n"
            "إذا تعذّر عليك الحضور فأخبرنا فورًا من فضلك. لا حاجة إلى ذكر السبب، وسيحلّ شخص آخر مكانك. "
            "يمكنك الوصول إلينا هكذا: ${contact}\n\n"
            "يُحذف اسمك وعنوانك بعد ثلاثة أشهر من الفعالية."
        ),
    ),
}

_REPLY = {
    "de": DefaultText(
        subject="Was aus Ihren Vorschlägen wird: ${event}",
        body=(
            "Guten Tag ${name},\n\n"
            "Sie haben sich Zeit genommen und mit anderen beraten. Dafür danken wir Ihnen.\n\n"
            "Inzwischen haben Politik und Verwaltung gesagt, was sie aufgreifen und was nicht, und warum. Alles steht "
            "auf dieser Seite: ${page}\n\n"
            "Wenn Sie Fragen haben, erreichen Sie uns so: ${contact}"
        ),
    ),
    "en": DefaultText(
        subject="What becomes of your proposals: ${event}",
        body=(
            "Hello ${name},\n\n"
            "You took the time to deliberate with others. Thank you very much.\n\n"
            "By now politicians and administration have said what they take up and what not, and why. You find all of "
            "it on this page: ${page}\n\n"
            "If you have questions, this is how you reach us: ${contact}"
        ),
    ),
    "ar": DefaultText(
        subject="ماذا سيحدث لمقترحاتكم: ${event}",
        body=(
            "مرحبًا ${name}،\n\n"
            "لقد خصصت وقتًا وتشاورت مع الآخرين. نشكرك على ذلك.\n\n"
            "قال السياسيون والإدارة الآن ما الذي سيأخذون به وما الذي لن يأخذوا به ولماذا. تجد كل ذلك في هذه "
            "الصفحة: ${page}\n\n"
            "إذا كانت لديك أسئلة فيمكنك الوصول إلينا هكذا: ${contact}"
        ),
    ),
}

#: By this letter members hear that they were drawn.
DRAWN = "drawn"

KINDS = (
    LetterKind(
        id=DRAWN,
        title=_("You were drawn"),
        summary=_("To everybody on the panel: that the lot fell on them, and when it begins."),
        permission=Permission.PANEL_READ,
        tool="draw",
        recipients=recipients,
        default_texts=_DRAWN,
    ),
    LetterKind(
        id="members_reply",
        title=_("Written reply to the members"),
        summary=_("To everybody on the panel: what became of what they said."),
        permission=Permission.PANEL_READ,
        tool="draw",
        recipients=recipients,
        default_texts=_REPLY,
    ),
)
