"""The renderer. Parent side (light): `job`, `process`. All other modules run in the worker process that `process` starts."""
