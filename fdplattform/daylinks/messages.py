"""The messages of this room."""

from translationstring import TranslationStringFactory

_ = TranslationStringFactory("fdplattform")
