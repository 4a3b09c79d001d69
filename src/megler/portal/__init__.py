"""The agents' and clients' own side of cases: plain words, questions, change requests, notices.

A **delegate** looks after somebody's business until a day; a **digest** tells once a week what needs
no letter of its own; a **client's page** shows one case to its client by a private link.
"""
