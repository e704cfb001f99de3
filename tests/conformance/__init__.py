"""The official conformance suite's fixtures, on the product's own server: `scripts/conformance` runs the suite against it."""
