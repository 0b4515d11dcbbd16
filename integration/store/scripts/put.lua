-- KEYS epoch next ARGV first last "{consumer number since}"
-- A committed range joins the line, in the epoch that is read and in the one being built.
local run = this_run()
local first, last = tonumber(ARGV[1]), tonumber(ARGV[2])
for place = 1, 2 do
  local epoch = live(KEYS[place], run)
  if epoch then
    local line = line_of(KEYS[1], epoch)
    local mark = mark_of(line)
    -- Up to the mark all are in; one that is missing has left since.
    if last > mark then
      for consumer, number, since in each_of(ARGV[3]) do
        if tonumber(number) > mark then add(line, consumer, number, since) end
      end
      redis.call('ZADD', line.ranges, 'LT', first, last)
      mark = advance(line, mark)
      if place == 1 then redis.call('ZREMRANGEBYSCORE', line.gone, '-inf', mark) end
    end
    keep(line, place == 1 and DAY or 0)
  end
end
return 1
