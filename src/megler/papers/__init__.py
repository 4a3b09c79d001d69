"""The papers of cases: received in one drop, recognised, filed; looked at, cut, blackened, kept and destroyed."""
