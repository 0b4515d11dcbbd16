-- KEYS epoch next fence ARGV number since consumer version ticket
-- Committed: somebody who was passed over is back. Without the fence the mender has settled
-- what became of them, and this comes too late. The version stays, for what put them aside
-- may be told only after this.
if not redis.call('ZSCORE', KEYS[3], ARGV[3]) then return 0 end
local run = this_run()
for place = 1, 2 do
  local epoch = live(KEYS[place], run)
  if epoch then
    local line = line_of(KEYS[1], epoch)
    redis.call('ZREM', line.gone, ARGV[1])
    redis.call('ZADD', line.back, 'GT', ARGV[4], ARGV[1])
    add(line, ARGV[3], ARGV[1], ARGV[2])
    if ARGV[5] ~= '' and place == 1 and redis.call('EXISTS', line.order) == 1 then
      redis.call('ZADD', line.order, ARGV[5], ARGV[3])
    end
    keep(line, place == 1 and DAY or 0)
  end
end
return 1
