-- KEYS card building ARGV period
-- The card that is held, and whether this caller is to build the next one.
local held = redis.call(
  'HMGET', KEYS[1], 'version', 'body', 'per_minute', 'seen', 'seed', 'lobby'
)
local mine = redis.call('SET', KEYS[2], 1, 'NX', 'PX', ARGV[1])
local said = { mine and 1 or 0 }
for i = 1, 6 do said[i + 1] = held[i] or '' end
return said
