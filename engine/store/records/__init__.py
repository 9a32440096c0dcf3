"""The parts of the records store: its tables, the chain of hashes, the anchor outside the database, opening and migrating it."""
