-- KEYS epoch fence presence signs ARGV lobby {consumer}
-- One text: "number ahead since" for each, or "-" where Postgres must be asked. Whoever is
-- asked for signs of life has given one; so have those of whom the number is not known.
local lobby = tonumber(ARGV[1])
local consumers = { unpack(ARGV, 2) }
local up_to = tonumber(redis.call('HGET', KEYS[3], 'up_to') or '0')
local signs = up_to > 0 and redis.call('ZMSCORE', KEYS[4], unpack(consumers))
local now = signs and now_in('ms')
local function sign(i)
  if signs and now - tonumber(signs[i] or '0') >= SIGN_EVERY then
    redis.call('ZADD', KEYS[4], now, consumers[i])
  end
end

local epoch = live(KEYS[1], this_run())
local said = {}
if not epoch then
  for i = 1, #consumers do
    said[i] = '-'
    sign(i)
  end
  return table.concat(said, ' ')
end
local line = line_of(KEYS[1], epoch)
local mark = mark_of(line)
local fenced = redis.call('ZMSCORE', KEYS[2], unpack(consumers))
local since = redis.call('HMGET', line.since, unpack(consumers))
local dealt = lobby > 0 and ordered(line, lobby)
for i = 1, #consumers do
  said[i] = '-'
  local ticket = nil
  local found = not fenced[i] and since[i] and redis.call('ZRANK', line.waiting, consumers[i], 'WITHSCORE')
  -- Above the mark a number may be missing, and the rank be wrong.
  if found and tonumber(found[2]) <= mark then
    local place = found
    if tonumber(found[2]) <= lobby then
      place = dealt and redis.call('ZRANK', line.order, consumers[i], 'WITHSCORE')
    end
    if place then
      ticket = tonumber(place[2])
      said[i] = found[2] .. ' ' .. place[1] .. ' ' .. since[i]
    end
  end
  if not ticket or ticket <= up_to then sign(i) end
end
return table.concat(said, ' ')
