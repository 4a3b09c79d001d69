"""What can be done with an application: start, answer, have it signed, submit, withdraw."""
