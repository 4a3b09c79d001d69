"""Carrying files to a folder of somebody else's SFTP server."""
