"""What the render benchmarks share: material, jobs, the renderers that are compared, and the figures taken of them."""
