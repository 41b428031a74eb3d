"""The application: settings, database, security, HTTP and the command line."""
