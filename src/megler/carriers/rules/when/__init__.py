"""Conditions of a guide in words: `age >= 60 and has("stroke")`."""
