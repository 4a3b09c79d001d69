"""The face: base page, components, icons, charts and what turns problems into sentences. Knows no room."""
