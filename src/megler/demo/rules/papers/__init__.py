"""What stands on a carrier's paper form: boxes, captions and fields, ready to be drawn."""
