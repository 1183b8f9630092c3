"""A partial date is taken as sent or refused, and a refusal never says the date again."""

import pytest
from graphql import GraphQLError

from schema.scalars import parse_partial_date
from tests.schema.disclosing import SCHEMA

REFUSED = ["", "11", "20111", "2011-3", "2011-13", "2011-02-30", "0000", "09/03/2011", " 2011", "2011\n", "２０１１"]


@pytest.mark.parametrize("sent", ["2011", "2011-03", "2011-03-09", "2012-02-29", "0001"])
def test_as_much_of_a_date_as_is_known_is_taken_as_sent(sent: str) -> None:
    assert parse_partial_date(sent) == sent


@pytest.mark.parametrize("sent", [*REFUSED, 2011, None, True, ["2011"], {"year": 2011}])
def test_what_is_no_date_is_refused_with_the_remedy(sent: object) -> None:
    with pytest.raises(GraphQLError, match='Send the year "2011"'):
        parse_partial_date(sent)


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        ("query ($sent: PartialDate) { concern(sent: %s) }", {"sent": "zqx-1987-06-05"}),
        ('{ concern(sent: {nation: WALES, age: CHILD, concern: "x", identity: {dateOfBirth: "zqx-1987-06-05"}}) }', {}),
    ],
)
def test_a_refused_date_is_not_repeated(query: str, variables: dict[str, str]) -> None:
    sent = '{nation: WALES, age: CHILD, concern: "x", identity: {dateOfBirth: $sent}}'

    result = SCHEMA.execute_sync(query.replace("%s", sent), variables)

    assert result.errors
    assert all("zqx" not in error.message and "1987" not in error.message for error in result.errors)
    assert any("This is no date." in error.message for error in result.errors)
