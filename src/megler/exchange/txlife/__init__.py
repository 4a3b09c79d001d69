"""ACORD TXLife: life and annuity messages as XML.

A **message** holds *requests* (or responses), each of one **transaction** such as 103, a new business
submission. In a request, **holdings** (policies, bank accounts), **parties** (people, organisations)
and **forms** are tied together by **relations**. A code's meaning is its number (`tc`); its text is
for people. A **dialect** is how one carrier wants its numbers, identifiers and extensions. What is
not understood is **kept**: its path, its line and its text.
"""
