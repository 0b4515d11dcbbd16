-- KEYS card ARGV seconds version body per_minute seen
-- A newer card replaces an older one, never the other way round.
local held = redis.call('HGET', KEYS[1], 'version')
if held and tonumber(held) >= tonumber(ARGV[2]) then return 0 end
redis.call(
  'HSET', KEYS[1], 'version', ARGV[2], 'body', ARGV[3], 'per_minute', ARGV[4], 'seen', ARGV[5]
)
redis.call('EXPIRE', KEYS[1], ARGV[1])
return 1
