"""The one record of each person or organisation that is insured, owns or pays.

A **client** belongs to no agent: who may see one is said by **access** alone (whose, since when,
until when), which later rooms grant when an agent begins to work for the client.
"""
