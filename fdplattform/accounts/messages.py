"""The room's messages."""

from translationstring import TranslationStringFactory

_ = TranslationStringFactory("fdplattform")
