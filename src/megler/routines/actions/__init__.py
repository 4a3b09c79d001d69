"""Reading what happened; running clocks; acting; looking for what time sets off; making routines."""
