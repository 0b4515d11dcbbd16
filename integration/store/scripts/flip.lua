-- KEYS epoch next ARGV epoch
-- Read the next epoch from now on, if it is still the one that was loaded.
if redis.call('GET', KEYS[2]) ~= ARGV[1] then return 0 end
local old = redis.call('GET', KEYS[1])
local line = line_of(KEYS[1], ARGV[1])
redis.call('SET', KEYS[1], ARGV[1], 'EX', DAY)
redis.call('DEL', KEYS[2])
redis.call('ZREMRANGEBYSCORE', line.gone, '-inf', mark_of(line))
keep(line, DAY)
if old and old ~= ARGV[1] then drop_line(line_of(KEYS[1], old)) end
return 1
