-- KEYS epoch next
-- The line here is not to be believed: read Postgres until it has been built again.
for place = 1, 2 do
  local epoch = redis.call('GET', KEYS[place])
  if epoch then drop_line(line_of(KEYS[1], epoch)) end
  redis.call('DEL', KEYS[place])
end
return 1
