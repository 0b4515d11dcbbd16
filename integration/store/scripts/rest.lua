-- KEYS bucket ARGV ms: let nobody spend anything for so long, or longer if that was told before.
local ends = now_in('ms') + tonumber(ARGV[1])
local before = tonumber(redis.call('HGET', KEYS[1], 'rests') or '0')
redis.call('HSET', KEYS[1], 'rests', math.max(ends, before))
redis.call('EXPIRE', KEYS[1], DAY)
return 0
