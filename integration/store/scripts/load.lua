-- KEYS epoch next ARGV epoch lease top ["{consumer number since}"]
-- Bring part of the record into the next epoch; the first call brings none and says up to
-- which number the record is now authoritative.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
redis.call('PEXPIRE', KEYS[2], ARGV[2])
local line = line_of(KEYS[1], ARGV[1])
if #ARGV == 3 then
  -- A range that came late may have put people here who have left long since.
  local late = redis.call('ZRANGE', line.waiting, '-inf', ARGV[3], 'BYSCORE')
  for i = 1, #late do redis.call('HDEL', line.since, late[i]) end
  redis.call('ZREMRANGEBYSCORE', line.waiting, '-inf', ARGV[3])
  advance(line, math.max(mark_of(line), tonumber(ARGV[3])))
end
for consumer, number, since in each_of(ARGV[4] or '') do add(line, consumer, number, since) end
keep(line, 0)
return 1
