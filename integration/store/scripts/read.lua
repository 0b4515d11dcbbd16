-- KEYS epoch fence ARGV {consumer}
-- One text: "number ahead since" for each, or "-" where Postgres must be asked.
local epoch = live(KEYS[1], this_run())
local said = {}
if not epoch then
  for i = 1, #ARGV do said[i] = '-' end
  return table.concat(said, ' ')
end
local line = line_of(KEYS[1], epoch)
local mark = mark_of(line)
local fenced = redis.call('ZMSCORE', KEYS[2], unpack(ARGV))
local since = redis.call('HMGET', line.since, unpack(ARGV))
for i = 1, #ARGV do
  said[i] = '-'
  if not fenced[i] then
    local found = redis.call('ZRANK', line.waiting, ARGV[i], 'WITHSCORE')
    -- Above the mark a number may be missing, and the rank be wrong.
    if found and since[i] and tonumber(found[2]) <= mark then
      said[i] = found[2] .. ' ' .. found[1] .. ' ' .. since[i]
    end
  end
end
return table.concat(said, ' ')
