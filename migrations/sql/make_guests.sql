CREATE FUNCTION make_guests(
    organizations text[], modes text[], consumers text[], sessions text[], tokens bytea[],
    lifetime interval
)
RETURNS timestamptz
LANGUAGE sql VOLATILE
AS $$
    -- The ids are new: a conflict is this very batch, sent again after a lost answer.
    WITH asked AS (
        SELECT a.*, clock_timestamp() + lifetime AS expires_at
        FROM unnest(organizations, modes, consumers, sessions, tokens)
            AS a (organization_id, mode, consumer_id, session_id, token)
    ),
    people AS (
        INSERT INTO consumer (id, organization_id, mode)
        SELECT consumer_id, organization_id, mode FROM asked
        ON CONFLICT DO NOTHING
    ),
    signed_in AS (
        INSERT INTO session (id, organization_id, mode, consumer_id, type, expires_at)
        SELECT session_id, organization_id, mode, consumer_id, 'guest', expires_at FROM asked
        ON CONFLICT DO NOTHING
    ),
    chained AS (
        INSERT INTO refresh_token (hash, organization_id, mode, session_id, expires_at)
        SELECT token, organization_id, mode, session_id, expires_at FROM asked
        ON CONFLICT DO NOTHING
    )
    SELECT min(expires_at) FROM asked;
$$;
