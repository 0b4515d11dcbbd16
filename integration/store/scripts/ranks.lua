-- KEYS epoch ARGV lobby {rank}
-- The tickets that hold these ranks; empty where there is no epoch to ask.
local epoch = live(KEYS[1], this_run())
if not epoch then return '' end
local line = line_of(KEYS[1], epoch)
local lobby = tonumber(ARGV[1])
if lobby > 0 and not ordered(line, lobby) then return '' end
local first = lobby > 0 and redis.call('ZCARD', line.order) or 0
local said = {}
for i = 2, #ARGV do
  local rank = tonumber(ARGV[i])
  local among = rank < first and line.order or line.waiting
  local found = redis.call('ZRANGE', among, rank, rank, 'WITHSCORES')
  said[i - 1] = found[2] or '-'
end
return table.concat(said, ' ')
