"""Why something made for development does not start."""


class DevelopmentProblemError(Exception):
    """One sentence for whoever started it, with the remedy."""


def refuse_outside_development(environment: str) -> None:
    """Anyone can choose who to be here, so nothing but ENVIRONMENT=development will do."""
    if environment != "development":
        raise DevelopmentProblemError(
            f"The development issuers do not start with ENVIRONMENT={environment}, because anyone can pick any person "
            "there: register the agencies' own identity providers instead."
        )
