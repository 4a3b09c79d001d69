"""An independent clock: a time-stamp authority asked over HTTP (RFC 3161)."""
