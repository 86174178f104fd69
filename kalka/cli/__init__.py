"""The console: every command an installation needs, with help in three languages and honest exit codes."""
