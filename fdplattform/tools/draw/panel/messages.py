"""The room's translatable messages."""

from translationstring import TranslationStringFactory

_ = TranslationStringFactory("fdplattform")
