-- KEYS bucket ARGV cost maximum per_second grace: spend from a bucket that fills with time, by this
-- server's clock. The figures are those to begin with. ms to wait, 0 when it is spent.
--
-- Who is refused leaves word of what is needed: until then and ``grace`` ms longer half of what
-- comes in is saved for those costs, for the first one first, and only they may have it, each with
-- those before it left theirs. So small ones keep no large one out for ever, nor larger or
-- quicker ones another; a cost that is paid goes to the end.
local MOST = 20
local now = now_in('ms')
local held = redis.call('HMGET', KEYS[1],
  'level', 'at', 'maximum', 'rate', 'rests', 'owed', 'since', 'saved', 'jumped')
local cost = tonumber(ARGV[1])
local maximum, rate = tonumber(held[3] or ARGV[2]), tonumber(held[4] or ARGV[3])
local level = tonumber(held[1] or maximum)
local passed = math.max(0, now - tonumber(held[2] or now))
level = math.min(maximum, level + passed * rate / 1000)
-- What is larger than the bucket passes when it is full.
local needed = math.min(cost, maximum)

local queue, place, before, all = {}, nil, 0, 0
local gone = math.max(0, now - tonumber(held[7] or now))
for need, left in string.gmatch(held[6] or '', '([%d.]+):(%d+)') do
  need, left = tonumber(need), tonumber(left) - gone
  if left > 0 then
    table.insert(queue, {need = need, left = left})
    if need == needed then place, before = #queue, all end
    all = all + need
  end
end
if not place then before = all end
local saved = math.max(0, math.min(tonumber(held[8] or '0') + gone * rate / 2000, all, level))
local first, jumped = queue[1], tonumber(held[9] or '0')
if not first or first.need ~= jumped then jumped = 0 end

local aside = math.min(saved, before)
local wait = math.max(0, tonumber(held[5] or '0') - now)
local missing = math.min(needed + aside, maximum) - level
-- A full bucket refuses nobody, but whoever is first only once.
local jumps = missing <= 0 and needed + aside > level
if missing > 0 then wait = math.max(wait, math.ceil(missing * 1000 / rate)) end
if jumps and jumped > 0 then wait = math.max(wait, first.left) end
if wait == 0 then
  level = level - cost
  saved = math.min(aside + math.max(0, saved - before - needed), math.max(0, level))
  if jumps then jumped = first.need end
  if place == 1 then jumped = 0 end
  if place then table.remove(queue, place) end
elseif needed + aside > level and needed > 0 then
  if not place and #queue < MOST then
    table.insert(queue, {need = needed})
    place = #queue
  end
  if place then queue[place].left = wait + tonumber(ARGV[4]) end
end
local owed = {}
for _, one in ipairs(queue) do
  table.insert(owed, string.format('%.3f:%d', one.need, one.left))
end
redis.call('HSET', KEYS[1], 'level', string.format('%.3f', level), 'at', now,
  'owed', table.concat(owed, ' '), 'since', now, 'saved', string.format('%.3f', saved),
  'jumped', jumped)
redis.call('EXPIRE', KEYS[1], DAY)
return wait
