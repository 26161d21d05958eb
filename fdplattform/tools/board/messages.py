"""The room's translatable texts."""

from translationstring import TranslationStringFactory

_ = TranslationStringFactory("fdplattform")
