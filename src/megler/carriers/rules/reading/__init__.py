"""Reading an edition from its files: the head, products, table layouts and guide parts."""
