"""The pages of carriers."""
