"""Letters to the person, the first responder and whoever stands for a child: written with a decision."""
