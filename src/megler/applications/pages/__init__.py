"""The pages: the list, the sheet on which an application is filled in, and the client's signing."""
