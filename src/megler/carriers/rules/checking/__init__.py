"""The checks of an edition, one module per kind of thing that can be wrong."""
