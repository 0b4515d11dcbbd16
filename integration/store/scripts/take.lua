-- KEYS minute second ARGV cost limit burst
-- Count what fits into a minute and into a second of it, and no more; windows begin with
-- their first call and end by this server's clock. granted, remaining, when it ends, ms to wait.
local function count(key, length, most, cost)
  local used = tonumber(redis.call('GET', key) or '0')
  local granted = math.max(0, math.min(cost, most - used))
  if granted > 0 then redis.call('INCRBY', key, granted) end
  local left = redis.call('PTTL', key)
  if left < 0 then
    left = length
    redis.call('PEXPIRE', key, length)
  end
  return granted, math.max(0, most - used - granted), left
end
local cost, limit, burst = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local fitting, wait = cost, 0
if burst > 0 then
  local unused
  fitting, unused, wait = count(KEYS[2], 1000, burst, cost)
end
local granted, remaining, left = count(KEYS[1], 60000, limit, fitting)
if granted < fitting or burst == 0 then wait = left end
return { granted, remaining, now_in('ms') + left, wait }
