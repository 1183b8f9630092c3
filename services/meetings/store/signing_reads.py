"""The text of what follows a meeting, as one object of its row: a part that is not for them leaves no trace."""

from typing import Final

_OF_PART = "(x.in_open_part AND w.live OR x.part_id = ANY (w.items))"
_BODY = "jsonb_build_object('agency', jsonb_build_object('id', b.id, 'code', b.code, 'name', b.name))"


def _all_of(table: str) -> str:
    """Rows of a table in their order, each with the name of its agency, if it is one of the directory."""
    return f"""(
        SELECT coalesce(jsonb_agg(to_jsonb(x) || {_BODY} ORDER BY x.sequence), '[]')
        FROM {table} x LEFT JOIN agency b ON b.id = x.agency_id WHERE x.meeting_id = m.id AND {_OF_PART})
    """  # noqa: S608 - the texts put in are constants of this file


SIGNING: Final = f"""jsonb_build_object(
    'parts', (
        SELECT coalesce(jsonb_agg(jsonb_build_object(
                   'id', x.id, 'is_open', x.is_open, 'name', x.name, 'sha256', s.sha256, 'quorum', s.quorum,
                   'readers', (
                       SELECT coalesce(jsonb_agg({_BODY} || jsonb_build_object('function', r.function)
                                                 ORDER BY b.name, r.function), '[]')
                       FROM meeting_part_reader r JOIN agency b ON b.id = r.agency_id WHERE r.part_id = x.id))
               ORDER BY NOT x.is_open, x.made_at, x.id), '[]')
        FROM meeting_part x LEFT JOIN minutes_seal s ON s.part_id = x.id
        WHERE x.meeting_id = m.id AND (x.is_open AND w.live OR x.id = ANY (w.items))),
    'sent_out', (SELECT to_jsonb(x) FROM minutes_sent_out x WHERE x.meeting_id = m.id AND {_OF_PART}),
    'sign_offs', {_all_of("minutes_sign_off")},
    'escalations', {_all_of("dissent_escalation")},
    'addenda', {_all_of("minutes_addendum")})"""  # noqa: S608 - the texts put in are constants of this file
