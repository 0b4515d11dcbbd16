-- KEYS presence cover
-- Signs could not be written for a while: whoever is to be covered is so from the next card.
redis.call('DEL', KEYS[2])
return 1
