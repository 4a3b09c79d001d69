"""The append-only record of what happened: who, what, when, on what, from where.

An **entry** is written in the transaction of the action it tells of. A **seal** links entries, in
the order of their numbers, into a keyed hash chain, so that tampering shows. `announce` hands a
moment to the room that takes over; `later` puts a job into the queue in the same transaction.
"""
