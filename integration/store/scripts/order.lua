-- KEYS epoch ARGV lobby ["{consumer number ticket}"]
-- Put some of a lobby in the order that they were dealt, if they still wait; the first call
-- brings none, and says whether that is still to be done.
local epoch = live(KEYS[1], this_run())
if not epoch then return 0 end
local line = line_of(KEYS[1], epoch)
local lobby = tonumber(ARGV[1])
if mark_of(line) < lobby then return 0 end
if #ARGV == 1 then
  if ordered(line, lobby) then return 0 end
  -- Others may be at it: what is there stays, unless it cannot be right.
  if redis.call('ZCARD', line.order) > redis.call('ZCOUNT', line.waiting, '-inf', lobby) then
    redis.call('DEL', line.order)
  end
  return 1
end
for consumer, number, ticket in each_of(ARGV[2]) do
  local held = redis.call('ZSCORE', line.waiting, consumer)
  if held and tonumber(held) == tonumber(number) then
    redis.call('ZADD', line.order, ticket, consumer)
  end
end
keep(line, DAY)
return 1
