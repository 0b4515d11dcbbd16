-- KEYS ended ARGV {session}
-- One digit for each: 1 where the session was ended before its tokens were.
local found = redis.call('ZMSCORE', KEYS[1], unpack(ARGV))
for i = 1, #ARGV do found[i] = found[i] and '1' or '0' end
return table.concat(found)
