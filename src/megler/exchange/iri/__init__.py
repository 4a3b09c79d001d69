"""The Insured Retirement Institute's open status API: where an application stands, as JSON.

A **status** (application status 3.1.0) is asked for; a **notification** (push notifications 1.1.0)
is sent by whoever has the news. A **section** is a part of the review that may need an action:
can-sell, documents, suitability, funding. What is not known is kept out and **told**, not refused.
"""
