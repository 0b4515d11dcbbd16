CREATE FUNCTION enter_batch(
    distributions text[], consumers text[], sessions text[], fingerprints bytea[],
    organizations text[], modes text[], ids text[]
)
RETURNS TABLE (
    ask bigint, verdict text, participation_id text, number bigint, state text,
    entered_at timestamptz, place bigint, opens_at timestamptz
)
LANGUAGE plpgsql VOLATILE
-- A plan made while the table was empty scans it for ever after.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
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
    WITH asked AS (
        SELECT * FROM unnest(
            distributions, consumers, sessions, fingerprints, organizations, modes, ids
        ) WITH ORDINALITY
            AS a (distribution_id, consumer_id, session_id, fingerprint, organization_id, mode, id, ask)
    ),
    current_entry AS (
        SELECT a.ask, p.id, p.number, p.state, p.entered_at
        FROM asked a
        JOIN participation p ON p.distribution_id = a.distribution_id
            AND p.consumer_id = a.consumer_id AND p.current
            AND p.organization_id = a.organization_id AND p.mode = a.mode
    ),
    judged AS (
        SELECT a.*, d.open_at, d.kind, d.experience_id, d.sequence_id, d.max_capacity,
            l.entered, l.waiting, l.active,
            CASE
                WHEN d.id IS NULL OR l.distribution_id IS NULL OR d.state = 'draft'
                    OR d.archived_at IS NOT NULL THEN 'UNKNOWN'
                WHEN s.id IS NULL THEN 'REVOKED'
                WHEN d.state = 'ended' OR d.close_at <= moment THEN 'CLOSED'
                WHEN d.open_at > moment THEN 'NOT_OPEN'
                WHEN d.inventory_bound AND l.held = 0
                    AND l.sold + d.units_per_admission > d.stock THEN 'SOLD_OUT'
                WHEN a.fingerprint IS NOT NULL AND d.fingerprint_policy <> 'off'
                    AND d.max_entries_per_fingerprint < (
                        SELECT count(*) FROM participation p
                        WHERE p.distribution_id = a.distribution_id
                            AND p.fingerprint = a.fingerprint
                            AND p.state IN ('QUEUED', 'ADMITTED')
                    ) + row_number() OVER (
                        PARTITION BY a.distribution_id, a.fingerprint ORDER BY a.ask
                    ) THEN 'FINGERPRINT'
            END AS refusal
        FROM asked a
        LEFT JOIN distribution d ON d.id = a.distribution_id
            AND d.organization_id = a.organization_id AND d.mode = a.mode
        LEFT JOIN line l ON l.distribution_id = d.id
        LEFT JOIN session s ON s.id = a.session_id AND s.consumer_id = a.consumer_id
            AND s.organization_id = a.organization_id AND s.mode = a.mode
            AND s.revoked_at IS NULL
        WHERE NOT EXISTS (SELECT FROM current_entry c WHERE c.ask = a.ask)
    ),
    ranked AS (
        SELECT j.*, row_number() OVER (PARTITION BY j.distribution_id ORDER BY j.ask) AS rank
        FROM judged j WHERE j.refusal IS NULL
    ),
    entering AS (
        SELECT * FROM ranked r
        WHERE r.max_capacity IS NULL OR r.waiting + r.active + r.rank <= r.max_capacity
    ),
    inserted AS (
        INSERT INTO participation (
            id, organization_id, mode, distribution_id, experience_id, sequence_id,
            consumer_id, number, state, fingerprint, entered_at
        )
        SELECT e.id, e.organization_id, e.mode, e.distribution_id, e.experience_id,
            e.sequence_id, e.consumer_id, e.entered + e.rank, 'QUEUED', e.fingerprint, moment
        FROM entering e ORDER BY e.ask
        RETURNING id, number, entered_at
    ),
    counted AS (
        UPDATE line l SET entered = l.entered + n.entries, waiting = l.waiting + n.entries,
            version = l.version + 1
        FROM (SELECT e.distribution_id, count(*) AS entries FROM entering e GROUP BY 1) n
        WHERE l.distribution_id = n.distribution_id
    ),
    wanted AS (
        SELECT e.*, w.id AS endpoint_id
        FROM entering e
        JOIN webhook_endpoint w ON w.organization_id = e.organization_id AND w.mode = e.mode
            AND w.enabled AND w.archived_at IS NULL
            AND (w.events IS NULL OR w.events ? (e.kind || '.consumer.entered'))
    ),
    told AS (
        INSERT INTO outbox_event (id, organization_id, mode, type, subject_id, sequence, data)
        SELECT DISTINCT ON (w.id) 'evt_' || substr(w.id, 5), w.organization_id, w.mode,
            w.kind || '.consumer.entered', w.id, 1,
            jsonb_build_object(
                'status', 'QUEUED', 'enteredAt', to_char(moment AT TIME ZONE 'UTC',
                    'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
                'admittedAt', NULL, 'completedAt', NULL, 'denyReason', NULL,
                'position', w.waiting + w.rank, 'number', w.entered + w.rank, 'outcome', NULL,
                'expiresAt', NULL, w.kind || 'Id', w.distribution_id,
                'consumerId', w.consumer_id, 'experienceId', w.experience_id,
                'sequenceId', w.sequence_id
            )
        FROM wanted w
    ),
    due AS (
        INSERT INTO delivery (organization_id, mode, event_id, endpoint_id)
        SELECT w.organization_id, w.mode, 'evt_' || substr(w.id, 5), w.endpoint_id FROM wanted w
    )
    SELECT a.ask,
        CASE
            WHEN c.ask IS NOT NULL THEN 'CURRENT'
            WHEN i.id IS NOT NULL THEN 'ENTERED'
            ELSE coalesce(j.refusal, 'FULL')
        END,
        coalesce(c.id, i.id), coalesce(c.number, i.number),
        CASE WHEN i.id IS NOT NULL THEN 'QUEUED' ELSE c.state END,
        coalesce(c.entered_at, i.entered_at),
        CASE WHEN i.id IS NOT NULL THEN j.waiting + i.number - j.entered END,
        j.open_at
    FROM asked a
    LEFT JOIN current_entry c ON c.ask = a.ask
    LEFT JOIN judged j ON j.ask = a.ask
    LEFT JOIN inserted i ON i.id = a.id
    ORDER BY a.ask;
END $$;
