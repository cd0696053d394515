"""The import wizard of the Data page: a messy file, its proposed mapping, a preview, keeping it."""
