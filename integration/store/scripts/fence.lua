-- KEYS epoch fence fences ARGV {consumer}
-- Whoever is behind a fence is asked about in Postgres. Fences are counted: two may be
-- leaving for the same consumer, and the first to finish must not take down both.
local now = now_in('ms')
for i = 1, #ARGV do
  redis.call('ZADD', KEYS[2], now, ARGV[i])
  redis.call('HINCRBY', KEYS[3], ARGV[i], 1)
end
redis.call('EXPIRE', KEYS[2], DAY)
redis.call('EXPIRE', KEYS[3], DAY)
return 1
