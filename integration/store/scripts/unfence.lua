-- KEYS epoch fence fences ARGV {consumer}
for i = 1, #ARGV do lift(KEYS[2], KEYS[3], ARGV[i]) end
return 1
