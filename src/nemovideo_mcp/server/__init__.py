"""The MCP face: app factory, tools, resources, progress, jobs, path policy."""
