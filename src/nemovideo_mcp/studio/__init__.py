"""The embedded backend: the API of the cloud, on this machine, free and offline.

`app.Studio` is all of it, `transport.StreamingASGITransport` the way to it within a process, `server.listening` and
`server.serve` the way to it over a socket, `policy.Policy` its rules.
"""
