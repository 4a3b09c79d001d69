"""Pages of carriers' files: sources, files, columns, differences, the tray."""
