"""Letters to the person: written with a decision, and sent only in ways that are marked safe."""
