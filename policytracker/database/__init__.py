"""Django's PostgreSQL backend, which starts the embedded server when there is no other."""
