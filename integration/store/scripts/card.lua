-- KEYS card building ARGV period
-- The card that is held, and whether this caller is to build the next one.
local held = redis.call('HMGET', KEYS[1], 'version', 'body', 'per_minute', 'seen')
local mine = redis.call('SET', KEYS[2], 1, 'NX', 'PX', ARGV[1])
return { mine and 1 or 0, held[1] or '', held[2] or '', held[3] or '', held[4] or '' }
