-- KEYS epoch next ARGV lease
-- Claim the rebuilding: from now on every change goes into the next epoch too.
local epoch = this_run() .. ':' .. now_in('us')
local old = redis.call('GET', KEYS[2])
if old and not live(KEYS[2], this_run()) then redis.call('DEL', KEYS[2]) end
if redis.call('SET', KEYS[2], epoch, 'NX', 'PX', ARGV[1]) then return epoch end
return false
