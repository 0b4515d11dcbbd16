-- KEYS bucket ARGV available maximum per_second refund: take over what the platform says.
-- It knows of no call that is still on its way to it, so what it has beyond our own level
-- is believed only as far as the answered call was cheaper than what was spent for it.
local now = now_in('ms')
local held = redis.call('HMGET', KEYS[1], 'level', 'at', 'rate')
local available, maximum, rate = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local level = available
if held[1] then
  local passed = math.max(0, now - tonumber(held[2]))
  level = tonumber(held[1]) + passed * tonumber(held[3] or rate) / 1000 + tonumber(ARGV[4])
end
level = math.min(level, available, maximum)
redis.call('HSET', KEYS[1], 'level', string.format('%.3f', level), 'at', now,
  'maximum', maximum, 'rate', rate)
redis.call('EXPIRE', KEYS[1], DAY)
return 0
