-- KEYS epoch next fence fences ARGV {consumer number}
-- Committed: they wait no more. What comes late for their numbers finds a tombstone.
local run = this_run()
for place = 1, 2 do
  local epoch = live(KEYS[place], run)
  if epoch then
    local line = line_of(KEYS[1], epoch)
    local mark = mark_of(line)
    for i = 1, #ARGV, 2 do
      take_out(line, ARGV[i], ARGV[i + 1])
      -- What is being loaded may still bring an older state of numbers below the mark.
      if place == 2 or tonumber(ARGV[i + 1]) > mark then
        redis.call('ZADD', line.gone, ARGV[i + 1], ARGV[i + 1])
      end
    end
    keep(line, place == 1 and DAY or 0)
  end
end
for i = 1, #ARGV, 2 do lift(KEYS[3], KEYS[4], ARGV[i]) end
return 1
