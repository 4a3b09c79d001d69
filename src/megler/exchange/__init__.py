"""Exchange: what other systems send and want, as plain records. Pure translators, nothing else.

A **translator** turns bytes into frozen dataclasses and back, and answers `(records, problems)` with
every problem at once. It opens no file, no socket and no database, and knows nothing of the agency.
"""
