"""The contract with a backend: wire models, stream events and their fold, errors, capabilities. No I/O."""
