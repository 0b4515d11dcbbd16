-- KEYS presence cover signs ARGV {consumer ticket}
-- What is known of somebody's silence: now, the interval of signs, and for each since when
-- they were asked for any and when the last one came, 0 for never; nothing where signs of
-- this run were lost.
local presence = redis.call('HMGET', KEYS[1], 'run', 'every')
if presence[1] ~= this_run() or not redis.call('ZSCORE', KEYS[3], '-') then return {} end
local said = { now_in('ms'), tonumber(presence[2]) }
for i = 1, #ARGV, 2 do
  local cover = redis.call('ZRANGE', KEYS[2], ARGV[i + 1], '+inf', 'BYSCORE', 'LIMIT', 0, 1)
  said[#said + 1] = tonumber(cover[1] or '0')
  said[#said + 1] = tonumber(redis.call('ZSCORE', KEYS[3], ARGV[i]) or '0')
end
return said
