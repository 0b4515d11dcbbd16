-- KEYS bucket ARGV cost maximum per_second: spend from a bucket that fills with time, by this
-- server's clock. The figures are those to begin with. ms to wait, 0 when it is spent.
local now = now_in('ms')
local held = redis.call('HMGET', KEYS[1], 'level', 'at', 'maximum', 'rate', 'rests')
local cost = tonumber(ARGV[1])
local maximum, rate = tonumber(held[3] or ARGV[2]), tonumber(held[4] or ARGV[3])
local level = tonumber(held[1] or maximum)
local passed = math.max(0, now - tonumber(held[2] or now))
level = math.min(maximum, level + passed * rate / 1000)
local wait = math.max(0, tonumber(held[5] or '0') - now)
-- What is larger than the bucket passes when it is full.
local missing = math.min(cost, maximum) - level
if missing > 0 then wait = math.max(wait, math.ceil(missing * 1000 / rate)) end
if wait == 0 then level = level - cost end
redis.call('HSET', KEYS[1], 'level', string.format('%.3f', level), 'at', now)
redis.call('EXPIRE', KEYS[1], DAY)
return wait
