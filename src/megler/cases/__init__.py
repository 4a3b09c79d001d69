"""The agency's file on an application, from its submission to a policy in force or closed.

A **case** has a *status* (where it is), a *decision* (what the carrier said) and an *outcome* (what
became of the policy); and always somebody who *has it now*, since when, and a *next step*. A
**requirement** is something the carrier needs before it decides, issues or pays. A **note** is for
the agency's own people unless it says that the agent may read it.
"""
