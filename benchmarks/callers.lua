-- Arguments: method, a file with one caller's headers a line (name=value, separated by tabs; :path instead of the URL's), how many lines to skip.
local requests, at = {}, 0

function init(args)
  wrk.method = args[1]
  local skip, seen = tonumber(args[3] or "0"), 0
  if args[2] and args[2] ~= "" then
    for line in io.lines(args[2]) do
      seen = seen + 1
      if seen > skip then
        local headers = {}
        for name, value in line:gmatch("([^=\t]+)=([^\t]+)") do headers[name] = value end
        local path = headers[":path"]
        headers[":path"] = nil
        requests[#requests + 1] = wrk.format(nil, path, headers)
      end
    end
  end
  if #requests == 0 then requests[1] = wrk.format() end
end

function request()
  at = at % #requests + 1
  return requests[at]
end
