"""The invitation: a letter to everybody who was drawn from the register, with a code to answer by.

The default texts say what Art. 14 GDPR asks for where data was not collected from the person: who is responsible
(1 a), the data protection officer (1 b), purpose and legal basis (1 c), which data (1 d), who gets it (1 e), how long
it is kept (2 a), the rights (2 c), where to complain (2 e), and the source (2 f).
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from fdplattform.events.models import Event
from fdplattform.security.permissions import Permission
from fdplattform.tools.codes import REPLY, codes_of
from fdplattform.tools.draw.criteria.models import Source
from fdplattform.tools.draw.criteria.services import criteria_of, plan_of
from fdplattform.tools.draw.criteria.texts import CriterionTexts, field_of
from fdplattform.tools.draw.register.models import Invitee, letter_key
from fdplattform.tools.draw.replies.messages import _
from fdplattform.tools.letters.kinds import DefaultText, LetterKind, Placeholder, Recipient
from fdplattform.tools.letters.letter import Question
from fdplattform.tools.letters.writing import Writer
from fdplattform.translation.services import load_texts

KIND = "invitation"
AGREE = _("I agree that these answers are used for the draw.")


def recipients(session: Session, event: Event) -> Iterator[Recipient]:
    """Everybody whose name is still known; one query."""
    codes = codes_of(session, REPLY)
    query = select(Invitee).where(Invitee.event_id == event.id, Invitee.shredded_at.is_(None)).order_by(Invitee.number)
    for invitee in session.scalars(query):
        seed = invitee.code_seed
        yield recipient(invitee, {"number": invitee.number}, code=codes.text(seed), code_url=codes.url(seed))


def recipient(
    invitee: Invitee, values: Mapping[str, Any], *, code: str | None = None, code_url: str | None = None
) -> Recipient:
    """Somebody from the register as letters are written to; `values` are of this person alone."""
    return Recipient(
        key=letter_key(invitee.id),
        name=name_of(invitee),
        street=invitee.street,
        postal_code=invitee.postal_code,
        city=invitee.city,
        language=invitee.language,
        code=code,
        code_url=code_url,
        page=f"antworten/{invitee.id}/anschrift",
        values=values,
    )


def name_of(invitee: Invitee) -> str:
    """First and last name."""
    return " ".join(part for part in (invitee.given_name, invitee.family_name) if part)


def values(session: Session, event: Event) -> Mapping[str, Any]:
    """What is the same in every invitation."""
    plan = plan_of(session, event.id)
    known = [criterion.title for criterion in criteria_of(session, event.id) if criterion.source is Source.REGISTER]
    return {"reply_until": plan.reply_until, "seats": plan.drawn_seats, "criteria": ", ".join(known)}


def reply_until(session: Session, event: Event) -> date | None:
    """The last day on which people can answer: then nobody needs the files of the letters any more."""
    return plan_of(session, event.id).reply_until


def questions(session: Session, event: Event, write: Writer) -> list[Question]:
    """What the card asks: the same as the form online."""
    asked = [criterion for criterion in criteria_of(session, event.id) if criterion.source is Source.REPLY]
    things = [CriterionTexts(criterion) for criterion in asked]
    texts = load_texts(session, things, write.language)
    card = []
    if len(event.dates) > 1:
        card.append(Question(_("On these dates I can come:"), [write.period(date) for date in event.dates]))
    for criterion, thing in zip(asked, things, strict=True):
        options = [texts.get(thing, field_of(category)).value for category in criterion.categories]
        card.append(Question(f"{texts.get(thing, 'title').value}:", options))
    if asked:
        card.append(Question("", [AGREE]))
    return [
        *card,
        Question(_("I need an interpreter. My language:")),
        Question(_("Number of children whom somebody should look after:")),
    ]


GERMAN = """\
Guten Tag ${name},

Ihr Name wurde durch das Los gezogen. Deshalb laden wir Sie ein: Machen Sie mit bei „${event}“.

Wann und wo: ${dates}

Sie brauchen dafür kein Vorwissen. Wichtig ist, was Sie erleben und denken. Worum es geht und was mit den \
Ergebnissen passiert, lesen Sie hier: ${page}

# Möchten Sie mitmachen?

Bitte antworten Sie bis zum ${reply_until}. Das geht im Internet oder mit der Karte am Ende dieses Briefes. Sie \
müssen nicht mitmachen. Sie müssen nicht antworten und uns keinen Grund nennen. Wir fragen nicht noch einmal \
nach.

${reply}

Unter allen, die Ja sagen, entscheidet noch einmal das Los: Es gibt ${seats} Plätze. Die Gruppe soll so gemischt \
sein wie unser Ort.

Haben Sie Fragen? Wir helfen gern: ${contact}

Mit freundlichen Grüßen
${municipality}

# Ihre Daten (Artikel 14 der Datenschutz-Grundverordnung)

Woher: Ihren Namen, Ihre Anschrift und die Merkmale, nach denen die Gruppe gemischt wird (${criteria}), haben \
wir aus dem Melderegister. Wozu: nur, um Menschen durch das Los auszuwählen und Ihnen diesen Brief zu schicken. \
Rechtsgrundlage: Artikel 6 Absatz 1 Buchstabe e der Datenschutz-Grundverordnung und das Landesrecht über die \
Beteiligung der Bürgerinnen und Bürger.

Wer sie bekommt: nur die Menschen im Rathaus, die diese Veranstaltung vorbereiten, und Firmen, die in unserem \
Auftrag drucken oder die Technik betreiben.

Wie lange: Wenn Sie nicht antworten oder Nein sagen, löschen wir Ihre Daten spätestens vier Wochen nach der \
Auslosung. Wenn Sie Ja sagen und nicht gezogen werden, löschen wir sie nach der Veranstaltung. Wenn Sie \
teilnehmen, löschen wir sie drei Monate danach.

