-- KEYS epoch next fence fences ARGV consumer stamp {number}
-- Whoever fenced this consumer is not coming back: take out the numbers that, by Postgres,
-- wait no more, unless somebody has fenced it again since Postgres was asked.
local stamp = redis.call('ZSCORE', KEYS[3], ARGV[1])
if not stamp or tonumber(stamp) ~= tonumber(ARGV[2]) then return 0 end
local run = this_run()
for place = 1, 2 do
  local epoch = live(KEYS[place], run)
  if epoch then
    local line = line_of(KEYS[1], epoch)
    local mark = mark_of(line)
    for i = 3, #ARGV do
      take_out(line, ARGV[1], ARGV[i])
      if place == 2 or tonumber(ARGV[i]) > mark then
        redis.call('ZADD', line.gone, ARGV[i], ARGV[i])
      end
    end
    keep(line, place == 1 and DAY or 0)
  end
end
redis.call('HDEL', KEYS[4], ARGV[1])
redis.call('ZREM', KEYS[3], ARGV[1])
return 1
