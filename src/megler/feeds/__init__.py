"""What carriers say about our cases in files and messages: read, matched, compared, taken over or proposed, undone."""
