-- KEYS epoch ARGV {rank}
-- The numbers that hold these ranks; empty where there is no epoch to ask.
local epoch = live(KEYS[1], this_run())
if not epoch then return '' end
local line = line_of(KEYS[1], epoch)
local said = {}
for i = 1, #ARGV do
  local found = redis.call('ZRANGE', line.waiting, ARGV[i], ARGV[i], 'WITHSCORES')
  said[i] = found[2] or '-'
end
return table.concat(said, ' ')
