CREATE OR REPLACE FUNCTION enter_batch(
    distributions text[], consumers text[], sessions text[], fingerprints bytea[],
    organizations text[], modes text[], ids text[]
)
RETURNS TABLE (
    verdict text, participation_id text, number bigint, state text,
    entered_at timestamptz, place bigint, opens_at timestamptz
)
LANGUAGE plpgsql VOLATILE
-- A plan made while the table was empty reads the whole line for every ask, and is kept
-- until the tables are analyzed: no scans of tables, and OFFSET 0 below, which makes each
-- lookup use its whole key. A plan made anew for each batch costs more than the batch.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET plan_cache_mode = force_generic_plan SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    moment timestamptz;
BEGIN
    -- First and alone: a statement that waits for this row keeps its old snapshot,
    -- so only the next one sees what the batch before committed.
    PERFORM 1 FROM line WHERE distribution_id = ANY (distributions)
        ORDER BY distribution_id FOR UPDATE;
    moment := clock_timestamp();
    RETURN QUERY
    WITH judged AS MATERIALIZED (
        SELECT a.*, d.kind, d.experience_id, d.sequence_id, d.open_at, d.max_capacity,
            d.fingerprint_policy, d.max_entries_per_fingerprint, l.entered, l.waiting, l.active,
            p.id AS current_id, p.number AS current_number, p.state AS current_state,
            p.entered_at AS current_since,
            -- Whoever comes before opening is in the lobby, and gets a number at opening.
            coalesce(d.open_at > moment, false) AS early,
            l.lobby IS NULL AND d.rules @> '{"shuffleBeforeOpen": true}' AS shuffled,
            CASE
                WHEN d.id IS NULL OR l.distribution_id IS NULL OR d.state = 'draft'
                    OR d.archived_at IS NOT NULL THEN 'UNKNOWN'
                WHEN s.id IS NULL THEN 'REVOKED'
                WHEN p.id IS NOT NULL THEN 'CURRENT'
                WHEN d.gate_version IS NOT NULL AND NOT EXISTS (
                    SELECT FROM routing_grant g
                    WHERE g.consumer_id = a.consumer_id AND g.sequence_id = d.sequence_id
                        AND g.gate_version = d.gate_version
                        AND g.organization_id = a.organization_id AND g.mode = a.mode
                ) THEN 'NOT_ROUTED'
                WHEN d.state = 'ended' OR d.close_at <= moment THEN 'CLOSED'
                WHEN d.open_at > moment
                    AND coalesce((d.rules->>'lobbyOpensAt')::timestamptz > moment, true)
                    THEN 'NOT_OPEN'
                WHEN d.inventory_bound AND l.held = 0
                    AND l.sold + d.units_per_admission > d.stock THEN 'SOLD_OUT'
            END AS refusal
        FROM unnest(
            distributions, consumers, sessions, fingerprints, organizations, modes, ids
        ) WITH ORDINALITY AS a (
            distribution_id, consumer_id, session_id, fingerprint, organization_id, mode, id, ask
        )
        LEFT JOIN LATERAL (
            SELECT * FROM distribution WHERE id = a.distribution_id OFFSET 0
        ) d ON d.organization_id = a.organization_id AND d.mode = a.mode
        LEFT JOIN line l ON l.distribution_id = d.id
        LEFT JOIN LATERAL (
            SELECT * FROM session WHERE id = a.session_id OFFSET 0
        ) s ON s.consumer_id = a.consumer_id AND s.organization_id = a.organization_id
            AND s.mode = a.mode AND s.revoked_at IS NULL
        LEFT JOIN LATERAL (
            SELECT * FROM participation
            WHERE distribution_id = d.id AND consumer_id = a.consumer_id AND current OFFSET 0
        ) p ON p.organization_id = a.organization_id AND p.mode = a.mode
    ),
    capped AS (
        SELECT j.*, coalesce(j.refusal, CASE
            WHEN j.fingerprint IS NOT NULL AND j.fingerprint_policy <> 'off'
                AND j.max_entries_per_fingerprint < row_number() OVER (
                    PARTITION BY j.distribution_id, j.fingerprint, j.refusal ORDER BY j.ask
                ) + (
                    SELECT count(*) FROM participation p
                    WHERE p.distribution_id = j.distribution_id
                        AND p.fingerprint = j.fingerprint
                        AND p.state IN ('QUEUED', 'ADMITTED')
                ) THEN 'FINGERPRINT'
        END) AS objection
        FROM judged j
    ),
    ranked AS (
        SELECT c.*, count(*) FILTER (WHERE c.objection IS NULL) OVER (
            PARTITION BY c.distribution_id ORDER BY c.ask
        ) AS rank
        FROM capped c
    ),
    seated AS MATERIALIZED (
        SELECT r.*, coalesce(r.objection, CASE
            WHEN r.waiting + r.active + r.rank > r.max_capacity THEN 'FULL'
            ELSE 'ENTERED'
        END) AS verdict
        FROM ranked r
    ),
    -- No ON CONFLICT: one row that stepped aside would leave a gap in the numbers. The
    -- caller tries each ask again alone instead.
    inserted AS (
        INSERT INTO participation (
            id, organization_id, mode, distribution_id, experience_id, sequence_id,
            consumer_id, number, state, outcome, fingerprint, entered_at
        )
        SELECT t.id, t.organization_id, t.mode, t.distribution_id, t.experience_id,
            t.sequence_id, t.consumer_id, t.entered + t.rank, 'QUEUED',
            CASE WHEN t.kind = 'draw' THEN 'ENTERED' END, t.fingerprint, moment
        FROM seated t WHERE t.verdict = 'ENTERED' ORDER BY t.ask
    ),
    counted AS (
        UPDATE line l SET entered = l.entered + n.entries, waiting = l.waiting + n.entries,
            version = l.version + 1,
            lobby = coalesce(l.lobby, CASE
                WHEN n.early THEN NULL WHEN n.shuffled THEN l.entered ELSE 0
            END)
        FROM (
            SELECT t.distribution_id, count(*) AS entries, bool_or(t.early) AS early,
                bool_or(t.shuffled) AS shuffled
            FROM seated t WHERE t.verdict = 'ENTERED' GROUP BY 1
        ) n
        WHERE l.distribution_id = n.distribution_id
    ),
    wanted AS (
        SELECT t.*, 'evt_' || substr(t.id, 5) AS event_id, w.id AS endpoint_id
        FROM seated t
        JOIN webhook_endpoint w ON w.organization_id = t.organization_id AND w.mode = t.mode
            AND w.enabled AND w.archived_at IS NULL
            AND (w.events IS NULL OR w.events ? (t.kind || '.consumer.entered'))
        WHERE t.verdict = 'ENTERED'
    ),
    told AS (
        INSERT INTO outbox_event (id, organization_id, mode, type, subject_id, sequence, data)
        SELECT DISTINCT ON (w.id) w.event_id, w.organization_id, w.mode,
            w.kind || '.consumer.entered', w.id, 1,
            jsonb_build_object(
                'status', 'QUEUED', 'enteredAt', to_char(moment AT TIME ZONE 'UTC',
                    'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'admittedAt', NULL, 'completedAt', NULL, 'denyReason', NULL,
                'position', CASE WHEN w.kind = 'queue' AND NOT w.early
                    THEN w.waiting + w.rank END,
                'number', CASE WHEN NOT w.early THEN w.entered + w.rank END,
                'outcome', CASE WHEN w.kind = 'draw' THEN 'ENTERED' END,
                'expiresAt', NULL, replace(w.kind, '_r', 'R') || 'Id', w.distribution_id,
                'consumerId', w.consumer_id, 'experienceId', w.experience_id,
                'sequenceId', w.sequence_id
            )
        FROM wanted w
    ),
    due AS (
        INSERT INTO delivery (organization_id, mode, event_id, endpoint_id)
        SELECT w.organization_id, w.mode, w.event_id, w.endpoint_id FROM wanted w
    )
    SELECT t.verdict,
        CASE t.verdict WHEN 'ENTERED' THEN t.id WHEN 'CURRENT' THEN t.current_id END,
        CASE t.verdict WHEN 'ENTERED' THEN t.entered + t.rank WHEN 'CURRENT' THEN t.current_number END,
        CASE t.verdict WHEN 'ENTERED' THEN 'QUEUED' WHEN 'CURRENT' THEN t.current_state END,
        CASE t.verdict WHEN 'ENTERED' THEN moment WHEN 'CURRENT' THEN t.current_since END,
        CASE WHEN t.verdict = 'ENTERED' AND NOT t.early THEN t.waiting + t.rank END,
        t.open_at
    FROM seated t
    ORDER BY t.ask;
END $$;
