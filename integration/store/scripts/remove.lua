-- KEYS epoch next fence fences ARGV version {consumer number}
-- Committed: they wait no more. What comes late for their numbers finds a tombstone. With a
-- version they were put aside, and who came back with a newer one stays; 0 is for good.
local run = this_run()
local version = tonumber(ARGV[1])
local function stays(line, number)
  return version > 0 and tonumber(redis.call('ZSCORE', line.back, number) or '0') > version
end
for place = 1, 2 do
  local epoch = live(KEYS[place], run)
  if epoch then
    local line = line_of(KEYS[1], epoch)
    local mark = mark_of(line)
    for i = 2, #ARGV, 2 do
      if not stays(line, ARGV[i + 1]) then
        take_out(line, ARGV[i], ARGV[i + 1])
        -- What is being loaded may still bring an older state of numbers below the mark.
        if place == 2 or tonumber(ARGV[i + 1]) > mark then
          redis.call('ZADD', line.gone, ARGV[i + 1], ARGV[i + 1])
        end
      end
    end
    keep(line, place == 1 and DAY or 0)
  end
end
for i = 2, #ARGV, 2 do lift(KEYS[3], KEYS[4], ARGV[i]) end
return 1
