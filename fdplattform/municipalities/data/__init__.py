"""The register of municipalities of Baden-Württemberg, shipped with the program; see ATTRIBUTION.md."""
