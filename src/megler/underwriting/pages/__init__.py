"""The pages of underwriting."""
