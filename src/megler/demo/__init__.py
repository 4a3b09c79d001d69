"""The demo agency: fictional carriers with priced rate books, and a year of an agency's life.

Built from a seed through the same actions that people use. Nothing here is a real insurer, agent
or client; the mortality tables, age curves and rating areas under `data/` are real.
"""
