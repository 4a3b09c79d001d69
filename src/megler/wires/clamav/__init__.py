"""Having a file looked through by ClamAV's daemon, clamd."""
