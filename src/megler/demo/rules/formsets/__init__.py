"""The form sets of the demo's carriers: put together of sections and papers that lie in `data/forms/`."""
