"""Reference: the dated lists of names a form may use, who was a first responder when, and which force polices where."""
