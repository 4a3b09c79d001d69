"""The face: base page, components, icons, charts, problems as sentences. Knows no room."""
