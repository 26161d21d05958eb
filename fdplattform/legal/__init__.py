"""The pages that the law asks for: imprint, privacy, accessibility, and the start page in easy language."""
