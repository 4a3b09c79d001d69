"""A language model at an address of the agency's choice, off until a setting names one."""
