"""Jobs: every edit, export and batch is one, with an id, a journal on disk, and a run that outlives the call."""
