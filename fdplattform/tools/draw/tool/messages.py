"""The words of the draw belong to the core's catalogue."""

from translationstring import TranslationStringFactory

_ = TranslationStringFactory("fdplattform")
