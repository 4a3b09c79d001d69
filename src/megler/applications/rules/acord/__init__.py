"""What a TXLife 103 means for an application, and back.

**Telling** makes a message of answers: whatever ACORD has a place for goes there, and every answer
stands on its form as well. **Understanding** makes answers of a message; what no question takes is
*left*: told with its path, never dropped.
"""
