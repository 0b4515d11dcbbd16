-- KEYS epoch next signs ARGV number since from to
-- Committed: the place of this number is somebody else's name's. Where the old name is not
-- in yet it comes later, and keeps the place for the others as well as the new one would.
local run = this_run()
for place = 1, 2 do
  local epoch = live(KEYS[place], run)
  if epoch then
    local line = line_of(KEYS[1], epoch)
    local held = redis.call('ZSCORE', line.waiting, ARGV[3])
    if held and tonumber(held) == tonumber(ARGV[1]) then
      local ticket = redis.call('ZSCORE', line.order, ARGV[3])
      take_out(line, ARGV[3], ARGV[1])
      add(line, ARGV[4], ARGV[1], ARGV[2])
      if ticket then redis.call('ZADD', line.order, ticket, ARGV[4]) end
    end
    keep(line, place == 1 and DAY or 0)
  end
end
-- Whoever was here under the old name is here.
local sign = redis.call('ZSCORE', KEYS[3], ARGV[3])
if sign then
  redis.call('ZREM', KEYS[3], ARGV[3])
  redis.call('ZADD', KEYS[3], 'GT', sign, ARGV[4])
end
return 1
