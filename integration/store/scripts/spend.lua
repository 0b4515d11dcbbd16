-- KEYS bucket ARGV cost maximum per_second grace: spend from a bucket that fills with time, by this
-- server's clock. The figures are those to begin with. ms to wait, 0 when it is spent.
--
-- Who is refused leaves word of what is owed: until then and ``grace`` ms longer half of what
-- comes in is saved for that cost, so that small ones cannot keep a large one out for ever.
local now = now_in('ms')
local held = redis.call('HMGET', KEYS[1],
  'level', 'at', 'maximum', 'rate', 'rests', 'owed', 'since', 'until')
local cost = tonumber(ARGV[1])
local maximum, rate = tonumber(held[3] or ARGV[2]), tonumber(held[4] or ARGV[3])
local level = tonumber(held[1] or maximum)
local passed = math.max(0, now - tonumber(held[2] or now))
level = math.min(maximum, level + passed * rate / 1000)
-- What is larger than the bucket passes when it is full.
local needed = math.min(cost, maximum)
local owed = tonumber(held[8] or '0') > now and tonumber(held[6]) or 0
local saved = 0
if owed > 0 and owed ~= needed then
  saved = math.min(owed, (now - tonumber(held[7])) * rate / 2000)
end
local wait = math.max(0, tonumber(held[5] or '0') - now)
local missing = math.min(needed + saved, maximum) - level
if missing > 0 then wait = math.max(wait, math.ceil(missing * 1000 / rate)) end
if wait == 0 then
  level = level - cost
  if owed == needed then redis.call('HDEL', KEYS[1], 'owed', 'since', 'until') end
elseif missing > 0 and needed > 0 and (owed == needed or owed * 2 < needed) then
  -- Only one much larger takes over from another, so that two of a size take turns.
  if owed ~= needed then redis.call('HSET', KEYS[1], 'owed', needed, 'since', now) end
  redis.call('HSET', KEYS[1], 'until', now + wait + tonumber(ARGV[4]))
end
redis.call('HSET', KEYS[1], 'level', string.format('%.3f', level), 'at', now)
redis.call('EXPIRE', KEYS[1], DAY)
return wait
