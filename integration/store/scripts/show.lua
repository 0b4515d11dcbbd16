-- KEYS card presence cover signs
-- ARGV seconds version body per_minute seen seed lobby serving up_to every kept
-- A newer card replaces an older one, never the other way round. With it goes who is asked
-- for signs of life, and since when without a break.
local held = redis.call('HGET', KEYS[1], 'version')
if held and tonumber(held) >= tonumber(ARGV[2]) then return 0 end
redis.call(
  'HSET', KEYS[1], 'version', ARGV[2], 'body', ARGV[3], 'per_minute', ARGV[4], 'seen', ARGV[5],
  'seed', ARGV[6], 'lobby', ARGV[7]
)
redis.call('EXPIRE', KEYS[1], ARGV[1])
local run, now = this_run(), now_in('ms')
local serving, up_to = tonumber(ARGV[8]), tonumber(ARGV[9])
if up_to == 0 then
  redis.call('DEL', KEYS[2], KEYS[3], KEYS[4])
  return 1
end
-- The name of nobody among the signs: where it is missing, signs were lost.
if redis.call('HGET', KEYS[2], 'run') ~= run or not redis.call('ZSCORE', KEYS[4], '-') then
  redis.call('DEL', KEYS[3], KEYS[4])
end
redis.call('HSET', KEYS[2], 'run', run, 'up_to', up_to, 'every', ARGV[10])
redis.call('ZREMRANGEBYSCORE', KEYS[4], '-inf', now - tonumber(ARGV[11]))
redis.call('ZADD', KEYS[4], now, '-')
-- Each member of the cover is a time, scored with the highest number covered since then.
local above = redis.call('ZRANGE', KEYS[3], up_to, '+inf', 'BYSCORE', 'LIMIT', 0, 1, 'WITHSCORES')
redis.call('ZREMRANGEBYSCORE', KEYS[3], '(' .. up_to, '+inf')
if not above[1] or tonumber(above[2]) > up_to then
  redis.call('ZADD', KEYS[3], up_to, above[1] or now)
end
redis.call('ZREMRANGEBYSCORE', KEYS[3], '-inf', '(' .. serving)
for i = 2, 4 do redis.call('EXPIRE', KEYS[i], DAY) end
return 1
