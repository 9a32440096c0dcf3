"""Every threshold, one file a subject: name, default, unit, meaning, source. `engine.settings` binds them into one book."""
