-- KEYS epoch next fence ARGV age
-- How the line stands: time, epoch, mark, start of the first range above a gap, how many
-- wait, how many are fenced, then the fences older than so many ms: consumer, stamp.
local now = now_in('ms')
local epoch = live(KEYS[1], this_run())
local said = { now, '', 0, 0, 0, redis.call('ZCARD', KEYS[3]) }
if epoch then
  local line = line_of(KEYS[1], epoch)
  local range = redis.call('ZRANGE', line.ranges, 0, 0, 'WITHSCORES')
  said[2], said[3] = epoch, mark_of(line)
  said[4] = tonumber(range[2] or '0')
  said[5] = redis.call('ZCARD', line.waiting)
  keep(line, DAY)
  redis.call('EXPIRE', KEYS[1], DAY)
end
local old = redis.call(
  'ZRANGE', KEYS[3], '-inf', now - tonumber(ARGV[1]), 'BYSCORE', 'LIMIT', 0, 500, 'WITHSCORES'
)
for i = 1, #old do said[#said + 1] = old[i] end
return said
