"""The sound of the film: music and the clips' own sound, brought to one loudness, mixed and limited, block by block."""
