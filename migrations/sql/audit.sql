-- The record of what happened (docs/audit.md). Triggers write it, so that nothing that
-- changes a row can forget to.

CREATE FUNCTION audit_kind(distribution_id text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE split_part(distribution_id, '_', 1)
        WHEN 'tr' THEN 'timed_release' WHEN 'appt' THEN 'appointment' WHEN 'wl' THEN 'waitlist'
        ELSE split_part(distribution_id, '_', 1)
    END
$$;

-- Who acts is said by the application, for as long as its transaction lasts.
CREATE FUNCTION audit_said(what text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT nullif(current_setting('fanfare.' || what, true), '')
$$;

CREATE FUNCTION audit_verb(before jsonb, after jsonb) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN before IS NULL THEN 'created'
        WHEN after IS NULL THEN 'deleted'
        WHEN before->>'archived_at' IS NULL AND after->>'archived_at' IS NOT NULL THEN 'archived'
        WHEN before->>'published_at' IS NULL AND after->>'published_at' IS NOT NULL
            THEN 'published'
        WHEN before->>'opened_at' IS DISTINCT FROM after->>'opened_at'
            AND after->>'opened_at' IS NOT NULL THEN 'opened'
        WHEN before->>'closed_at' IS NULL AND after->>'closed_at' IS NOT NULL THEN 'closed'
        WHEN before->>'ended_at' IS NULL AND after->>'ended_at' IS NOT NULL
            AND after ? 'published_at' THEN 'ended'
        WHEN before->>'revoked_at' IS NULL AND after->>'revoked_at' IS NOT NULL THEN 'revoked'
        WHEN before->>'replaced_by' IS NULL AND after->>'replaced_by' IS NOT NULL THEN 'rotated'
        WHEN before->>'erased_at' IS NULL AND after->>'erased_at' IS NOT NULL THEN 'deleted'
        WHEN before->>'merged_into' IS NULL AND after->>'merged_into' IS NOT NULL THEN 'merged'
        WHEN before->'secret' <> after->'secret' THEN 'rotated'
        WHEN before->'enabled' <> after->'enabled'
            THEN CASE WHEN (after->>'enabled')::boolean THEN 'enabled' ELSE 'disabled' END
        ELSE 'updated'
    END
$$;

CREATE FUNCTION audit_distribution_verb(before jsonb, after jsonb)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE
        WHEN audit_verb(before, after) <> 'updated' THEN audit_verb(before, after)
        WHEN before->>'state' <> after->>'state' THEN CASE after->>'state'
            WHEN 'paused' THEN 'paused' WHEN 'ended' THEN 'ended'
            ELSE CASE before->>'state' WHEN 'paused' THEN 'resumed' ELSE 'published' END
        END
        WHEN before->>'settled_at' IS NULL AND after->>'settled_at' IS NOT NULL THEN 'settled'
        WHEN before->'close_at' IS DISTINCT FROM after->'close_at'
            AND (after->>'close_at')::timestamptz <= clock_timestamp() THEN 'closed'
        WHEN before->'open_at' IS DISTINCT FROM after->'open_at'
            AND (after->>'open_at')::timestamptz <= clock_timestamp() THEN 'opened'
        ELSE 'updated'
    END
$$;

-- Actions have the names of the events of webhooks, where there is such an event.
CREATE FUNCTION audit_action(noun text, before jsonb, after jsonb)
RETURNS text LANGUAGE sql STABLE AS $$
    SELECT CASE noun
        WHEN 'distribution' THEN coalesce(after, before)->>'kind' || '.'
            || audit_distribution_verb(before, after)
        WHEN 'order' THEN 'order.' || CASE
            WHEN before IS NULL OR after IS NULL THEN audit_verb(before, after)
            WHEN before->'status' <> after->'status'
                AND after->>'status' IN ('cancelled', 'refunded') THEN after->>'status'
            WHEN before->'completion' <> after->'completion' THEN after->>'completion'
            ELSE 'updated'
        END
        WHEN 'draw' THEN 'draw.' || CASE
            WHEN before->>'announced_at' IS NULL AND after->>'announced_at' IS NOT NULL
                THEN 'completed'
            WHEN before->>'drawn_at' IS NULL AND after->>'drawn_at' IS NOT NULL THEN 'drawn'
            WHEN before->>'frozen_at' IS NULL AND after->>'frozen_at' IS NOT NULL THEN 'frozen'
            WHEN before->>'run_at' IS NULL AND after->>'run_at' IS NOT NULL THEN 'run'
            ELSE 'updated'
        END
        WHEN 'bid' THEN 'auction.bid.' || CASE
            WHEN before IS NULL THEN 'placed' ELSE audit_verb(before, after)
        END
        WHEN 'booking' THEN 'appointment.' || CASE
            WHEN before IS NULL THEN 'booked'
            WHEN before->'slot_id' <> after->'slot_id' THEN 'rescheduled'
            ELSE audit_verb(before, after)
        END
        WHEN 'waitlist_entry' THEN 'waitlist.consumer.' || CASE
            WHEN after IS NULL OR before->'consumer_id' <> after->'consumer_id' THEN 'merged'
            WHEN after->>'state' = 'waitlisted' OR before IS NULL THEN 'entered'
            ELSE after->>'state'
        END
        WHEN 'admission' THEN 'admission.' || CASE
            WHEN before IS NULL THEN 'granted'
            WHEN before->'state' <> after->'state' THEN lower(after->>'state')
            WHEN before->'consumer_id' <> after->'consumer_id' THEN 'merged'
            WHEN before->'expires_at' <> after->'expires_at' THEN 'extended'
            WHEN before->>'checked_out_at' IS NULL AND after->>'checked_out_at' IS NOT NULL
                THEN 'checked_out'
            ELSE audit_verb(before, after)
        END
        WHEN 'audience_member' THEN 'audience.member.' || CASE
            WHEN before IS NULL THEN 'added' ELSE 'removed'
        END
        ELSE noun || '.' || CASE WHEN noun IN ('sync', 'import') THEN CASE
            WHEN before IS NULL THEN 'started'
            WHEN after->>'finished_at' IS NOT NULL THEN after->>'status'
            ELSE audit_verb(before, after)
        END ELSE audit_verb(before, after) END
    END
$$;

-- Of a table that has no function of its own. Arguments: what its rows are called, the
-- column of their id, which columns are withheld, and which are no change worth recording.
CREATE FUNCTION audit_rows() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
DECLARE
    noun text := TG_ARGV[0];
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF noun = 'consumer' THEN
            -- Guests come by the thousand, and are nobody yet: what they enter names them.
            IF NOT EXISTS (
                SELECT FROM new_rows n WHERE num_nonnulls(n.email, n.phone, n.external_id) > 0
            ) THEN
                RETURN NULL;
            END IF;
        ELSIF noun = 'admission' THEN
            -- Who is admitted in turn is told by the entry.
            IF NOT EXISTS (SELECT FROM new_rows n WHERE NOT n.in_turn) THEN
                RETURN NULL;
            END IF;
        END IF;
        PERFORM audit_write(
            TG_ARGV, array_fill(NULL::jsonb, ARRAY[count(*)::int]), array_agg(to_jsonb(n))
        ) FROM new_rows n HAVING count(*) > 0;
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM audit_write(
            TG_ARGV, array_agg(to_jsonb(o)), array_fill(NULL::jsonb, ARRAY[count(*)::int])
        ) FROM old_rows o HAVING count(*) > 0;
    ELSE
        PERFORM audit_write(TG_ARGV, array_agg(o.row), array_agg(n.row))
        FROM (SELECT to_jsonb(x) AS row FROM old_rows x) o
        JOIN (SELECT to_jsonb(x) AS row FROM new_rows x) n
            ON n.row->>TG_ARGV[1] = o.row->>TG_ARGV[1] AND n.row <> o.row
        HAVING count(*) > 0;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_write(told text[], befores jsonb[], afters jsonb[])
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    noun text := told[0];
    key text := told[1];
    withheld text[] := string_to_array(told[2], ',');
    ignored text[] := string_to_array('id,organization_id,mode,version,created_at,updated_at,'
        || 'changed_at,last_used_at,gate_version,' || told[3], ',');
    who text := coalesce(audit_said('actor'), 'system');
BEGIN
    INSERT INTO audit_log (
        organization_id, mode, actor, via, request_id, action, subject_id, experience_id,
        before, after
    )
    SELECT coalesce(p.whole->>'organization_id', p.whole->>'id'), m.mode, who,
        audit_said('via'), audit_said('request'), audit_action(noun, p.before, p.after),
        p.whole->>key,
        CASE noun WHEN 'experience' THEN p.whole->>'id' ELSE coalesce(p.whole->>'experience_id', (
            SELECT d.experience_id FROM distribution d WHERE d.id = p.whole->>'distribution_id'
        )) END,
        was.shown, became.shown
    FROM (
        SELECT c.before, c.after, coalesce(c.after, c.before) AS whole
        FROM unnest(befores, afters) AS c (before, after)
    ) p
    CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(f.key, CASE
            WHEN f.value <> 'null' AND f.key = ANY (withheld) THEN '"withheld"' ELSE f.value
        END) AS shown
        FROM jsonb_each(p.before) f
        WHERE f.key <> ALL (ignored) AND CASE
            WHEN p.after IS NULL THEN f.value <> 'null' ELSE p.after->f.key <> f.value
        END
    ) was
    CROSS JOIN LATERAL (
        SELECT jsonb_object_agg(f.key, CASE
            WHEN f.value <> 'null' AND f.key = ANY (withheld) THEN '"withheld"' ELSE f.value
        END) AS shown
        FROM jsonb_each(p.after) f
        WHERE f.key <> ALL (ignored) AND CASE
            WHEN p.before IS NULL THEN f.value <> 'null' ELSE p.before->f.key <> f.value
        END
    ) became
    -- An organization is the same one in both modes.
    CROSS JOIN LATERAL unnest(CASE
        WHEN p.whole ? 'mode' THEN ARRAY[p.whole->>'mode'] ELSE ARRAY['live', 'test']
    END) AS m (mode)
    WHERE num_nonnulls(was.shown, became.shown) > 0
        AND NOT coalesce(noun = 'consumer' AND p.before IS NULL
            AND num_nonnulls(p.after->>'email', p.after->>'phone', p.after->>'external_id') = 0,
            false)
        AND NOT coalesce(noun = 'admission' AND CASE
            WHEN p.before IS NULL THEN (p.after->>'in_turn')::boolean
            -- The entry moves with it, and is recorded.
            ELSE p.before->'state' <> p.after->'state'
                AND p.after->>'state' IN ('COMPLETED', 'LEFT', 'DENIED')
        END, false);
END $$;

-- Of entries: by columns, for a launch enters thousands of them a second.
CREATE FUNCTION audit_entered() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    who text := audit_said('actor');
    via text := audit_said('via');
    request text := audit_said('request');
BEGIN
    INSERT INTO audit_log (
        organization_id, mode, actor, via, request_id, action, subject_id, experience_id, after
    )
    SELECT n.organization_id, n.mode, coalesce(who, n.consumer_id), via, request,
        audit_kind(n.distribution_id) || '.consumer.entered', n.id, n.experience_id,
        jsonb_build_object('state', n.state, 'number', n.number, 'consumer_id', n.consumer_id,
            'distribution_id', n.distribution_id)
    FROM new_rows n;
    RETURN NULL;
END $$;

CREATE FUNCTION audit_moved() RETURNS trigger LANGUAGE plpgsql SET timezone = 'UTC' AS $$
BEGIN
    INSERT INTO audit_log (
        organization_id, mode, actor, via, request_id, action, subject_id, experience_id,
        before, after
    )
    SELECT n.organization_id, n.mode, coalesce(audit_said('actor'), 'system'),
        audit_said('via'), audit_said('request'),
        audit_kind(n.distribution_id) || CASE
            WHEN n.state <> o.state THEN CASE
                WHEN n.state = 'LEFT' AND n.distribution_id LIKE 'appt%' THEN '.cancelled'
                ELSE '.consumer.' || lower(n.state)
            END
            WHEN n.consumer_id <> o.consumer_id THEN '.consumer.merged'
            WHEN n.passed_at IS DISTINCT FROM o.passed_at
                AND n.returned_at IS NOT DISTINCT FROM o.returned_at THEN '.consumer.passed'
            WHEN n.returned_at IS DISTINCT FROM o.returned_at THEN '.consumer.returned'
            WHEN n.outcome = 'OUTBID' THEN '.bid.outbid'
            ELSE '.consumer.' || coalesce(lower(n.outcome), 'updated')
        END,
        n.id, n.experience_id,
        jsonb_strip_nulls(jsonb_build_object(
            'state', o.state, 'outcome', o.outcome, 'deny_reason', o.deny_reason,
            'consumer_id', CASE WHEN n.consumer_id <> o.consumer_id THEN o.consumer_id END
        )),
        jsonb_strip_nulls(jsonb_build_object(
            'state', n.state, 'outcome', n.outcome, 'deny_reason', n.deny_reason,
            'consumer_id', CASE WHEN n.consumer_id <> o.consumer_id THEN n.consumer_id END
        ))
    FROM old_rows o JOIN new_rows n USING (id)
    WHERE (n.state, n.outcome, n.deny_reason, n.consumer_id, n.passed_at, n.returned_at)
        IS DISTINCT FROM
        (o.state, o.outcome, o.deny_reason, o.consumer_id, o.passed_at, o.returned_at)
    ORDER BY n.number;
    RETURN NULL;
END $$;

-- Watch a table: call it in the migration that makes one.
CREATE FUNCTION audit_watch(watched regclass, noun text, key text, withheld text, ignored text)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    told text := format('EXECUTE FUNCTION audit_rows(%L, %L, %L, %L)', noun, key, withheld, ignored);
BEGIN
    EXECUTE format('CREATE TRIGGER audit_insert AFTER INSERT ON %s'
        ' REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT ', watched) || told;
    EXECUTE format('CREATE TRIGGER audit_update AFTER UPDATE ON %s REFERENCING OLD TABLE AS'
        ' old_rows NEW TABLE AS new_rows FOR EACH STATEMENT ', watched) || told;
    EXECUTE format('CREATE TRIGGER audit_delete AFTER DELETE ON %s'
        ' REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT ', watched) || told;
END $$;

-- What a use case records by hand, because it changes no row of ours.
CREATE FUNCTION audit_note(
    organization_id text, mode text, action text, subject_id text, experience_id text, after jsonb
) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    -- The transaction has its number before the row has its own: see audit_mark.
    PERFORM pg_current_xact_id();
    INSERT INTO audit_log (
        organization_id, mode, actor, via, request_id, action, subject_id, experience_id, after
    )
    VALUES (organization_id, mode, coalesce(audit_said('actor'), 'system'), audit_said('via'),
        audit_said('request'), action, subject_id, experience_id, after);
END $$;

-- The bytes of a row that its segment's tree stands on.
CREATE FUNCTION audit_leaf(l audit_log) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256('\x00'::bytea || convert_to(jsonb_build_array(
        l.ordinal, l.organization_id, l.mode, (extract(epoch FROM l.at) * 1000000)::bigint,
        l.actor, l.via, l.request_id, l.action, l.subject_id, l.experience_id, l.before, l.after
    )::text, 'UTF8'))
$$;

CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The record of %: rows are added, never changed or removed.', TG_TABLE_NAME
        USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_segment
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE TRIGGER audit_insert AFTER INSERT ON participation
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION audit_entered();
CREATE TRIGGER audit_update AFTER UPDATE ON participation
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_moved();
CREATE TRIGGER audit_delete AFTER DELETE ON participation
    REFERENCING OLD TABLE AS old_rows
    FOR EACH STATEMENT EXECUTE FUNCTION audit_rows('participation', 'id', 'fingerprint', '');

SELECT audit_watch('organization', 'organization', 'id', '', '');
SELECT audit_watch('api_key', 'api_key', 'id', 'hash,hint', '');
SELECT audit_watch('experience', 'experience', 'id', '', '');
SELECT audit_watch('sequence', 'sequence', 'id', 'access_code', '');
SELECT audit_watch('distribution', 'distribution', 'id', '', '');
SELECT audit_watch('audience', 'audience', 'id', 'rules', '');
SELECT audit_watch('audience_member', 'audience_member', 'audience_id', '', 'added_at');
SELECT audit_watch('webhook_endpoint', 'webhook', 'id', 'url,secret,previous_secret',
    'failures,failing_since,last_success_at,last_failure_at');
SELECT audit_watch('connection', 'connection', 'id', 'credentials,state_message', '');
SELECT audit_watch('product', 'product', 'id', '', '');
SELECT audit_watch('variant', 'variant', 'id', '', '');
SELECT audit_watch('consumer', 'consumer', 'id',
    'email,phone,full_name,external_id,metadata,proven_email,proven_phone', 'merged_at');
SELECT audit_watch('orders', 'order', 'id', 'handle',
    'counted_amount,counted_currency,counted_refunded');
SELECT audit_watch('admission', 'admission', 'id', '', 'kid,turn');
SELECT audit_watch('bid', 'bid', 'id', 'max_amount', '');
SELECT audit_watch('booking', 'booking', 'id', 'confirmation_code', 'pending');
SELECT audit_watch('waitlist_entry', 'waitlist_entry', 'id', '', '');
SELECT audit_watch('sync_run', 'sync', 'id', 'problem',
    'since,cursor,pages,records,created,updated,failed,total,failures,attempts,due_at');

CREATE TRIGGER audit_update AFTER UPDATE ON draw
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT
    EXECUTE FUNCTION audit_rows('draw', 'distribution_id', 'seed,chunks', 'beacon_asked_at');

SELECT audit_watch('import_run', 'import', 'id', 'problem,header',
    'page,rows,created,updated,failed,attempts,due_at,delimiter');
