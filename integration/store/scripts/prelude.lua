-- Stands before every script. Keys of one line share a hash tag; KEYS[1] is its
-- 'line:{id}:epoch', and the others are built from it.

local DAY = 86400
local SIGN_EVERY = 15000

-- An epoch is named after the server's run: one that outlived a restart, or came along with
-- a promoted replica, may have lost removals and does not count.
local function this_run()
  return string.match(redis.call('INFO', 'server'), 'run_id:(%w+)')
end

local function live(key, run)
  local epoch = redis.call('GET', key)
  if epoch and string.sub(epoch, 1, #run) == run then return epoch end
  return nil
end

local function now_in(unit)
  local time = redis.call('TIME')
  if unit == 'us' then return time[1] .. string.format('%06d', time[2]) end
  return tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
end

local function named(base, name)
  return string.sub(base, 1, -6) .. name
end

-- waiting: consumer by number; since: when they entered, in microseconds; mark: all numbers
-- up to it are in; ranges: last by first, of numbers above a gap; gone: numbers above the
-- mark that have left already; order: those of a lobby by ticket, once they were dealt;
-- back: numbers that came back after being put aside, by the version of the line with that.
local function line_of(base, epoch)
  return {
    waiting = named(base, 'waiting:' .. epoch),
    since = named(base, 'since:' .. epoch),
    mark = named(base, 'mark:' .. epoch),
    ranges = named(base, 'ranges:' .. epoch),
    gone = named(base, 'gone:' .. epoch),
    order = named(base, 'order:' .. epoch),
    back = named(base, 'back:' .. epoch),
  }
end

local function mark_of(line)
  return tonumber(redis.call('GET', line.mark) or '0')
end

-- The keys outlive their epoch's name, so that nobody ever reads half of them.
local function keep(line, seconds)
  for _, key in pairs(line) do redis.call('EXPIRE', key, seconds + 3600) end
end

local function each_of(members)
  return string.gmatch(members, '(%S+) (%S+) (%S+)')
end

local function add(line, consumer, number, since)
  if redis.call('ZSCORE', line.gone, number) then return end
  -- Numbers of one consumer only rise: what is older came late.
  if redis.call('ZADD', line.waiting, 'GT', 'CH', number, consumer) == 1 then
    redis.call('HSET', line.since, consumer, since)
  end
end

local function take_out(line, consumer, number)
  local held = redis.call('ZSCORE', line.waiting, consumer)
  if held and tonumber(held) == tonumber(number) then
    redis.call('ZREM', line.waiting, consumer)
    redis.call('ZREM', line.order, consumer)
    redis.call('HDEL', line.since, consumer)
  end
end

-- Move the mark over every range that now touches it.
local function advance(line, mark)
  while true do
    local range = redis.call('ZRANGE', line.ranges, 0, 0, 'WITHSCORES')
    if #range == 0 or tonumber(range[2]) > mark + 1 then break end
    mark = math.max(mark, tonumber(range[1]))
    redis.call('ZREM', line.ranges, range[1])
  end
  redis.call('SET', line.mark, mark)
  return mark
end

-- Whether all of a lobby are in order: its first so many numbers.
local function ordered(line, lobby)
  return redis.call('ZCARD', line.order) == redis.call('ZCOUNT', line.waiting, '-inf', lobby)
end

local function drop_line(line)
  for _, key in pairs(line) do redis.call('UNLINK', key) end
end

local function lift(fence, fences, consumer)
  if redis.call('HINCRBY', fences, consumer, -1) <= 0 then
    redis.call('HDEL', fences, consumer)
    redis.call('ZREM', fence, consumer)
  end
end
