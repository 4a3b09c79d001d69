"""Forms of routines, promises, teams, absences and office hours."""
