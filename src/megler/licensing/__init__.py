"""Agents and firms who write through the agency, and who works for them.

An **agent** is an independent person licensed to sell; alone or for a **firm**; with an **upline**.
An **assistant** works for one or more agents and sees what is theirs.
"""
