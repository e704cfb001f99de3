"""The heart: time, model, operations, draft codec, summary and diff. Pure: no I/O, nothing else of ours."""