Ihre Rechte: Sie können fragen, was wir über Sie wissen. Sie können es berichtigen oder löschen lassen, die \
Nutzung einschränken lassen und ihr widersprechen. Dafür reicht ein Anruf oder ein Brief.

Verantwortlich: ${controller}. Datenschutzbeauftragte Stelle: ${officer}. Beschwerden nimmt entgegen: \
${authority}.
"""

ENGLISH = """\
Dear ${name},

Your name was drawn by lot. That is why we invite you to take part in “${event}”.

When and where: ${dates}

You need no special knowledge. What counts is what you experience and think. What it is about, and what happens \
with the results, you can read here: ${page}

# Would you like to take part?

Please answer by ${reply_until}: on the internet, or with the card at the end of this letter. You do not have to \
take part. You do not have to answer or to give a reason. We will not ask again.

${reply}

Among all who say yes, lots are drawn once more: there are ${seats} places. The group shall be as mixed as our \
town.

Do you have questions? We are happy to help: ${contact}

Yours sincerely
${municipality}

# Your data (Article 14 of the General Data Protection Regulation)

Where from: your name, your address and the attributes by which the group is mixed (${criteria}) come from the \
residents’ register. What for: only to choose people by lot and to send you this letter. Legal basis: Article 6 \
(1) (e) of the General Data Protection Regulation, with the law of the Land on the participation of citizens.

Who gets it: only the people in the town hall who prepare this event, and companies that print or run the \
technology for us.

How long: if you do not answer or say no, we delete your data at the latest four weeks after the draw. If you \
say yes and are not drawn, we delete it after the event. If you take part, we delete it three months afterwards.

Your rights: you can ask what we know about you. You can have it corrected or deleted, have its use restricted, \
and object to it. A call or a letter is enough.

Responsible: ${controller}. Data protection officer: ${officer}. Complaints: ${authority}.
"""

ARABIC = """\
مرحبًا ${name}،

لقد سُحب اسمكم بالقرعة. لذلك ندعوكم إلى المشاركة في «${event}».

متى وأين: ${dates}

لا تحتاجون إلى معرفة مسبقة. المهم هو ما تعيشونه وما تفكرون فيه. تقرأون هنا عن الموضوع وعمّا سيحدث بالنتائج: \
${page}

# هل ترغبون في المشاركة؟

نرجو أن تجيبوا حتى ${reply_until}: عبر الإنترنت أو بالبطاقة في نهاية هذه الرسالة. المشاركة ليست واجبة. لا يجب \
عليكم أن تجيبوا ولا أن تذكروا سببًا. ولن نسألكم مرة أخرى.

${reply}

بين كل من يجيب بنعم نجري القرعة مرة ثانية: هناك ${seats} مكانًا. نريد أن تكون المجموعة متنوعة مثل بلدتنا.

هل لديكم أسئلة؟ نساعدكم بكل سرور: ${contact}

مع أطيب التحيات
${municipality}

# بياناتكم (المادة 14 من اللائحة العامة لحماية البيانات)

من أين: اسمكم وعنوانكم والصفات التي ننوّع المجموعة على أساسها (${criteria}) مأخوذة من سجل السكان. لماذا: فقط \
لاختيار أشخاص بالقرعة ولإرسال هذه الرسالة إليكم. الأساس القانوني: المادة 6 الفقرة 1 الحرف هـ من اللائحة العامة \
لحماية البيانات مع قانون الولاية الخاص بمشاركة المواطنين.

من يحصل عليها: فقط العاملون في البلدية الذين يحضّرون هذه الفعالية، والشركات التي تطبع أو تشغّل التقنية بتكليف \
منا.

كم من الوقت: إذا لم تجيبوا أو أجبتم بلا، نحذف بياناتكم في موعد أقصاه أربعة أسابيع بعد القرعة. إذا أجبتم بنعم ولم \
يقع الاختيار عليكم، نحذفها بعد الفعالية. إذا شاركتم، نحذفها بعد ثلاثة أشهر من الفعالية.

حقوقكم: يمكنكم أن تسألوا ماذا نعرف عنكم، وأن تطلبوا تصحيح البيانات أو حذفها أو تقييد استخدامها، وأن تعترضوا \
عليه. تكفي مكالمة أو رسالة.

المسؤول: ${controller}. مسؤول حماية البيانات: ${officer}. تُقدَّم الشكاوى إلى: ${authority}.
"""

INVITATION = LetterKind(
    id=KIND,
    title=_("Invitation"),
    summary=_("To everybody who was drawn from the register: with the question whether they would take part."),
    permission=Permission.REPLY_READ,
    tool="draw",
    recipients=recipients,
    default_texts={
        "de": DefaultText("Sie wurden ausgelost: Möchten Sie mitmachen?", GERMAN),
        "en": DefaultText("You were drawn by lot: would you like to take part?", ENGLISH),
        "ar": DefaultText("لقد تم اختياركم بالقرعة: هل ترغبون في المشاركة؟", ARABIC),
    },
    code_purpose=REPLY,
    placeholders=(
        Placeholder(name="number", title=_("The person's number on the list"), example="17"),
        Placeholder(name="reply_until", title=_("Last day for an answer, from the page “Criteria”"), page="kriterien/"),
        Placeholder(name="seats", title=_("How many places are drawn, from the page “Criteria”"), page="kriterien/"),
        Placeholder(
            name="criteria",
            title=_("The criteria that the register knows, from the page “Criteria”"),
            page="kriterien/",
        ),
    ),
    values=values,
    questions=questions,
    keep_until=reply_until,
)
